// An empty database filled with a backup in one transaction, by the owner of the schema alone: no superuser is
// needed, for whoever owns a table may silence its triggers, and foreign keys are served in their order.

import type pg from 'pg'
import type { BackupManifest } from '../ports/backup-folder.ts'
import type { FreshBooks, RestoreTarget } from '../ports/backup-store.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { bookSums } from './book-sums.ts'
import { HISTORY, MIGRATION_LOCK, migrationsOf } from './migrate.ts'
import { quoted, SEAL } from './month-parts.ts'
import { withOwner } from './owner-client.ts'
import { copyTableIn, copyTableOut, tableShapes } from './table-copies.ts'

export function restoreTarget(ownerUrl: string): RestoreTarget {
  return {
    fill: (work) =>
      withOwner(ownerUrl, async (client) => {
        await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
        // A centre that is started meanwhile waits for the end, and then finds a whole database.
        await client.query('SET LOCAL lock_timeout = 0')
        await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
        await requireEmpty(client)
        const result = await work(freshBooks(client))
        await client.query('COMMIT')
        return result
      }),
  }
}

/** What an extension brought is nobody's data. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ tables: number }>(`
    SELECT count(*)::integer AS tables FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')`)
  if (rows[0]?.tables === 0) return
  throw new OperatorError(
    'База не пуста. Копия возвращается только в пустую: создайте новую базу или задайте новую папку ' +
      'в BYFLY_DATA_DIR. Прежняя останется как есть.',
  )
}

function freshBooks(client: pg.Client): FreshBooks {
  return {
    build: (manifest) => build(client, manifest),
    load: (table, lines) => copyTableIn(client, table, lines),
    async *copyOut(table) {
      const shape = (await tableShapes(client)).find(({ name }) => name === table.name)
      if (shape === undefined) throw new Error(`no table ${table.name} in the new database`)
      yield* copyTableOut(client, { ...shape, columns: table.columns })
    },
    sums: () => bookSums(client),
    finish: (manifest) => finish(client, manifest),
  }
}

async function build(client: pg.Client, manifest: BackupManifest): Promise<void> {
  const migrations = await migrationsOf(manifest.migrations)
  await client.query(HISTORY)
  for (const { sql } of migrations) await client.query(sql)
  for (const { name, parent } of manifest.detached) {
    await client.query(
      `CREATE TABLE public.${quoted(name)}
       (LIKE public.${quoted(parent)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
    )
  }
  for (const month of manifest.months) {
    await client.query('SELECT ensure_partitions($1::date, 1)', [month])
  }
  const shapes = await tableShapes(client)
  const missing = manifest.tables.find((table) => shapes.every(({ name }) => name !== table.name))
  if (missing !== undefined) {
    throw new OperatorError(`В схеме копии нет таблицы ${missing.name}: её строки некуда вернуть`)
  }
  await setTriggers(client, 'DISABLE')
  // What migrations put in is in the backup as well, as it had become by then.
  await client.query(`TRUNCATE ${shapes.map(({ name }) => `public.${quoted(name)}`).join(', ')}`)
}

/** Also of each partition, which not every version of PostgreSQL reaches by its parent. Foreign keys stay on. */
async function setTriggers(client: pg.Client, to: 'ENABLE' | 'DISABLE'): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`)
  for (const { name } of rows) {
    await client.query(`ALTER TABLE public.${quoted(name)} ${to} TRIGGER USER`)
  }
}

/** No database is ever seen under this name, so the next look finds that the books were moved (I18). */
const MARK = `
  INSERT INTO database_life (identity, seen_at) VALUES ('restored from a backup', $1)
  ON CONFLICT (one) DO UPDATE SET identity = EXCLUDED.identity, seen_at = EXCLUDED.seen_at`

async function finish(client: pg.Client, manifest: BackupManifest): Promise<void> {
  for (const { isCalled, name, value } of manifest.sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [
      `public.${quoted(name)}`,
      value,
      isCalled,
    ])
  }
  const shapes = await tableShapes(client)
  await setTriggers(client, 'ENABLE')
  for (const name of manifest.sealed) await client.query(SEAL(name))
  if (shapes.some(({ name }) => name === 'database_life')) {
    await client.query(MARK, [manifest.takenAt])
  }
  await client.query(`ANALYZE ${shapes.map(({ name }) => `public.${quoted(name)}`).join(', ')}`)
}
