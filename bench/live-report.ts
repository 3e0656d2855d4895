// The figures of bench/live.ts as a page.

import { cpus } from 'node:os'
import type { Kind } from './live-clients.ts'
import { percentile } from './report.ts'

const MEMORY_AIM = 1.5
const WAKE_AIM_MS = 50

export interface Result {
  readonly kind: Kind
  readonly clients: number
  /** Of the server, for each client. */
  readonly rssBytes: number
  readonly heapBytes: number
  /** From the return of a commit to the news, ms; below zero where the client knew before who committed. */
  readonly delays: readonly number[]
  /** The worst hundredth of the event loop's delays meanwhile. */
  readonly lagMs: number
}

export const NAMES: Readonly<Record<Kind, string>> = {
  bare: 'idle socket on a bare Fastify',
  idle: 'idle socket, after one status call',
  stream: 'stream of events',
  poll: 'long poll',
  page: 'payment page, its stream open',
}

export function report(results: readonly Result[]): string {
  const kb = (bytes: number) => (bytes / 1024).toFixed(1)
  const bare = results.find(({ kind }) => kind === 'bare')?.rssBytes ?? Number.NaN
  const rows = results.map(({ clients, delays, heapBytes, kind, lagMs, rssBytes }) => {
    const waits = [0.5, 0.99, 1].map((share) => percentile(delays, share).toFixed(1))
    return [
      NAMES[kind],
      clients.toLocaleString('en'),
      kb(rssBytes),
      (rssBytes / bare).toFixed(2),
      kb(heapBytes),
      ...(delays.length === 0 ? ['', '', ''] : waits),
      lagMs.toFixed(1),
    ].join(' | ')
  })
  return [
    '# Clients that wait',
    '',
    '`node bench/live.ts`: clients of one instance, each of a payment of its own. Memory of the server per client',
    `after garbage collection, KB, and its ratio to an idle socket on a bare Fastify (aim: at most ${MEMORY_AIM}); then, while`,
    'a hundred payments a second change, each in a commit of its own, ms from the return of the commit to the news at',
    `its own client (aim: p99 at most ${WAKE_AIM_MS}); and the p99 of the event loop's delay.`,
    '',
    '| client | clients | RSS | ratio | heap and external | median | p99 | most | loop p99 |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Database, server and clients share ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`,
    '',
  ].join('\n')
}
