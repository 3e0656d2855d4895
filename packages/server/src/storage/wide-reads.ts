// A few connections of their own for lists, counts and exports, on a replica where there is one: however
// wide a question of staff is, payments never wait for its connection. Nothing is ever written here.

import pg from 'pg'
import type { Log } from '../ports/log.ts'
import type { Meter } from '../ports/meter.ts'
import { QueryTooWide } from '../ports/query-too-wide.ts'
import type { PoolUse } from '../ports/standing-store.ts'
import { connection, useOf } from './connection.ts'
import { run, type Session, standaloneSession } from './session.ts'

const POOL_SIZE = 4
const STATEMENT_TIMEOUT_MS = 10_000
const QUERY_CANCELED = '57014'

const SETTINGS: readonly string[] = [
  'default_transaction_read_only=on',
  // Each question is worded anew, so it is planned for its own values, which say what is pruned.
  'plan_cache_mode=auto',
  // One question keeps one core busy at most.
  'max_parallel_workers_per_gather=0',
]

export interface WideReads {
  readonly session: Session
  use(): PoolUse
  close(): Promise<void>
}

export interface WideReadsOptions {
  readonly url: string
  readonly log: Log
  readonly meter?: Pick<Meter, 'readWide'>
  readonly connections?: number
}

export function openWideReads(options: WideReadsOptions): WideReads {
  const { connections = POOL_SIZE, log, meter, url } = options
  const pool = new pg.Pool({
    ...connection(url, SETTINGS),
    application_name: 'byfly-pay wide reads',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    max: connections,
  })
  pool.on('error', (error) => log.warn({ error: error.message }, 'Соединение с базой оборвалось'))
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    session: standaloneSession(async (statement, values) => {
      const beganMs = performance.now()
      const tell = (outcome: Parameters<Meter['readWide']>[0]) =>
        meter?.readWide(outcome, performance.now() - beganMs)
      try {
        const rows = await run<never>(pool, statement, values)
        tell('done')
        return rows
      } catch (error) {
        const isTooSlow = error instanceof pg.DatabaseError && error.code === QUERY_CANCELED
        tell(isTooSlow ? 'too_wide' : 'failed')
        throw isTooSlow ? new QueryTooWide('statement timeout', { cause: error }) : error
      }
    }),
    use: () => useOf(pool),
    close: () => pool.end(),
  }
}
