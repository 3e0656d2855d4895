// One chart and the table that says the same: who cannot see the drawing, or wants the figures, opens the
// table. The drawing is SVG, hidden from screen readers.

import { Flex, Table, type TableColumnsType, Typography } from 'antd'
import { Part } from '../parts/part.tsx'
import { useWords } from '../words/language.tsx'
import { Drawing } from './drawing.tsx'

export interface Series {
  readonly key: string
  readonly name: string
  readonly colour: 'primary' | 'success' | 'warning' | 'muted'
  /** Bars of one stack stand on each other. */
  readonly stack?: string
}

export interface Row {
  readonly key: string
  readonly name: string
  /** By key of a series; null where there is nothing to say. */
  readonly values: Readonly<Record<string, number | null>>
}

export interface ChartProps {
  readonly title: string
  /** The chart in one sentence, for everybody. */
  readonly note: string
  readonly kind: 'columns' | 'bars' | 'line'
  readonly rows: readonly Row[]
  readonly series: readonly Series[]
  /** Of the first column of the table. */
  readonly nameTitle: string
  readonly say: (value: number) => string
  /** The same shorter, beside an axis. */
  readonly sayShort: (value: number) => string
}

export function Chart(props: ChartProps) {
  const words = useWords()
  const { note, rows, title } = props
  return (
    <Part title={title}>
      <Flex vertical gap={8}>
        <Typography.Text type="secondary">
          {rows.length === 0 ? words.overview.nothing : note}
        </Typography.Text>
        {rows.length === 0 ? null : (
          <>
            <div aria-hidden="true">
              <Drawing {...props} />
            </div>
            <details>
              <summary>{words.overview.asTable}</summary>
              <Figures {...props} />
            </details>
          </>
        )}
      </Flex>
    </Part>
  )
}

function Figures({ nameTitle, rows, say, series }: ChartProps) {
  const columns: TableColumnsType<Row> = [
    { title: nameTitle, dataIndex: 'name' },
    ...series.map(({ key, name }) => ({
      key,
      title: name,
      align: 'right' as const,
      render: (_: unknown, { values }: Row) => {
        const value = values[key] ?? null
        return <span className="sum">{value === null ? '—' : say(value)}</span>
      },
    })),
  ]
  return (
    <Table<Row>
      size="small"
      pagination={false}
      dataSource={rows}
      rowKey={({ key }) => key}
      columns={columns}
    />
  )
}
