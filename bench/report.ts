// Figures side by side with their limit, from rounds in turn, as medians and what the two come to: a ratio,
// or how much more.

import { cpus } from 'node:os'

/** What is aimed at, of the ratio to the limit or of what there is more than the limit. */
export interface Aim {
  readonly of: 'ratio' | 'more'
  readonly bound: 'least' | 'most'
  readonly value: number
}

export function atLeast(ratio: number): Aim {
  return { of: 'ratio', bound: 'least', value: ratio }
}

export function atMost(ratio: number): Aim {
  return { of: 'ratio', bound: 'most', value: ratio }
}

/** So much more than the limit, in the figure's own unit. */
export function atMostMore(value: number): Aim {
  return { of: 'more', bound: 'most', value }
}

export interface Round {
  readonly ours: number
  readonly limit: number
}

export interface Naming {
  readonly what: string
  readonly unit: string
  readonly limit: string
  readonly aim: Aim
}

export interface Measure extends Naming {
  /** One round: ours and the limit, in the same unit, one right after the other. */
  readonly round: () => Promise<Round>
}

export interface Figure extends Naming {
  readonly ours: number
  readonly limitValue: number
  /** The ratio, or what there is more: the median of the rounds, and their ends. */
  readonly compared: number
  readonly least: number
  readonly most: number
}

export async function measure(measured: Measure, rounds: number): Promise<Figure> {
  const results: Round[] = []
  for (let n = 0; n < rounds; n += 1) results.push(await measured.round())
  return figureOf(measured, results)
}

export function figureOf(naming: Naming, rounds: readonly Round[]): Figure {
  const { aim, limit: limitName, unit, what } = naming
  const compared = rounds.map(({ limit, ours }) =>
    aim.of === 'ratio' ? ours / limit : ours - limit,
  )
  return {
    ...{ what, unit, limit: limitName, aim },
    ours: median(rounds.map(({ ours }) => ours)),
    limitValue: median(rounds.map(({ limit }) => limit)),
    compared: median(compared),
    least: Math.min(...compared),
    most: Math.max(...compared),
  }
}

export function isMet({ aim: { bound, value }, compared }: Figure): boolean {
  return bound === 'least' ? compared >= value : compared <= value
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? Number.NaN
}

/** Whole from a hundred on; below that as exact as rounds can be told apart. */
function number(value: number): string {
  const digits = Math.abs(value) < 100 ? 1 : 0
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

export function table(figures: readonly Figure[], rounds: number): string {
  const rows = figures.map((figure) => {
    const { aim, compared, least, limit, limitValue, most, ours, unit, what } = figure
    const shown = (value: number) =>
      aim.of === 'ratio' ? value.toFixed(2) : `${value < 0 ? '' : '+'}${number(value)}`
    const bound = `${aim.bound === 'least' ? '≥' : '≤'} ${shown(aim.value)}`
    return [
      what,
      unit,
      number(ours),
      limit,
      number(limitValue),
      `${shown(compared)} (${shown(least)}–${shown(most)})`,
      isMet(figure) ? bound : `${bound}, missed`,
    ].join(' | ')
  })
  return [
    '| what | in | ours | limit | its own | ratio or more (least–most) | aim |',
    '| --- | --- | ---: | --- | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Medians of ${rounds} interleaved rounds on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`,
    '',
  ].join('\n')
}
