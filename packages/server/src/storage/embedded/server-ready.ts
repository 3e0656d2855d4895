// Asks a server whether it is ours and ready. It must never take silence for readiness, nor wait
// for ever.

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { ClusterRecord } from './cluster-record.ts'
import { EmbeddedDatabaseError, errorCode } from './embedded-database-error.ts'
import { SUPERUSER } from './initialise-cluster.ts'

export type Readiness = 'ready' | 'gone' | 'not_yet'

const POLL_MS = 25
const CONNECT_MS = 5_000

export function superuserUrl(record: ClusterRecord, database = 'postgres'): string {
  return roleUrl(SUPERUSER, record.superuserPassword, record.port, database)
}

export function roleUrl(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** `hasGone` is asked between attempts; `not_yet` is the answer after `limitMs`. */
export async function waitUntilReady(
  record: ClusterRecord,
  cluster: string,
  hasGone: () => boolean,
  limitMs: number,
): Promise<Readiness> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < limitMs) {
    if (hasGone()) return 'gone'
    if (await answers(record, cluster)) return 'ready'
    await sleep(POLL_MS)
  }
  return 'not_yet'
}

async function answers(record: ClusterRecord, cluster: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: superuserUrl(record),
    connectionTimeoutMillis: CONNECT_MS,
  })
  // A connection cut while idle is an event, and an unheard one would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const shown = await client.query<{ data_directory: string }>('SHOW data_directory')
    return shown.rows[0]?.data_directory === cluster
  } catch (error) {
    // 28P01: our server does not accept our password, so the file of passwords is not its own.
    if (errorCode(error) === '28P01') {
      throw new EmbeddedDatabaseError(
        `Встроенная база на порту ${record.port} не принимает пароль из postgres.json. Верните этот ` +
          'файл из той же резервной копии, что и файлы базы.',
      )
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
