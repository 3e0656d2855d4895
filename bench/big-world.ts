// Books of different sizes beside each other in one embedded server, each with a centre and its HTTP over it, for
// bench/big.ts. They are loaded with nothing forced to disk and measured as in the field. No worker runs.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { hashToken } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import { buildApp } from '../packages/server/src/http/app.ts'
import { createLog, openCentre } from '../packages/server/src/main.ts'
import { foldFigures } from '../packages/server/src/payments/fold-figures.ts'
import type { Centre } from '../packages/server/src/ports/centre.ts'
import {
  type EmbeddedDatabase,
  openEmbeddedDatabase,
} from '../packages/server/src/storage/embedded/open-embedded-database.ts'
import { APP_ROLE, OWNER_ROLE } from '../packages/server/src/storage/embedded/roles.ts'
import { migrate } from '../packages/server/src/storage/migrate.ts'
import { dumpSchema } from '../packages/server/src/storage/schema-dump.ts'
import { asSuperuser, quietLog, withDatabase } from '../tests/support/test-server.ts'
import { loadBooks, type Progress } from './big-load.ts'
import type { Ledger } from './ledger-data.ts'
import { dayStart } from './list-questions.ts'

export interface Size {
  readonly payments: number
  readonly days: number
}

/** One centre over its books. */
export interface Books {
  readonly ledger: Ledger
  readonly centre: Centre
  readonly superuserUrl: string
  readonly url: string
  /** Of the first source. */
  readonly token: string
  /** Some of its payments, of all times. */
  readonly ids: readonly string[]
  readonly bytes: number
}

export interface BigWorld {
  readonly books: readonly Books[]
  stop(): Promise<void>
}

const SAMPLE = 2_000
const SCHEMA = join(import.meta.dirname, '../packages/server/src/storage/schema.sql')

export async function openBigWorld(
  dataDir: string,
  sizes: readonly Size[],
  tell: (progress: Progress) => void,
): Promise<BigWorld> {
  const testTuning = { isFsyncOn: false, maxConnections: 50 }
  const loading = await openEmbeddedDatabase({ dataDir, log: quietLog, testTuning })
  for (const size of sizes) await load(loading, size, tell).catch(stopping(loading))
  await loading.stop()
  // What was never forced to disk is not to go there while something is measured.
  execFileSync('sync')
  const database = await openEmbeddedDatabase({ dataDir, log: quietLog })
  const stops = [() => database.stop()]
  const stop = async () => {
    for (const end of stops.reverse()) await end()
  }
  const books: Books[] = []
  for (const size of sizes) {
    const opened = await openBooks(database, dataDir, size).catch(stopping({ stop }))
    stops.push(opened.stop)
    books.push(opened.books)
  }
  return { books, stop }
}

function stopping({ stop }: { stop(): Promise<void> }) {
  return async (error: unknown): Promise<never> => {
    await stop()
    throw error
  }
}

async function load(
  server: EmbeddedDatabase,
  size: Size,
  tell: (progress: Progress) => void,
): Promise<void> {
  const name = nameOf(size)
  await asSuperuser(server.superuserUrl, async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${OWNER_ROLE}`)
  })
  const ownerUrl = withDatabase(server.ownerUrl, name)
  await migrate({ ownerUrl, appRole: APP_ROLE, log: quietLog })
  const superuserUrl = withDatabase(server.superuserUrl, name)
  const ledger = await asSuperuser(superuserUrl, (client) => ledgerOf(client, size))
  await loadBooks(superuserUrl, ledger, tell)
  // What is measured must be what is shipped.
  assert.equal(await asSuperuser(superuserUrl, dumpSchema), readFileSync(SCHEMA, 'utf8'))
}

function nameOf({ days, payments }: Size): string {
  return `books_${payments}_of_${days}_days`
}

/** Whole days that were over when the database was made, so that a load that goes on draws the same. */
async function ledgerOf(client: pg.Client, size: Size): Promise<Ledger> {
  const [row] = (await client.query('SELECT min(applied_at) AS at FROM schema_migrations')).rows
  return { ...size, untilMs: dayStart(row.at.getTime()) }
}

async function openBooks(server: EmbeddedDatabase, dataDir: string, size: Size) {
  const [url, ownerUrl, superuserUrl] = [server.url, server.ownerUrl, server.superuserUrl].map(
    (whole) => withDatabase(whole, nameOf(size)),
  ) as [string, string, string]
  const config = readConfig({
    BYFLY_DATA_DIR: dataDir,
    BYFLY_SECRET_KEY: 'a secret key for measuring, never for anything real',
    BYFLY_LOG_LEVEL: 'error',
  })
  const database = { url, ownerUrl, stop: async () => {} }
  const opened = await openCentre(config, database, createLog(config), () => '')
  // As the timetable does; what an earlier measurement created is folded too.
  while ((await foldFigures(opened.centre)) > 0) {}
  const app = buildApp(opened.centre, { isReady: opened.isReady })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    books: await asSuperuser(superuserUrl, async (client) => ({
      ledger: await ledgerOf(client, size),
      centre: opened.centre,
      superuserUrl,
      url: address,
      token: await tokenOfFirst(client),
      ids: await sampleOfFirst(client, size.payments),
      bytes: await bytesOf(client),
    })),
    async stop() {
      await app.close()
      await opened.close()
    },
  }
}

async function tokenOfFirst(client: pg.Client): Promise<string> {
  const token = randomBytes(32).toString('hex')
  const values = [hashToken(token)]
  await client.query('INSERT INTO source_tokens (token_hash, source_id) VALUES ($1, 1)', values)
  return token
}

async function sampleOfFirst(client: pg.Client, payments: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT payment_id AS id FROM external_ids
     WHERE source_id = 1
       AND external_id IN (SELECT 'ext-' || n * 20::bigint * 7919 % $1::integer FROM generate_series(1, $2) AS n)`,
    [payments, SAMPLE],
  )
  return rows.map(({ id }) => id)
}

async function bytesOf(client: pg.Client): Promise<number> {
  const [row] = (await client.query('SELECT pg_database_size(current_database())::bigint AS b'))
    .rows
  return Number(row.b)
}
