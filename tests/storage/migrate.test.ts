// Migrations, partitions and the schema that comes of them.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { migrate, readMigrations } from '../../packages/server/src/storage/migrate.ts'
import { dumpSchema } from '../../packages/server/src/storage/schema-dump.ts'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts'
import { asSuperuser, quietLog } from '../support/test-server.ts'

const SCHEMA = join(import.meta.dirname, '../../packages/server/src/storage/schema.sql')

async function use(t: TestContext, opened: Promise<FreshDatabase>): Promise<FreshDatabase> {
  const database = await opened
  t.after(() => database.drop())
  return database
}

function apply({ ownerUrl }: FreshDatabase): Promise<number[]> {
  return migrate({ ownerUrl, appRole: 'byfly_app', log: quietLog })
}

function run(database: FreshDatabase, text: string): Promise<pg.QueryResult> {
  return asSuperuser(database.superuserUrl, (client) => client.query(text))
}

test('an empty database is brought to this release, and a second time nothing is done', async (t) => {
  const database = await use(t, emptyDatabase())
  const versions = (await readMigrations()).map(({ version }) => version)
  assert.deepEqual(await apply(database), versions)
  assert.deepEqual(await apply(database), [])
})

test('ten instances that start at once apply each migration once', async (t) => {
  const database = await use(t, emptyDatabase())
  const applied = await Promise.all(Array.from({ length: 10 }, () => apply(database)))
  assert.equal(applied.flat().length, (await readMigrations()).length)
})

test('a newer schema is refused', async (t) => {
  const database = await use(t, freshDatabase())
  await run(database, `INSERT INTO schema_migrations VALUES (9000, '9000-later.sql', 'x')`)
  await assert.rejects(apply(database), /новее этой программы/)
})

test('a migration that was changed after it was applied is refused', async (t) => {
  const database = await use(t, freshDatabase())
  await run(database, `UPDATE schema_migrations SET checksum = 'x' WHERE version = 1`)
  await assert.rejects(apply(database), /изменилась после того/)
})

test('schema.sql is what the migrations make, on every supported PostgreSQL', async (t) => {
  const database = await use(t, freshDatabase())
  const dumped = await asSuperuser(database.superuserUrl, dumpSchema)
  assert.equal(dumped, await readFile(SCHEMA, 'utf8'), 'npm run schema writes it anew')
})

const PARTITIONS = `
  SELECT c.relname AS name, parent.relname AS parent,
    pg_get_expr(c.relpartbound, c.oid) AS bound
  FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
  JOIN pg_class parent ON parent.oid = i.inhparent AND parent.relkind = 'p'
  WHERE c.relkind = 'r' ORDER BY c.relname`

test('partitions are from last month to three ahead, and more are made by the centre’s role', async (t) => {
  const database = await use(t, freshDatabase())
  const { rows } = await run(database, PARTITIONS)
  const parents = new Set(rows.map(({ parent }) => parent))
  assert.ok(parents.has('payments') && parents.has('device_exchanges'))
  assert.equal(rows.length, 5 * parents.size)
  const app = new pg.Client({ connectionString: database.url })
  await app.connect()
  await app.query(`SELECT ensure_partitions('2040-12-15', 2)`)
  await app.query(`SELECT ensure_partitions('2040-12-01', 2)`)
  await app.end()
  const made = (await run(database, PARTITIONS)).rows.filter(({ name }) => /_20(40|41)_/.test(name))
  assert.equal(made.length, 2 * parents.size)
  const payments = made.filter(({ parent }) => parent === 'payments')
  const floor = (iso: string) => Date.parse(iso).toString(16).padStart(12, '0')
  const boundOf = (from: string, to: string) =>
    new RegExp(`'${dashed(floor(from))}.*'${dashed(floor(to))}`)
  assert.match(payments[0].bound, boundOf('2040-12-01T00:00:00Z', '2041-01-01T00:00:00Z'))
  assert.match(payments[1].bound, boundOf('2041-01-01T00:00:00Z', '2041-02-01T00:00:00Z'))
})

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

test('a new month keeps nobody out: readers and writers of the parents go on', async (t) => {
  const database = await use(t, freshDatabase())
  const busy = new pg.Client({ connectionString: database.superuserUrl })
  await busy.connect()
  await busy.query('BEGIN')
  await busy.query('SELECT count(*) FROM payments')
  await busy.query('LOCK TABLE payments, payment_history IN ROW EXCLUSIVE MODE')
  await run(database, `SET lock_timeout = '2s'; SELECT ensure_partitions('2050-01-01', 1)`)
  await busy.query('ROLLBACK')
  await busy.end()
})

test('a new month is whole: indexes, constraints and triggers as its parent has them', async (t) => {
  const database = await use(t, freshDatabase())
  const shape = (month: string) =>
    run(
      database,
      `SELECT replace(line, '${month}', '') AS line FROM (
         SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index
           WHERE indrelid::regclass::text LIKE '%\\${month}'
         UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
           WHERE conrelid::regclass::text LIKE '%\\${month}' AND contype = 'c'
         UNION ALL SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger
           WHERE tgrelid::regclass::text LIKE '%\\${month}'
       ) AS lines ORDER BY 1`,
    )
  await run(database, `SELECT ensure_partitions('2040-01-01', 2)`)
  const [january, february] = [await shape('_2040_01'), await shape('_2040_02')]
  assert.ok(january.rows.length > 30)
  assert.deepEqual(january.rows, february.rows)
  const triggers = january.rows.filter(({ line }) => /append_only|payments_facts/.test(line))
  assert.equal(triggers.length, 3)
})

test('the id functions: version, time, floor', async (t) => {
  const database = await use(t, freshDatabase())
  const { rows } = await run(
    database,
    `SELECT uuid7_floor(at) <= uuid7_at(at) AS is_floor,
       substring(uuid7_at(at)::text, 15, 1) AS version,
       substring(uuid7_floor(at)::text, 1, 13) AS time
     FROM (VALUES ('2026-02-03 04:05:06.789+00'::timestamptz)) AS moment (at)`,
  )
  const time = dashed(Date.parse('2026-02-03T04:05:06.789Z').toString(16).padStart(12, '0'))
  assert.deepEqual(rows, [{ is_floor: true, version: '7', time }])
})
