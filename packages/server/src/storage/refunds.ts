// Refunds as staff and sources see them, and payments that take another's place.

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { RefundFilter, RefundLine, RefundStore } from '../ports/refund-store.ts'
import { rowsOfSql } from './query-builder.ts'
import { type RefundRow, refundOf } from './refund-rows.ts'
import { paymentsIn, terminalsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const FRESH_IDS: Statement = {
  name: 'refunds_fresh_ids',
  text: 'SELECT new_id() AS id FROM generate_series(1, $1::integer)',
}

/**
 * The external id is shown with the new payment and stays registered for the first: it is one order. What
 * the customer chose is not copied, for they pay another way.
 */
const ADD_SUCCESSOR: Statement = {
  name: 'payment_add_successor',
  text: `
    WITH fresh AS MATERIALIZED (
      SELECT uuid7_at(clock.at) AS id, clock.at FROM (SELECT centre_now() AS at OFFSET 0) AS clock
    ),
    linked AS (
      INSERT INTO successors (replaces, payment_id) SELECT $1::uuid, id FROM fresh
      ON CONFLICT DO NOTHING
      RETURNING payment_id
    ),
    payment AS (
      INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        description, customer_phone, customer_email, customer_name, webhook_url, metadata,
        external_id, created_at, expires_at, updated_at)
      SELECT fresh.id, p.source_id, p.country_iso, p.currency, p.original_tiyn, p.tolerance_tiyn,
        p.description, p.customer_phone, p.customer_email, p.customer_name, p.webhook_url,
        p.metadata, p.external_id, fresh.at, fresh.at + $2::integer * interval '1 second', fresh.at
      FROM fresh, linked, payments p WHERE p.id = $1
      RETURNING id, created_at
    ),
    history AS (
      INSERT INTO payment_history (id, payment_id, version, at, what, status_after)
      SELECT uuid7_at(created_at), id, 1, created_at, 'created', 'pending' FROM payment
    )
    SELECT id FROM payment`,
}

const LINKS: Statement = {
  name: 'payment_links',
  text: `
    SELECT (SELECT replaces FROM successors WHERE payment_id = $1) AS replaces,
      (SELECT payment_id FROM successors WHERE replaces = $1) AS replaced_by`,
}

/** `reads` is for what is short, hot and waits for no lock. */
export function refundStore(session: Session, reads: Session): RefundStore {
  return {
    page: (scope, filter) => readPage(session, scope, filter),
    async find(scope, refundId) {
      const rows = await rowsOfSql<Row>(session, linesIn(scope, sql`r.id = ${refundId}::uuid`))
      return rows[0] === undefined ? null : lineOf(rows[0])
    },
    async freshIds(tx, count) {
      const rows = await sessionOf(tx).rows<{ id: string }>(FRESH_IDS, [count])
      return rows.map(({ id }) => id)
    },
    async addSuccessor(tx, paymentId, lifetimeSeconds) {
      const values = [paymentId, lifetimeSeconds]
      const [row] = await sessionOf(tx).rows<{ id: string }>(ADD_SUCCESSOR, values)
      return row?.id ?? null
    },
    async linksOf(paymentId) {
      interface LinksRow {
        readonly replaces: string | null
        readonly replaced_by: string | null
      }
      const [row] = await reads.rows<LinksRow>(LINKS, [paymentId])
      return { replaces: row?.replaces ?? null, replacedBy: row?.replaced_by ?? null }
    },
  }
}

interface Row {
  readonly refund: RefundRow
  readonly payment_id: string
  readonly currency: string
  readonly source_id: number
  readonly source_name: string
  /** Null too where it is out of the scope. */
  readonly terminal_id: number | null
  readonly created_at: number
  readonly updated_at: number
  readonly refunded_at: number | null
}

function linesIn(scope: Scope, condition: ReturnType<typeof sql>) {
  return sql`
    SELECT row_to_json(r) AS refund, r.payment_id, p.currency, p.source_id, s.name AS source_name,
      t.id AS terminal_id, r.created_at, r.updated_at, r.refunded_at
    FROM refunds r
    JOIN payments p ON p.id = r.payment_id AND ${paymentsIn(scope)}
    JOIN sources s ON s.id = p.source_id
    LEFT JOIN terminals t ON t.id = r.terminal_id AND ${terminalsIn(scope)}
    WHERE ${condition}`
}

async function readPage(
  session: Session,
  scope: Scope,
  filter: RefundFilter,
): Promise<RefundLine[]> {
  const { beforeId, limit, paymentId, reason, sourceId, state } = filter
  const conditions = [
    sql`true`,
    ...(paymentId === null ? [] : [sql`r.payment_id = ${paymentId}::uuid`]),
    ...(sourceId === null ? [] : [sql`p.source_id = ${sourceId}::integer`]),
    ...(state === null ? [] : [sql`r.state = ${state}`]),
    ...(reason === null ? [] : [sql`r.why = ${reason}`]),
    ...(beforeId === null ? [] : [sql`r.id < ${beforeId}::uuid`]),
  ]
  const lines = linesIn(scope, sql`${sql.join(conditions, sql` AND `)}`)
  const rows = await rowsOfSql<Row>(session, sql`${lines} ORDER BY r.id DESC LIMIT ${limit}`)
  return rows.map(lineOf)
}

function lineOf(row: Row): RefundLine {
  return {
    refund: { ...refundOf(row.refund), terminalId: row.terminal_id },
    paymentId: row.payment_id,
    currency: row.currency,
    source: { id: row.source_id, name: row.source_name },
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
    refundedAtMs: row.refunded_at,
  }
}
