// Looks of the doctor into the database, each by one statement and by the centre's own role. It writes nothing and
// takes any schema, also none.

import pg from 'pg'
import type {
  Backlog,
  DatabaseFacts,
  Examination,
  FailingEndpoint,
  MigrationFacts,
} from '../ports/examination.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { connection } from './connection.ts'
import { pendingOf, readMigrations } from './migrate.ts'

const DATABASE = `
  SELECT current_setting('server_version_num')::integer AS "versionNumber",
    current_setting('server_version') AS version, NOT pg_is_in_recovery() AS "isWritable",
    current_user::text AS role, r.rolsuper AS "isSuperuser", clock_timestamp() AS "nowMs",
    (SELECT count(*)::integer FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relowner = r.oid) AS "ownedTables"
  FROM pg_roles r WHERE r.rolname = current_user`

const PARKED_DAYS = 7

/** A lease is renewed every few seconds; an instance that takes over needs some more. */
const UNWATCHED_SECONDS = 60

const PILES = `
  SELECT 'dueDeliveries' AS pile, count(*)::integer AS count, min(next_at) AS "oldestMs"
  FROM deliveries WHERE state = 'waiting' AND next_at <= centre_now()
  UNION ALL
  SELECT 'parkedDeliveries', count(*)::integer, min(created_at) FROM deliveries
  WHERE state = 'parked' AND id >= uuid7_floor(centre_now() - interval '${PARKED_DAYS} days')
  UNION ALL
  SELECT 'unfoldedDeltas', count(*)::integer, min(greatest(created_at, money_at)) FROM figure_deltas
  UNION ALL
  SELECT 'unknownAttempts', count(*)::integer, min(a.since)
  FROM open_attempts o LEFT JOIN attempts a ON a.id = o.attempt_id
  WHERE o.state IN ('unknown', 'lost', 'held')
  UNION ALL
  SELECT 'unwatchedAttempts', count(*)::integer, min(lease_until) FROM open_attempts
  WHERE state <> 'held' AND lease_until < centre_now() - interval '${UNWATCHED_SECONDS} seconds'
  UNION ALL
  SELECT 'openTasks', count(*)::integer, min(opened_at) FROM tasks WHERE closed_at IS NULL`

const ENDPOINTS_LIMIT = 100

const ENDPOINTS = `
  SELECT e.source_id AS "sourceId", e.endpoint, e.failing_since AS "sinceMs",
    e.switched_off_at IS NOT NULL AS "isSwitchedOff"
  FROM webhook_endpoints e JOIN sources s ON s.id = e.source_id AND s.deleted_at IS NULL
  WHERE e.failing_since IS NOT NULL ORDER BY e.failing_since LIMIT ${ENDPOINTS_LIMIT}`

export function examination(url: string): Examination {
  return {
    database: () => look(url, databaseFacts),
    migrations: () => look(url, migrationFacts),
    backlog: () => look(url, backlogOf),
  }
}

/** A connection for each look, so that one which hangs holds up no other. */
async function look<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection(url, []))
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function databaseFacts(client: pg.Client): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(DATABASE)
  const [facts] = rows
  if (facts === undefined) throw new Error('the database knows no role of ours')
  return facts
}

async function migrationFacts(client: pg.Client): Promise<MigrationFacts> {
  const known = await readMigrations()
  const { rows } = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('public.schema_migrations') IS NOT NULL AS "isThere"`,
  )
  if (rows[0]?.isThere !== true) {
    return { applied: 0, newest: null, pending: known.map(({ name }) => name), fault: null }
  }
  const done = await client.query<{ name: string }>(
    'SELECT name FROM schema_migrations ORDER BY version',
  )
  const facts = { applied: done.rows.length, newest: done.rows.at(-1)?.name ?? null }
  try {
    const pending = await pendingOf(client, known)
    return { ...facts, pending: pending.map(({ name }) => name), fault: null }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    return { ...facts, pending: [], fault: error.message }
  }
}

type PileName = Exclude<keyof Backlog, 'nowMs' | 'failingEndpoints'>

interface PileRow {
  readonly pile: PileName
  readonly count: number
  readonly oldestMs: number | null
}

async function backlogOf(client: pg.Client): Promise<Backlog> {
  const { rows } = await client.query<PileRow>(PILES)
  const endpoints = await client.query<FailingEndpoint>(ENDPOINTS)
  const now = await client.query<{ now: number }>('SELECT centre_now() AS now')
  const pileOf = (name: PileName) => {
    const { count = 0, oldestMs = null } = rows.find(({ pile }) => pile === name) ?? {}
    return { count, oldestMs }
  }
  return {
    nowMs: now.rows[0]?.now ?? 0,
    dueDeliveries: pileOf('dueDeliveries'),
    parkedDeliveries: pileOf('parkedDeliveries'),
    unfoldedDeltas: pileOf('unfoldedDeltas'),
    unknownAttempts: pileOf('unknownAttempts'),
    unwatchedAttempts: pileOf('unwatchedAttempts'),
    openTasks: pileOf('openTasks'),
    failingEndpoints: endpoints.rows,
  }
}
