// Closed months as their partitions: found by name, sealed, detached and put back by the role that owns the
// schema. A month's table outside of its parent always carries the seal, so nobody writes to it unseen.

import pg from 'pg'
import type { Month, MonthStore, MonthTable, TableSize } from '../ports/month-store.ts'
import { auditStore } from './audit.ts'
import { connection } from './connection.ts'
import { columnsOf, copyOut, loadTable, tallyOf } from './month-copies.ts'
import { monthHindrances } from './month-hindrances.ts'
import { PARENTS, partOf, partsOf, quoted, SEAL, startOf } from './month-parts.ts'
import { poolSession, type Session, type Statement, sessionOf } from './session.ts'
import { unitOfWork } from './unit-of-work.ts'

/** One holds the lock, one works, one reads while another writes. */
const POOL_SIZE = 4

/** Any fixed number: the advisory lock of whoever moves a month. */
export const MONTHS_LOCK = 7_204_117_005

/** A seal queues everybody who writes to its tables behind whoever it waits for itself. */
const SEAL_LOCK_TIMEOUT_MS = 2_000

const MONTHS: Statement = {
  name: null,
  text: `
    SELECT DISTINCT replace(right(c.relname, 7), '_', '-') AS month
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_class p ON p.oid = i.inhparent AND p.relkind = 'p'
    WHERE c.relname ~ '_[0-9]{4}_[0-9]{2}$' AND p.relname IN (${PARENTS})
    UNION SELECT to_char(month, 'YYYY-MM') FROM archived_months
    ORDER BY month`,
}

const ARCHIVED: Statement = {
  name: null,
  text: `
    SELECT archived_at AS "archivedAtMs", encode(manifest_hash, 'hex') AS "manifestHash"
    FROM archived_months WHERE month = $1`,
}

const SCHEMA: Statement = {
  name: null,
  text: 'SELECT max(version) AS version FROM schema_migrations',
}

const FINISH: Statement = {
  name: null,
  text: `
    UPDATE archived_months SET archived_at = centre_now(), manifest_hash = decode($2, 'hex')
    WHERE month = $1`,
}

const DAYS: Statement = {
  name: null,
  text: `
    SELECT day::date::text AS day
    FROM settings, generate_series(
      (($1::date::timestamp AT TIME ZONE 'UTC') AT TIME ZONE (value #>> '{}'))::date,
      (($1::date + interval '1 month') AT TIME ZONE 'UTC' - interval '1 millisecond')
        AT TIME ZONE (value #>> '{}'), interval '1 day') AS day
    WHERE name = 'figures_zone' ORDER BY day`,
}

export interface OpenedMonths {
  readonly months: MonthStore
  close(): Promise<void>
}

/** @param ownerUrl the role that owns the schema: nobody else may detach a partition */
export function openMonths(ownerUrl: string): OpenedMonths {
  // A copy of a month takes as long as it takes; only the waits for locks keep their limit.
  const limits = { statement_timeout: 0, query_timeout: 0, max: POOL_SIZE }
  const pool = new pg.Pool({ ...connection(ownerUrl, []), ...limits })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { months: monthStore(pool), close: () => pool.end() }
}

function monthStore(pool: pg.Pool): MonthStore {
  const session = poolSession(pool)
  return {
    ...unitOfWork(pool),
    audit: auditStore(session),
    alone: (work) => alone(pool, work),
    async months() {
      const rows = await session.rows<{ month: Month }>(MONTHS, [])
      return rows.map(({ month }) => month)
    },
    sizes: (month) => sizesOf(session, month),
    tables: (month) => partsOf(session, month),
    async archived(month) {
      const rows = await session.rows<{ archivedAtMs: number | null; manifestHash: string | null }>(
        ARCHIVED,
        [startOf(month)],
      )
      return rows[0] ?? null
    },
    async schemaVersion() {
      const [row] = await session.rows<{ version: number }>(SCHEMA, [])
      return row?.version ?? 0
    },
    hindrances: (month, leastAgeMonths, tx) =>
      monthHindrances(tx === undefined ? session : sessionOf(tx), month, leastAgeMonths),
    async days(month) {
      const rows = await session.rows<{ day: string }>(DAYS, [startOf(month)])
      return rows.map(({ day }) => day)
    },
    seal: (tx, month) => seal(sessionOf(tx), month),
    columns: (month, table) => columnsOf(session, partOf(month, table)),
    tally: (month, table) => tallyOf(session, partOf(month, table)),
    copyOut: (month, table, columns) => copyOut(pool, partOf(month, table), columns),
    detach: (month, table) => detach(session, month, table),
    load: (month, table, columns, lines) =>
      loadTable(pool, { table, part: partOf(month, table), columns, lines }),
    attach: (tx, month) => attach(sessionOf(tx), month),
    dropDetached: (tx, month) => dropDetached(sessionOf(tx), month),
    async finish(tx, month, manifestHash) {
      await sessionOf(tx).rows(FINISH, [startOf(month), manifestHash])
    },
    async forget(tx, month) {
      const text = 'DELETE FROM archived_months WHERE month = $1'
      await sessionOf(tx).rows({ name: null, text }, [startOf(month)])
    },
  }
}

