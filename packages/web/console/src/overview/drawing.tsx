// A chart drawn by recharts in the colours of the page. Nothing of it is animated: figures that come anew every
// minute would never stand still.

import { Grid, theme } from 'antd'
import type { ReactElement } from 'react'
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ChartProps, Row, Series } from './chart.tsx'

const HEIGHT = 240
const BAR_HEIGHT = 44
const NAME_WIDTH = 120
const NAME_LETTERS = 16
const SMALL = 12
const DOT = 3

export function Drawing(props: ChartProps) {
  const { kind, rows } = props
  // Each row of bars is as high as any other, however many there are.
  const height = kind === 'bars' ? SMALL * 5 + rows.length * BAR_HEIGHT : HEIGHT
  return (
    <ResponsiveContainer width="100%" height={height} minWidth={0}>
      {DRAWN[kind](props, useLook(props))}
    </ResponsiveContainer>
  )
}

interface Look {
  readonly colours: Readonly<Record<Series['colour'], string>>
  readonly text: { readonly fill: string; readonly fontSize: number }
  readonly line: string
  readonly ticks: number
  readonly beside: ReactElement
}

function useLook({ say, series }: ChartProps): Look {
  const { token } = theme.useToken()
  const isWide = Grid.useBreakpoint().md === true
  return {
    colours: {
      primary: token.colorPrimary,
      success: token.colorSuccess,
      warning: token.colorWarning,
      muted: token.colorTextTertiary,
    },
    text: { fill: token.colorTextSecondary, fontSize: SMALL },
    line: token.colorSplit,
    ticks: isWide ? 6 : 3,
    beside: (
      <>
        <Tooltip
          formatter={(value) => (typeof value === 'number' ? say(value) : '—')}
          cursor={{ fill: token.colorFillTertiary, stroke: token.colorBorder }}
          contentStyle={{ background: token.colorBgElevated, borderColor: token.colorBorder }}
          itemStyle={{ color: token.colorText }}
          labelStyle={{ color: token.colorText }}
          isAnimationActive={false}
        />
        {series.length < 2 ? null : (
          <Legend
            wrapperStyle={{ fontSize: SMALL }}
            formatter={(name) => <span style={{ color: token.colorTextSecondary }}>{name}</span>}
          />
        )}
      </>
    ),
  }
}

type Draw = (props: ChartProps, look: Look) => ReactElement

const DRAWN: Readonly<Record<ChartProps['kind'], Draw>> = { bars, columns, line }

function bars({ rows, sayShort, series }: ChartProps, look: Look) {
  const { beside, text, ticks } = look
  return (
    <BarChart
      data={dataOf(rows)}
      layout="vertical"
      accessibilityLayer={false}
      margin={{ right: 24 }}
    >
      <CartesianGrid stroke={look.line} horizontal={false} />
      <XAxis
        type="number"
        tick={text}
        tickFormatter={sayShort}
        tickCount={ticks}
        allowDecimals={false}
      />
      <YAxis
        type="category"
        dataKey="name"
        width={NAME_WIDTH}
        tick={text}
        tickFormatter={shortened}
      />
      {beside}
      {series.map((one) => barOf(one, look))}
    </BarChart>
  )
}

function columns({ rows, sayShort, series }: ChartProps, look: Look) {
  return (
    <BarChart data={dataOf(rows)} accessibilityLayer={false}>
      {axes(sayShort, look)}
      {series.map((one) => barOf(one, look))}
    </BarChart>
  )
}

function line({ rows, sayShort, series }: ChartProps, look: Look) {
  return (
    <LineChart data={dataOf(rows)} accessibilityLayer={false}>
      {axes(sayShort, look)}
      {series.map(({ colour, key, name }) => (
        <Line
          key={key}
          dataKey={`values.${key}`}
          name={name}
          stroke={look.colours[colour]}
          strokeWidth={2}
          // A day between two of which there is nothing to say would not be seen without.
          dot={{ r: DOT, fill: look.colours[colour] }}
          connectNulls
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  )
}

function axes(sayShort: ChartProps['sayShort'], { beside, line: stroke, text }: Look) {
  return (
    <>
      <CartesianGrid stroke={stroke} vertical={false} />
      <XAxis dataKey="name" tick={text} minTickGap={16} />
      <YAxis tick={text} tickFormatter={sayShort} width={56} />
      {beside}
    </>
  )
}

function barOf({ colour, key, name, stack }: Series, { colours }: Look) {
  return (
    <Bar
      key={key}
      dataKey={`values.${key}`}
      name={name}
      fill={colours[colour]}
      maxBarSize={40}
      isAnimationActive={false}
      {...(stack === undefined ? {} : { stackId: stack })}
    />
  )
}

function dataOf(rows: readonly Row[]): Row[] {
  return [...rows]
}

function shortened(name: string): string {
  return name.length > NAME_LETTERS ? `${name.slice(0, NAME_LETTERS - 1)}…` : name
}
