// Brings a database to this release's schema: plain numbered SQL files, each in one transaction,
// under a lock so that any number of instances may start at once. Refuses a newer schema.

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Log } from '../ports/log.ts'
import { OperatorError } from '../ports/operator-error.ts'

const FOLDER = join(import.meta.dirname, 'migrations')

/** Any fixed number: the advisory lock that only one migrating process holds. */
export const MIGRATION_LOCK = 7_204_117_001

/** Where a database keeps what was applied to it. */
export const HISTORY = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(FOLDER, name), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { version: Number(name.slice(0, 4)), name, sql, checksum }
    }),
  )
}

export interface MigrateOptions {
  /** The role that owns the schema. */
  readonly ownerUrl: string
  /** The role that the centre runs as; it gets what it needs and owns nothing. */
  readonly appRole?: string
  readonly log: Log
}

/** @returns the versions that were applied now, oldest first. */
export async function migrate({ ownerUrl, appRole, log }: MigrateOptions): Promise<number[]> {
  const migrations = await readMigrations()
  const client = await connect(ownerUrl)
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await applyPending(client, migrations, log)
    if (appRole !== undefined) await grant(client, appRole)
    return applied
  } finally {
    await client.end()
  }
}

/** How long an outside database may take to answer at the start. */
const CONNECT_TIMEOUT_MS = 10_000

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new OperatorError(
      `База данных ${client.host}:${client.port} не принимает соединение: ` +
        `${(error as Error).message}. Проверьте, что она запущена и что DATABASE_URL верен.`,
      { cause: error },
    )
  }
}

async function applyPending(
  client: pg.Client,
  migrations: readonly Migration[],
  log: Log,
): Promise<number[]> {
  await client.query(HISTORY)
  const pending = await pendingOf(client, migrations)
  for (const migration of pending) {
    await applyOne(client, migration)
    log.info({ version: migration.version }, `Миграция ${migration.name} применена`)
  }
  return pending.map(({ version }) => version)
}

/** @throws OperatorError when the database is newer, or knows a migration otherwise */
export async function pendingOf(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'SELECT version, checksum FROM schema_migrations ORDER BY version',
  )
  checkHistory(rows, migrations)
  const done = new Set(rows.map(({ version }) => version))
  return migrations.filter(({ version }) => !done.has(version))
}

/**
 * The texts of what was applied to a database, to make its schema anew.
 *
 * @throws OperatorError when this program does not know them all, or knows them otherwise
 */
export async function migrationsOf(
  done: readonly { readonly version: number; readonly checksum: string }[],
): Promise<Migration[]> {
  const known = await readMigrations()
  checkHistory(done, known)
  return done.map(({ version }) => {
    const migration = known.find((candidate) => candidate.version === version)
    if (migration !== undefined) return migration
    throw new OperatorError(
      `Схему базы делала другая программа: миграции ${version} здесь нет. ` +
        'Возьмите ту версию ByFly Pay, которой снята копия.',
    )
  })
}

function checkHistory(
  done: readonly { version: number; checksum: string }[],
  known: readonly Migration[],
): void {
  const newest = known.at(-1)?.version ?? 0
  for (const { version, checksum } of done) {
    if (version > newest) {
      throw new OperatorError(
        `База данных новее этой программы: её схема ${version}, программа знает ${newest}. ` +
          'Установите ту же или более новую версию ByFly Pay.',
      )
    }
    const migration = known.find((candidate) => candidate.version === version)
    if (migration !== undefined && migration.checksum !== checksum) {
      throw new OperatorError(
        `Миграция ${migration.name} изменилась после того, как была применена. ` +
          'Верните её прежний текст: изменения схемы пишутся новой миграцией.',
      )
    }
  }
}

/** @param look sees the database before the commit, with every lock still held */
export async function applyOne(
  client: pg.Client,
  { version, name, sql, checksum }: Migration,
  look: () => Promise<void> = async () => {},
): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await look()
    await client.query(
      'INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)',
      [version, name, checksum],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new OperatorError(`Миграция ${name} не применилась: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Tables that only grow: the centre's role may add to them and read them. */
const APPEND_ONLY = ['audit_log', 'payment_history', 'postings', 'schema_migrations']

/** Only on whole tables: through a partition of its own a right would go round the parent's, also of one that is
 * detached for now and carries its month's seal. */
async function grant(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role)
  const { rows } = await client.query<{ name: string }>(`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'month_sealed')`)
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${rows.map((row) => row.name).join(', ')} TO ${name};
    REVOKE UPDATE, DELETE, TRUNCATE ON ${APPEND_ONLY.join(', ')} FROM ${name};
    REVOKE INSERT ON schema_migrations FROM ${name};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${name};
  `)
}