async function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${MONTHS_LOCK}) AS yes`)
    return rows[0].yes ? await work() : null
  } finally {
    // Given back in so many words, for the end of a connection is noticed late; it goes with that otherwise.
    await client.query(`SELECT pg_advisory_unlock(${MONTHS_LOCK})`).catch(() => {})
    client.release(true)
  }
}

async function sizesOf(session: Session, month: Month): Promise<TableSize[]> {
  const parts = (await partsOf(session, month)).filter(({ place }) => place !== 'absent')
  const sizes: TableSize[] = []
  for (const { name } of parts) {
    const part = quoted(partOf(month, name))
    const text = `
      SELECT count(*) AS rows, pg_total_relation_size('public.${part}'::regclass) AS bytes
      FROM public.${part}`
    const [row] = await session.rows<Omit<TableSize, 'name'>>({ name: null, text }, [])
    if (row !== undefined) sizes.push({ name, ...row })
  }
  return sizes
}

async function seal(session: Session, month: Month): Promise<void> {
  await run(session, `SET LOCAL lock_timeout = ${SEAL_LOCK_TIMEOUT_MS}`)
  for (const { name, place } of await partsOf(session, month)) {
    if (place === 'attached') await run(session, SEAL(partOf(month, name)))
  }
  const text = 'INSERT INTO archived_months (month) VALUES ($1) ON CONFLICT DO NOTHING'
  await session.rows({ name: null, text }, [startOf(month)])
}

async function detach(session: Session, month: Month, table: string): Promise<void> {
  const part = (await partsOf(session, month)).find(({ name }) => name === table)
  const words = `ALTER TABLE public.${quoted(table)} DETACH PARTITION public.${quoted(partOf(month, table))}`
  switch (part?.place) {
    case 'attached':
      return run(session, `${words} CONCURRENTLY`)
    case 'detaching':
      return run(session, `${words} FINALIZE`)
    default:
      return
  }
}

async function attach(session: Session, month: Month): Promise<void> {
  const next = `(date '${startOf(month)}' + interval '1 month')`
  const [bounds] = await session.rows<{ since: string; until: string }>(
    {
      name: null,
      text: `
        SELECT uuid7_floor(date '${startOf(month)}'::timestamp AT TIME ZONE 'UTC') AS since,
          uuid7_floor(${next} AT TIME ZONE 'UTC') AS until`,
    },
    [],
  )
  if (bounds === undefined) throw new Error('У месяца нет границ')
  for (const { name, place } of await partsOf(session, month)) {
    const part = `public.${quoted(partOf(month, name))}`
    if (place === 'detached') {
      await run(
        session,
        `ALTER TABLE public.${quoted(name)} ATTACH PARTITION ${part}
         FOR VALUES FROM ('${bounds.since}') TO ('${bounds.until}')`,
      )
    }
    if (place === 'absent') continue
    await run(session, `DROP TRIGGER IF EXISTS month_sealed ON ${part}`)
    await dropLeftovers(session, part, name)
  }
}

/** Detaching leaves a table with its bounds as a check of its own, which a partition has no use for. */
async function dropLeftovers(session: Session, part: string, table: string): Promise<void> {
  const text = `
    SELECT conname AS name FROM pg_constraint own
    WHERE conrelid = $1::regclass AND contype = 'c' AND NOT EXISTS (
      SELECT FROM pg_constraint WHERE conrelid = $2::regclass AND conname = own.conname)`
  const values = [part, `public.${quoted(table)}`]
  for (const { name } of await session.rows<{ name: string }>({ name: null, text }, values)) {
    await run(session, `ALTER TABLE ${part} DROP CONSTRAINT ${quoted(name)}`)
  }
}

async function dropDetached(session: Session, month: Month): Promise<void> {
  const gone = (await partsOf(session, month)).filter(isDetached)
  for (const { name } of gone)
    await run(session, `DROP TABLE public.${quoted(partOf(month, name))}`)
}

function isDetached({ place }: MonthTable): boolean {
  return place === 'detached'
}

async function run(session: Session, text: string): Promise<void> {
  await session.rows({ name: null, text }, [])
}
