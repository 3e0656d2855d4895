// The whole database as one snapshot, while the centre works. It writes nothing.

import type pg from 'pg'
import type { BackupSource, SequenceState, Snapshot } from '../ports/backup-store.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { bookSums } from './book-sums.ts'
import { quoted } from './month-parts.ts'
import { MONTHS_LOCK } from './months.ts'
import { withOwner } from './owner-client.ts'
import { copyTableOut, type TableShape, tableShapes } from './table-copies.ts'

/** @param ownerUrl the role that owns the schema and so reads every table */
export function backupSource(ownerUrl: string): BackupSource {
  return {
    snapshot: (work) =>
      withOwner(ownerUrl, async (client) => {
        await keepMonthsStill(client)
        const shapes = await tableShapes(client)
        if (!shapes.some(({ name }) => name === 'schema_migrations')) {
          throw new OperatorError('В этой базе нет центра: копировать нечего')
        }
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        // Before the first look, which takes the snapshot: no table of it changes its form afterwards.
        const names = shapes.map(({ name }) => `public.${quoted(name)}`)
        await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`)
        return work(await snapshotOf(client, shapes))
      }),
  }
}

/** Until the connection ends; backups share it. A month that is half detached would be left out unseen. */
async function keepMonthsStill(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ yes: boolean }>(`
    SELECT pg_try_advisory_lock_shared(${MONTHS_LOCK})
      AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhdetachpending) AS yes`)
  if (rows[0]?.yes === true) return
  throw new OperatorError(
    'Идёт или прервана архивация месяца: дождитесь её или закончите — byfly months archive, reopen',
  )
}

async function snapshotOf(client: pg.Client, shapes: readonly TableShape[]): Promise<Snapshot> {
  const { rows } = await client.query<{ at: number; wal: string; server: string }>(`
    SELECT now() AS at, pg_current_wal_insert_lsn()::text AS wal,
      current_setting('server_version') AS server`)
  const [moment] = rows
  if (moment === undefined) throw new Error('the database told no time')
  const now = await tableShapes(client)
  if (JSON.stringify(now) !== JSON.stringify(shapes)) {
    throw new OperatorError('Схема базы как раз изменилась: повторите команду')
  }
  const migrations = await client.query(
    'SELECT version, name, checksum FROM schema_migrations ORDER BY version',
  )
  return {
    facts: {
      takenAt: new Date(moment.at).toISOString(),
      walPosition: moment.wal,
      serverVersion: moment.server,
      migrations: migrations.rows,
      months: await monthsOf(client),
      detached: shapes.flatMap(({ name, parent }) => (parent === null ? [] : [{ name, parent }])),
      sealed: await sealedOf(client),
      sequences: await sequencesOf(client),
      sums: await bookSums(client),
    },
    tables: shapes.map(({ columns, name }) => ({ columns, name })),
    copyOut(table) {
      const shape = shapes.find(({ name }) => name === table.name)
      if (shape === undefined) throw new Error(`no table ${table.name} in the snapshot`)
      return copyTableOut(client, shape)
    },
  }
}

async function monthsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(`
    SELECT DISTINCT replace(right(c.relname, 7), '_', '-') || '-01' AS month
    FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'
      AND c.relnamespace = 'public'::regnamespace AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
    ORDER BY month`)
  return rows.map(({ month }) => month)
}

async function sealedOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname::text AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname = 'month_sealed' ORDER BY name`)
  return rows.map(({ name }) => name)
}

async function sequencesOf(client: pg.Client): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY name`)
  const states: SequenceState[] = []
  for (const { name } of rows) {
    const state = await client.query<Omit<SequenceState, 'name'>>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM public.${quoted(name)}`,
    )
    if (state.rows[0] !== undefined) states.push({ name, ...state.rows[0] })
  }
  return states
}
