// Figures side by side with their limit, from rounds in turn, as medians and a ratio.

import { cpus } from 'node:os'

export interface Measure {
  readonly what: string
  readonly limit: string
  /** The least ratio that is aimed at; null for a figure shown without an aim. */
  readonly aim: number | null
  /** One round: ours and the limit, in the same unit, one right after the other. */
  readonly round: () => Promise<{ readonly ours: number; readonly limit: number }>
}

export interface Figure {
  readonly what: string
  readonly limitName: string
  readonly ours: number
  readonly limit: number
  readonly ratio: number
  readonly least: number
  readonly most: number
  readonly aim: number | null
}

export async function measure(measured: Measure, rounds: number): Promise<Figure> {
  const results: { ours: number; limit: number }[] = []
  for (let n = 0; n < rounds; n += 1) results.push(await measured.round())
  const ratios = results.map(({ ours, limit }) => ours / limit)
  return {
    what: measured.what,
    limitName: measured.limit,
    ours: median(results.map(({ ours }) => ours)),
    limit: median(results.map(({ limit }) => limit)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    aim: measured.aim,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function table(figures: readonly Figure[], rounds: number): string {
  const number = (value: number) => Math.round(value).toLocaleString('en')
  const rows = figures.map((figure) =>
    [
      figure.what,
      number(figure.ours),
      figure.limitName,
      number(figure.limit),
      `${figure.ratio.toFixed(2)} (${figure.least.toFixed(2)}–${figure.most.toFixed(2)})`,
      figure.aim === null ? '' : `≥ ${figure.aim.toFixed(1)}`,
    ].join(' | '),
  )
  return [
    '| what | per second | limit | per second | ratio (least–most) | aim |',
    '| --- | ---: | --- | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Medians of ${rounds} interleaved rounds on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`,
    '',
  ].join('\n')
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? Number.NaN
}
