// The figures of bench/live.ts as a page.

import { cpus } from 'node:os'
import type { Kind } from './live-clients.ts'

const MEMORY_AIM_KB = 20
const WAKE_AIM_MS = 20

export interface Delay {
  /** Since the commit had returned to who made it; below zero where the client knew before him. */
  readonly afterCommitMs: number
  /** Since the statement was sent: the commit itself is in it. */
  readonly afterSendMs: number
}

export interface Delays {
  readonly what: string
  readonly of: readonly Delay[]
}

export interface Result {
  readonly kind: Kind
  readonly rssBytes: number
  readonly heapBytes: number
  readonly delays: readonly Delays[]
}

export const NAMES: Readonly<Record<Kind, string>> = {
  idle: 'idle keep-alive connection, after one status call',
  stream: 'stream of events',
  poll: 'long poll',
}

export function report(results: readonly Result[], clients: number): string {
  const kb = (bytes: number) => (bytes / 1024).toFixed(1)
  const idle = results.find(({ kind }) => kind === 'idle')
  const memory = results.map(({ kind, rssBytes, heapBytes }) =>
    [
      NAMES[kind],
      kb(rssBytes),
      kb(rssBytes - (idle?.rssBytes ?? 0)),
      kb(heapBytes),
      kb(heapBytes - (idle?.heapBytes ?? 0)),
    ].join(' | '),
  )
  const delays = results.flatMap(({ kind, delays }) =>
    delays.map(({ what, of }) => {
      const ms = of.map(({ afterCommitMs }) => afterCommitMs)
      const whole = of.map(({ afterSendMs }) => afterSendMs)
      const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(ms, share).toFixed(1))
      return [NAMES[kind], what, of.length, ...figures, percentile(whole, 0.5).toFixed(1)].join(
        ' | ',
      )
    }),
  )
  return [
    '# Clients that wait',
    '',
    `\`node bench/live.ts\`: ${clients} clients, each of a payment of its own, on one instance.`,
    '',
    `Memory of the server per client after garbage collection, KB; aim: at most ${MEMORY_AIM_KB} over an`,
    'idle connection.',
    '',
    '| client | RSS | over idle | heap and external | over idle |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...memory.map((row) => `| ${row} |`),
    '',
    `From the return of the commit to the news at the client, ms; aim: median at most ${WAKE_AIM_MS}. A`,
    'client may know before the one who committed does. The last column counts from the sending of the',
    'statement, so the commit itself is in it.',
    '',
    '| client | what happens | samples | median | p95 | p99 | most | median with the commit |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...delays.map((row) => `| ${row} |`),
    '',
    `Database, server and clients share ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`,
    '',
  ].join('\n')
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? Number.NaN
}
