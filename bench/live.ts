// `node bench/live.ts`: what thousands of waiting clients cost one instance, and how soon after a commit
// they are told; writes bench/live.md. Server and clients are processes of their own, everything is on
// loopback, and it stops by itself.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EVERYTHING, transactionIdOf } from '@byfly-pay/core'
import pg from 'pg'
import { createSource } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, openCentre, openDatabase } from '../packages/server/src/main.ts'
import type { Arrivals, Kind, Orders } from './live-clients.ts'
import { type Delay, type Delays, NAMES, type Result, report } from './live-report.ts'
import type { Memory } from './live-server.ts'

const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const
const CLIENTS = 2_000
const WARM_UP = 200
const SAMPLES = 200
const FANS = 3
const SETTLE_MS = 1_000
const BETWEEN_SAMPLES_MS = 15
const PATIENCE_MS = 20_000

const CHANGE = `
  WITH changed AS (
    UPDATE payments SET status_detail = $2, version = version + 1, updated_at = centre_now()
    WHERE id = ANY ($1::uuid[]) RETURNING id
  )
  SELECT pg_notify('centre', 'payment:' || id) FROM changed`

/** The first message that is not a list of arrivals. */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  for (;;) {
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS * 3) })
    if (!Array.isArray(message)) return message
  }
}

function start(script: string, env: Record<string, string> = {}): ChildProcess {
  return fork(join(import.meta.dirname, script), {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc'],
  })
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}

async function memoryOf(server: ChildProcess): Promise<Memory> {
  server.send('memory')
  return answerOf<Memory>(server)
}

async function order(clients: ChildProcess, orders: Orders | null): Promise<void> {
  clients.send(orders as Orders)
  await answerOf(clients)
}

const dataDir = mkdtempSync(join(tmpdir(), 'byfly-live-'))
const environment = {
  BYFLY_DATA_DIR: dataDir,
  BYFLY_SECRET_KEY: 'a secret key for measuring, never for anything real',
  BYFLY_LOG_LEVEL: 'error',
  PORT: '0',
}
const config = readConfig(environment)
const log = createLog(config)
const database = await openDatabase(config, log)
const sql = new pg.Client({ connectionString: database.url })

async function newPayments(sourceId: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000000, 100, now(), now() + interval '1 hour', now()
     FROM generate_series(1, $2) RETURNING id`,
    [sourceId, CLIENTS],
  )
  return rows.map(({ id }) => id)
}

/** Changes payments in one commit. @returns when each client had the news */
async function tell(
  clients: ChildProcess,
  ids: readonly string[],
  detail: string,
): Promise<Delay[]> {
  const heard: bigint[] = []
  const all = new Promise<void>((resolve) => {
    const hear = (message: Arrivals | string) => {
      if (typeof message === 'string') return
      for (const [, atNs] of message) heard.push(BigInt(atNs))
      if (heard.length < ids.length) return
      clients.off('message', hear)
      resolve()
    }
    clients.on('message', hear)
  })
  const sentNs = process.hrtime.bigint()
  await sql.query({ name: 'change', text: CHANGE, values: [ids, detail] })
  const committedNs = process.hrtime.bigint()
  const tooLate = sleep(PATIENCE_MS, null, { ref: false }).then(() => {
    throw new Error(`${heard.length} из ${ids.length} клиентов узнали о перемене`)
  })
  await Promise.race([all, tooLate])
  return heard.map((atNs) => ({
    afterCommitMs: Number(atNs - committedNs) / 1e6,
    afterSendMs: Number(atNs - sentNs) / 1e6,
  }))
}

async function delaysOf(kind: Kind, clients: ChildProcess, ids: string[]): Promise<Delays[]> {
  if (kind === 'idle') return []
  const single: Delay[] = []
  for (const id of ids.slice(0, SAMPLES)) {
    single.push(...(await tell(clients, [id], 'waiting_for_scan')))
    await sleep(BETWEEN_SAMPLES_MS)
  }
  const waiting = kind === 'poll' ? ids.slice(SAMPLES) : ids
  const fans: Delay[] = []
  // A poll that was answered waits no more.
  for (let n = 0; n < (kind === 'poll' ? 1 : FANS); n += 1) {
    fans.push(...(await tell(clients, waiting, `turn ${n}`)))
  }
  return [
    { what: 'one payment changes', of: single },
    { what: `${waiting.length} payments change in one commit`, of: fans },
  ]
}

async function measure(kind: Kind, token: string, sourceId: number): Promise<Result> {
  const ids = await newPayments(sourceId)
  const server = start('live-server.ts', {
    ...environment,
    DATABASE_URL: database.url,
    BYFLY_MODE: 'demo',
  })
  const clients = start('live-clients.ts')
  try {
    const port = Number(new URL(await answerOf<string>(server)).port)
    const transactionIds = ids.map(transactionIdOf)
    await order(clients, { kind, port, token, transactionIds: transactionIds.slice(0, WARM_UP) })
    await sleep(SETTLE_MS)
    await order(clients, null)
    await sleep(SETTLE_MS)
    const before = await memoryOf(server)
    await order(clients, { kind, port, token, transactionIds })
    await sleep(SETTLE_MS)
    const after = await memoryOf(server)
    return {
      kind,
      rssBytes: (after.rssBytes - before.rssBytes) / CLIENTS,
      heapBytes: (after.heapBytes - before.heapBytes) / CLIENTS,
      delays: await delaysOf(kind, clients, ids),
    }
  } finally {
    await stop(clients)
    await stop(server)
  }
}

try {
  await sql.connect()
  const opened = await openCentre(config, database, log, () => '')
  const source = await createSource(opened.centre, ACTING, { name: 'bench', type: 'other' })
  if (source.kind === 'refused') throw new Error(source.reason)
  await opened.close()
  const results: Result[] = []
  for (const kind of ['idle', 'stream', 'poll'] as const) {
    process.stdout.write(`${NAMES[kind]}…\n`)
    results.push(await measure(kind, source.apiToken, source.id))
  }
  const text = report(results, CLIENTS)
  process.stdout.write(`\n${text}`)
  writeFileSync(join(import.meta.dirname, 'live.md'), text)
} finally {
  await sql.end()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
