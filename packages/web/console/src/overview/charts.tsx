// The charts of the overview: of which figures each is, and the sentence that says it.

import type { Figures, FiguresLine } from '../api/figures.ts'
import { useMethods, useSources, useTerminals } from '../api/places.ts'
import { moment } from '../show/moment.ts'
import { count, money, shortMoney } from '../show/money.ts'
import { percent } from '../show/share.ts'
import { useWords } from '../words/language.tsx'
import { Chart, type Row } from './chart.tsx'

interface Props {
  readonly figures: Figures
}

export function ByDay({ figures: { currency, lines } }: Props) {
  const words = useWords().overview
  const rows = (values: (line: FiguresLine) => Row['values']): Row[] =>
    lines.map((line) => {
      const day = line.day ?? ''
      return { key: day, name: dayName(day), values: values(line) }
    })
  const best = lines.toSorted((a, b) => b.turnover - a.turnover)[0]
  return (
    <div className="halves">
      <Chart
        title={words.turnoverByDay}
        note={
          best === undefined || best.turnover === 0
            ? words.nothing
            : words.bestDay(moment(best.day ?? ''), money(best.turnover, currency))
        }
        kind="columns"
        rows={rows(({ turnover }) => ({ turnover }))}
        series={[{ key: 'turnover', name: words.turnover, colour: 'primary' }]}
        nameTitle={words.day}
        say={(value) => money(value, currency)}
        sayShort={(value) => shortMoney(value, words.units)}
      />
      <Chart
        title={words.conversionByDay}
        note={words.conversionNote}
        kind="line"
        rows={rows(({ conversion }) => ({ conversion }))}
        series={[{ key: 'conversion', name: words.conversion, colour: 'success' }]}
        nameTitle={words.day}
        say={percent}
        sayShort={percent}
      />
    </div>
  )
}

/** Under a column there is no room for a year; the period above names it. */
function dayName(day: string): string {
  return day.slice(5).split('-').reverse().join('.')
}

export function ByMethod({ figures }: Props) {
  const { overview: words } = useWords()
  const methods = useMethods().data
  const { currency } = figures
  const lines = withMoney(figures)
  const nameOf = ({ product }: FiguresLine) =>
    methods?.find(({ code }) => code === product)?.name ?? product ?? words.unknownProduct
  const rows = (values: (line: FiguresLine) => Row['values']) =>
    lines.map((line) => ({
      key: line.product ?? '',
      name: nameOf(line),
      values: values(line),
    }))
  const say = (value: number) => money(value, currency)
  return (
    <>
      <Chart
        title={words.byMethod}
        note={mostOf(lines, nameOf, figures, words.most)}
        kind="bars"
        rows={rows(({ turnover }) => ({ turnover }))}
        series={[{ key: 'turnover', name: words.turnover, colour: 'primary' }]}
        nameTitle={words.method}
        say={say}
        sayShort={(value) => shortMoney(value, words.units)}
      />
      <Chart
        title={words.commissionByMethod}
        note={words.commissionNote}
        kind="bars"
        rows={rows(({ commission, expected_fee: fee }) => ({ commission, fee }))}
        series={[
          { key: 'commission', name: words.commission, colour: 'success' },
          { key: 'fee', name: words.fee, colour: 'warning' },
        ]}
        nameTitle={words.method}
        say={say}
        sayShort={(value) => shortMoney(value, words.units)}
      />
    </>
  )
}

export function BySource({ figures }: Props) {
  const { overview: words } = useWords()
  const sources = useSources().data
  const lines = withMoney(figures)
  const nameOf = ({ source_id: id }: FiguresLine) =>
    sources?.find((source) => source.id === id)?.name ?? `№ ${id}`
  return (
    <Chart
      title={words.bySource}
      note={mostOf(lines, nameOf, figures, words.most)}
      kind="bars"
      rows={lines.map((line) => ({
        key: String(line.source_id),
        name: nameOf(line),
        values: { turnover: line.turnover },
      }))}
      series={[{ key: 'turnover', name: words.turnover, colour: 'primary' }]}
      nameTitle={words.source}
      say={(value) => money(value, figures.currency)}
      sayShort={(value) => shortMoney(value, words.units)}
    />
  )
}

export function ByTerminal({ figures }: Props) {
  const { overview: words } = useWords()
  const terminals = useTerminals().data
  const lines = figures.lines
    .filter(({ attempts_started: started }) => started > 0)
    .toSorted((a, b) => b.attempts_started - a.attempts_started)
  const { attempts_started: started, attempts_succeeded: succeeded } = figures.totals
  return (
    <Chart
      title={words.terminals}
      note={words.attempts(count(started), count(succeeded))}
      kind="bars"
      rows={lines.map((line) => ({
        key: String(line.terminal_id),
        name:
          terminals?.find(({ id }) => id === line.terminal_id)?.name ??
          (line.terminal_id === null ? words.hiddenTerminal : `№ ${line.terminal_id}`),
        values: {
          succeeded: line.attempts_succeeded,
          other: line.attempts_started - line.attempts_succeeded,
        },
      }))}
      series={[
        { key: 'succeeded', name: words.withMoney, colour: 'success', stack: 'attempts' },
        { key: 'other', name: words.withoutMoney, colour: 'muted', stack: 'attempts' },
      ]}
      nameTitle={words.terminal}
      say={count}
      sayShort={count}
    />
  )
}

function withMoney({ lines }: Figures): FiguresLine[] {
  return lines.filter(({ turnover }) => turnover !== 0).toSorted((a, b) => b.turnover - a.turnover)
}

function mostOf(
  [most]: readonly FiguresLine[],
  nameOf: (line: FiguresLine) => string,
  { currency, totals }: Figures,
  say: (name: string, sum: string, share: string) => string,
): string {
  if (most === undefined) return ''
  return say(nameOf(most), money(most.turnover, currency), percent(most.turnover / totals.turnover))
}
