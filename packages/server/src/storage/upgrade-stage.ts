// Pending migrations on a copy of the database: how long each takes, whom it keeps waiting, what the books come to
// afterwards. Only ever run on a copy.

import type pg from 'pg'
import { OperatorError } from '../ports/operator-error.ts'
import type { HeldTable, RehearsedMigration, UpgradeStage } from '../ports/upgrade-store.ts'
import { bookSums } from './book-sums.ts'
import { applyOne, type Migration, pendingOf, readMigrations } from './migrate.ts'
import { withOwner } from './owner-client.ts'

/**
 * @returns the names of what this program would apply, the oldest first
 * @throws OperatorError for a database that is empty, newer or of another program
 */
export function pendingMigrations(ownerUrl: string): Promise<string[]> {
  return withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ isThere: boolean }>(
      `SELECT to_regclass('public.schema_migrations') IS NOT NULL AS "isThere"`,
    )
    if (rows[0]?.isThere !== true) {
      throw new OperatorError('В этой базе ещё нет центра: проверять нечего')
    }
    const pending = await pendingOf(client, await readMigrations())
    return pending.map(({ name }) => name)
  })
}

export function upgradeStage(ownerUrl: string): UpgradeStage {
  return {
    upgrade: () => withOwner(ownerUrl, upgrade),
    sums: () => withOwner(ownerUrl, bookSums),
  }
}

async function upgrade(client: pg.Client): Promise<RehearsedMigration[]> {
  const steps: RehearsedMigration[] = []
  for (const migration of await pendingOf(client, await readMigrations())) {
    steps.push(await rehearse(client, migration))
  }
  return steps
}

async function rehearse(client: pg.Client, migration: Migration): Promise<RehearsedMigration> {
  const { rows: before } = await client.query<{ oid: number }>(`
    SELECT oid::integer FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`)
  let held: HeldTable[] = []
  const began = performance.now()
  let tookMs = 0
  await applyOne(client, migration, async () => {
    tookMs = Math.round(performance.now() - began)
    held = await heldOf(client, before)
  })
  return { name: migration.name, tookMs, held }
}

/** Weaker locks make nobody wait who reads or writes. */
async function heldOf(client: pg.Client, tables: readonly { oid: number }[]): Promise<HeldTable[]> {
  const { rows } = await client.query<HeldTable>(
    `SELECT c.relname::text AS table,
       CASE WHEN bool_or(l.mode = 'AccessExclusiveLock') THEN 'everything' ELSE 'writes' END AS stops
     FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
     WHERE l.pid = pg_backend_pid() AND l.relation::integer = ANY ($1::integer[])
       AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
     GROUP BY 1 ORDER BY 1`,
    [tables.map(({ oid }) => oid)],
  )
  return rows
}
