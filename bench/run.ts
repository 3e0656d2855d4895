// `npm run bench`: every figure against its limit, in turn, in one run; prints a table and writes
// bench/results.md. Everything runs on loopback and stops by itself.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { EVERYTHING, transactionIdOf } from '@byfly-pay/core'
import pg from 'pg'
import { createSource } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, openCentre, openDatabase } from '../packages/server/src/main.ts'
import { CREATE } from '../packages/server/src/storage/payment-create.ts'
import { checkLoadGenerator, requestsPerSecond } from './load.ts'
import { findPgbench, pgbenchPerSecond } from './pgbench.ts'
import { type Figure, type Measure, measure, table } from './report.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)
/** Enough that none is asked about more often than the limit on polling allows. */
const PAYMENTS = 48_000
/** Of those the ones whose status is asked for, each some times a round, as by somebody who waits. */
const LIVE_PAYMENTS = 15_000
const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const
const SECRET_KEY = 'a secret key for measuring, never for anything real'

interface Server {
  readonly url: string
  stop(): Promise<void>
}

/** A server in a process of its own that prints its address as JSON. */
async function spawnServer(script: string, argument: string): Promise<Server> {
  const path = join(import.meta.dirname, script)
  const child: ChildProcess = spawn(process.execPath, [path, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  if (child.stdout === null) throw new Error('нет вывода')
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    url: JSON.parse(line).url,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function fill(url: string, sourceId: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000000, 100, now(), now() + interval '1 hour', now()
     FROM generate_series(1, $2) RETURNING id`,
    [sourceId, PAYMENTS],
  )
  await client.query('VACUUM ANALYZE payments')
  await client.end()
  return rows.map(({ id }) => id)
}

checkLoadGenerator()
const dataDir = mkdtempSync(join(tmpdir(), 'byfly-bench-'))
const environment = {
  BYFLY_DATA_DIR: dataDir,
  BYFLY_SECRET_KEY: SECRET_KEY,
  BYFLY_LOG_LEVEL: 'error',
}
const config = readConfig(environment)
const log = createLog(config)
const database = await openDatabase(config, log)
const stops: (() => Promise<void>)[] = [() => database.stop()]

try {
  const opened = await openCentre(config, database, log, () => '')
  const source = await createSource(opened.centre, ACTING, { name: 'bench', type: 'other' })
  if (source.kind === 'refused') throw new Error(source.reason)
  await opened.close()
  const ids = await fill(database.ownerUrl, source.id)
  const env = { ...environment, DATABASE_URL: database.url, BYFLY_MODE: 'demo', PORT: '0' }
  const centre = await spawnServer(
    '../tests/support/centre-process.ts',
    JSON.stringify({ env, limits: {} }),
  )
  stops.push(centre.stop)
  const bare = await spawnServer('bare.ts', database.url)
  stops.push(bare.stop)
  const figures: Figure[] = []
  for (const measured of measures(centre, bare, source.apiToken, source.id, ids)) {
    process.stdout.write(`${measured.what}…\n`)
    figures.push(await measure(measured, ROUNDS))
  }
  const text = table(figures, ROUNDS)
  process.stdout.write(`\n${text}`)
  writeFileSync(
    join(import.meta.dirname, 'results.md'),
    `# Figures\n\n\`npm run bench\`\n\n${text}`,
  )
} finally {
  for (const stop of stops.reverse()) await stop()
  rmSync(dataDir, { recursive: true, force: true })
}

function measures(
  centre: Server,
  bare: Server,
  token: string,
  sourceId: number,
  ids: readonly string[],
): Measure[] {
  const pgbench = findPgbench()
  const body = JSON.stringify({
    amount: 1_000_000,
    description: 'Тур',
    metadata: { order_id: '1' },
  })
  const headers = { 'X-API-Token': token, 'Content-Type': 'application/json' }
  const init = (clients: number) =>
    requestsPerSecond({
      url: `${centre.url}/api/payment/init`,
      method: 'POST',
      headers,
      body,
      clients,
      seconds: SECONDS,
    })
  const statement = () =>
    pgbenchPerSecond({
      pgbench: pgbench ?? '',
      databaseUrl: database.url,
      statement: CREATE.text,
      values: [
        sourceId,
        'KZ',
        'KZT',
        1_000_000,
        100,
        'Tour',
        null,
        null,
        null,
        null,
        null,
        '{}',
        3_600,
      ],
      clients: 16,
      seconds: SECONDS,
    })
  const reading = (
    what: string,
    limit: string,
    aim: number,
    path: string,
    bareRoute: string,
  ): Measure => {
    const some = path === '/status' ? ids.slice(0, LIVE_PAYMENTS) : ids
    return {
      what: `${what}, 16 clients`,
      limit,
      aim,
      round: async () => ({
        ours: await requestsPerSecond({
          url: centre.url,
          method: 'GET',
          headers: { 'X-API-Token': token },
          paths: some.map((id) => `/api/payment/${transactionIdOf(id)}${path}`),
          clients: 16,
          seconds: SECONDS,
        }),
        limit: await requestsPerSecond({
          url: bare.url,
          method: 'GET',
          paths: some.map((id) => `/${bareRoute}/${id}`),
          clients: 16,
          seconds: SECONDS,
        }),
      }),
    }
  }
  const reads = [
    reading('GET status of live payments', 'a bare Fastify GET', 0.7, '/status', 'status'),
    reading('GET payment', 'Fastify with one prepared select', 0.9, '', 'view'),
  ]
  if (pgbench === null) {
    process.stdout.write('Нет pgbench (apt-get install postgresql-15): init не измеряется\n')
    return reads
  }
  const creating = (clients: number, aim: number): Measure => ({
    what: `POST init, ${clients} clients`,
    limit: 'pgbench, the same statement, prepared, 16 clients',
    aim,
    round: async () => ({ ours: await init(clients), limit: await statement() }),
  })
  return [creating(16, 1), creating(128, 1.3), ...reads]
}
