// The tables of `bench/pictures.ts`: the first try alone beside all tries, on the same pictures in one run.

import { cpus } from 'node:os'
import { HARD_KINDS, type HardKind, STRENGTHS, type Strength } from '@byfly-pay/simulator'
import { median } from './report.ts'

interface Outcome {
  readonly verdict: 'right' | 'wrong' | 'nothing'
  readonly tookMs: number
}

export interface Reading {
  readonly kind: HardKind
  readonly strength: Strength
  readonly first: Outcome
  readonly whole: Outcome
}

/** Of a picture that cannot be read: what is wrong with it, and what the reader told. */
export interface Explained {
  readonly reason: string
  readonly told: string
}

export interface LoopLag {
  readonly what: string
  readonly p99Ms: number
  readonly mostMs: number
}

const LEAST_RATE = 0.99
const MOST_MEDIAN_MS = 60

export function report(
  readings: readonly Reading[],
  explained: readonly Explained[],
  lags: readonly LoopLag[],
  seeds: readonly string[],
): { readonly text: string; readonly isReached: boolean } {
  const office = readings.filter(({ strength }) => strength < 5)
  const all = office.map(({ whole }) => whole)
  const wrong = readings.filter(
    ({ first, whole }) => first.verdict === 'wrong' || whole.verdict === 'wrong',
  ).length
  const isReached =
    rate(all) >= LEAST_RATE &&
    median(all.map(({ tookMs }) => tookMs)) <= MOST_MEDIAN_MS &&
    wrong === 0
  const lines = [
    '# Hard pictures',
    '',
    '`node bench/pictures.ts`: pictures of `packages/simulator/src/hard-pictures`, where `kinds.ts` says what',
    'each strength means. Strength 5 is beyond what an office gives and counts in no total.',
    '',
    ...overall(office, wrong, readings.length),
    '',
    ...byKind(readings),
    '',
    ...confusion(explained),
    '',
    ...loopLags(lags),
    '',
    `Seeds ${seeds.join(', ')}; ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`,
    '',
  ]
  return { text: lines.join('\n'), isReached }
}

function overall(office: readonly Reading[], wrong: number, count: number): string[] {
  const row = (what: string, outcomes: readonly Outcome[], aim: string) =>
    `| ${what} | ${outcomes.length} | ${percent(rate(outcomes))} | ${times(outcomes)} | ${aim} |`
  const aim = `≥ ${LEAST_RATE * 100} %, median ≤ ${MOST_MEDIAN_MS} ms`
  return [
    '| strengths 1 to 4 | pictures | read | median ms | p95 ms | aim |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    row(
      'first try alone',
      office.map(({ first }) => first),
      '',
    ),
    row(
      'all tries',
      office.map(({ whole }) => whole),
      aim,
    ),
    '',
    `Wrong texts: ${wrong} of ${count} pictures, strength 5 included (aim: 0).`,
  ]
}

function byKind(readings: readonly Reading[]): string[] {
  const rows = HARD_KINDS.flatMap((kind) =>
    STRENGTHS.map((strength) => {
      const own = readings.filter((each) => each.kind === kind && each.strength === strength)
      const first = own.map((each) => each.first)
      const whole = own.map((each) => each.whole)
      const cells = [
        kind,
        strength === 5 ? '5 (beyond)' : strength,
        own.length,
        percent(rate(first)),
        times(first),
        percent(rate(whole)),
        times(whole),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  return [
    '| kind | strength | pictures | first try | median ms | p95 ms | all tries | median ms | p95 ms |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function confusion(explained: readonly Explained[]): string[] {
  const reasons = [...new Set(explained.map(({ reason }) => reason))]
  const words = [...new Set([...reasons, ...explained.map(({ told }) => told)])]
  const rows = reasons.map((reason) => {
    const counts = words.map(
      (told) => explained.filter((each) => each.reason === reason && each.told === told).length,
    )
    return `| ${reason} | ${counts.join(' | ')} |`
  })
  return [
    'What is told of pictures that cannot be read (a row is what is wrong, a column what was told):',
    '',
    `| | ${words.join(' | ')} |`,
    `| --- | ${words.map(() => '---:').join(' | ')} |`,
    ...rows,
  ]
}

function loopLags(lags: readonly LoopLag[]): string[] {
  return [
    'How late the event loop was meanwhile, sampled every millisecond:',
    '',
    '| | p99 ms | most ms |',
    '| --- | ---: | ---: |',
    ...lags.map(
      ({ what, p99Ms, mostMs }) => `| ${what} | ${p99Ms.toFixed(1)} | ${mostMs.toFixed(1)} |`,
    ),
  ]
}

function rate(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ verdict }) => verdict === 'right').length / outcomes.length
}

function times(outcomes: readonly Outcome[]): string {
  const sorted = outcomes.map(({ tookMs }) => tookMs).sort((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
  return `${median(sorted).toFixed(0)} | ${p95.toFixed(0)}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
