// `node bench/live.ts`: what thousands of waiting clients cost one instance beside idle sockets on a bare Fastify, and how soon
// after a commit each is told, at a hundred commits a second; and 500 open payment pages. Writes bench/live.md. Servers
// and clients are processes of their own, everything is on loopback, and it stops by itself. BENCH_CLIENTS=1000
// for a quick look.

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
import { NAMES, type Result, report } from './live-report.ts'
import type { Memory } from './memory.ts'

const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const
const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 10_000)
const PAGES = Math.min(500, CLIENTS)
/** The waiters of one source are limited. */
const SOURCES = 4
const WARM_UP = 200
const COMMITS = Math.min(1_000, CLIENTS)
const BETWEEN_COMMITS_MS = 10
const SETTLE_MS = 1_000
const PATIENCE_MS = 60_000

const CHANGE = `
  WITH changed AS (
    UPDATE payments SET status_detail = $2, version = version + 1, updated_at = centre_now()
    WHERE id = $1 RETURNING id
  )
  SELECT pg_notify('centre', 'payment:' || id) FROM changed`

/** A payment and the token of its source. */
interface Payment {
  readonly id: string
  readonly token: string
}

/** The first message that is not a list of arrivals. */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  for (;;) {
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })
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
  BYFLY_TRUSTED_HOPS: '1',
  PORT: '0',
}
const config = readConfig(environment)
const log = createLog(config)
const database = await openDatabase(config, log)
const sql = new pg.Client({ connectionString: database.url })

async function newPayments(sourceId: number, token: string): Promise<Payment[]> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000000, 100, now(), now() + interval '1 hour', now()
     FROM generate_series(1, $2) RETURNING id`,
    [sourceId, Math.ceil(CLIENTS / SOURCES)],
  )
  return rows.map(({ id }) => ({ id, token }))
}

async function furnish(): Promise<Payment[]> {
  const opened = await openCentre(config, database, log, () => '')
  const payments: Payment[] = []
  for (let n = 0; n < SOURCES; n += 1) {
    const source = await createSource(opened.centre, ACTING, { name: `bench ${n}`, type: 'other' })
    if (source.kind === 'refused') throw new Error(source.reason)
    payments.push(...(await newPayments(source.id, source.apiToken)))
  }
  await opened.close()
  return payments.slice(0, CLIENTS)
}

/** Changes one payment after another. @returns ms from each commit's return to the news at its own client */
async function delaysOf(
  clients: ChildProcess,
  payments: readonly Payment[],
  detail: string,
): Promise<number[]> {
  const heard = new Map<number, bigint>()
  const hear = (message: Arrivals | string) => {
    if (typeof message === 'string') return
    for (const [client, atNs] of message) heard.set(client, BigInt(atNs))
  }
  clients.on('message', hear)
  const committed: bigint[] = []
  const beganMs = performance.now()
  for (const [n, { id }] of payments.entries()) {
    await sleep(Math.max(0, beganMs + n * BETWEEN_COMMITS_MS - performance.now()))
    await sql.query({ name: 'change', text: CHANGE, values: [id, detail] })
    committed.push(process.hrtime.bigint())
  }
  const untilMs = performance.now() + PATIENCE_MS
  while (heard.size < payments.length && performance.now() < untilMs) await sleep(10)
  clients.off('message', hear)
  if (heard.size < payments.length) {
    throw new Error(`${heard.size} из ${payments.length} клиентов узнали о перемене`)
  }
  return committed.map((atNs, n) => Number((heard.get(n) ?? 0n) - atNs) / 1e6)
}

async function measure(kind: Kind, payments: readonly Payment[]): Promise<Result> {
  const server =
    kind === 'bare'
      ? start('live-bare.ts')
      : start('live-server.ts', {
          ...environment,
          DATABASE_URL: database.url,
          BYFLY_MODE: 'demo',
        })
  const clients = start('live-clients.ts')
  try {
    const port = Number(new URL(await answerOf<string>(server)).port)
    const all = payments.map(({ id, token }) => ({ token, transactionId: transactionIdOf(id) }))
    await order(clients, { kind, port, clients: all.slice(0, WARM_UP) })
    await sleep(SETTLE_MS)
    await order(clients, null)
    await sleep(SETTLE_MS)
    const before = await memoryOf(server)
    await order(clients, { kind, port, clients: all })
    await sleep(SETTLE_MS)
    const after = await memoryOf(server)
    const isTold = kind !== 'bare' && kind !== 'idle'
    const delays = isTold ? await delaysOf(clients, payments.slice(0, COMMITS), kind) : []
    const { lagMs } = await memoryOf(server)
    return {
      kind,
      clients: payments.length,
      rssBytes: (after.rssBytes - before.rssBytes) / payments.length,
      heapBytes: (after.heapBytes - before.heapBytes) / payments.length,
      delays,
      lagMs,
    }
  } finally {
    await stop(clients)
    await stop(server)
  }
}

try {
  await sql.connect()
  const payments = await furnish()
  const results: Result[] = []
  for (const kind of ['bare', 'idle', 'stream', 'poll', 'page'] as const) {
    process.stdout.write(`${NAMES[kind]}…\n`)
    results.push(await measure(kind, kind === 'page' ? payments.slice(0, PAGES) : payments))
  }
  const text = report(results)
  process.stdout.write(`\n${text}`)
  writeFileSync(join(import.meta.dirname, 'live.md'), text)
} finally {
  await sql.end()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
