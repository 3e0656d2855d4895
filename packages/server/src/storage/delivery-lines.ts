// Deliveries as people read them: whole lines, of one payment, the newest of all, or what a member of staff
// may see. Nothing is claimed or changed here.

import { type Scope, utcTime } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { DeliveryFilter, DeliveryLine, DeliveryWithBody } from '../ports/delivery-store.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn } from './scope.ts'
import type { Session, Statement } from './session.ts'

const LINE_COLUMNS = `
  d.id, d.payment_id, d.source_id, d.event, d.sequence, d.url, d.endpoint, d.state, d.tries, d.next_at,
  d.last_http_status, d.last_reason, d.created_at, d.delivered_at`

const OF_PAYMENT: Statement = {
  name: 'deliveries_of_payment',
  text: `SELECT ${LINE_COLUMNS} FROM deliveries d WHERE payment_id = $1 ORDER BY sequence, id`,
}

const RECENT: Statement = {
  name: 'deliveries_recent',
  text: `SELECT ${LINE_COLUMNS} FROM deliveries d ORDER BY id DESC LIMIT $1`,
}

const LINES = sql`
  SELECT ${sql.raw(LINE_COLUMNS)} FROM deliveries d JOIN payments p ON p.id = d.payment_id`

interface LineRow {
  readonly id: string
  readonly payment_id: string
  readonly source_id: number
  readonly event: string
  readonly sequence: number
  readonly url: string
  readonly endpoint: string
  readonly state: DeliveryLine['state']
  readonly tries: number
  readonly next_at: number | null
  readonly last_http_status: number | null
  readonly last_reason: string | null
  readonly created_at: number
  readonly delivered_at: number | null
}

export async function deliveriesOfPayment(
  session: Session,
  paymentId: string,
): Promise<DeliveryLine[]> {
  return (await session.rows<LineRow>(OF_PAYMENT, [paymentId])).map(lineOf)
}

export async function recentDeliveries(session: Session, limit: number): Promise<DeliveryLine[]> {
  return (await session.rows<LineRow>(RECENT, [limit])).map(lineOf)
}

export async function lockDelivery(
  session: Session,
  scope: Scope,
  id: string,
): Promise<DeliveryLine | null> {
  const found = sql`${LINES} WHERE d.id = ${id}::uuid AND ${paymentsIn(scope)} FOR UPDATE OF d`
  const [row] = await rowsOfSql<LineRow>(session, found)
  return row === undefined ? null : lineOf(row)
}

export async function findDelivery(
  session: Session,
  scope: Scope,
  id: string,
): Promise<DeliveryWithBody | null> {
  const found = sql`
    SELECT ${sql.raw(LINE_COLUMNS)}, d.body FROM deliveries d JOIN payments p ON p.id = d.payment_id
    WHERE d.id = ${id}::uuid AND ${paymentsIn(scope)}`
  const [row] = await rowsOfSql<LineRow & { readonly body: string }>(session, found)
  return row === undefined ? null : { ...lineOf(row), body: row.body }
}

export async function pageOfDeliveries(
  session: Session,
  scope: Scope,
  filter: DeliveryFilter,
): Promise<DeliveryLine[]> {
  const { limit } = filter
  const conditions = [paymentsIn(scope), ...narrowing(filter)]
  const rows = await rowsOfSql<LineRow>(
    session,
    sql`${LINES} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY d.id DESC LIMIT ${limit}::integer`,
  )
  return rows.map(lineOf)
}

/** An id is of the moment of its row (N1), so a period is a range of ids, and months prune. */
function narrowing(filter: DeliveryFilter): RawBuilder<SqlBool>[] {
  const { beforeId, beforeMs, endpoint, event, fromMs, httpStatus, paymentId, sourceId, state } =
    filter
  const floor = (ms: number) => sql`uuid7_floor(${utcTime(ms)}::timestamptz)`
  return [
    ...(paymentId === null ? [] : [sql<SqlBool>`d.payment_id = ${paymentId}::uuid`]),
    ...(sourceId === null ? [] : [sql<SqlBool>`d.source_id = ${sourceId}::integer`]),
    ...(endpoint === null ? [] : [sql<SqlBool>`d.endpoint = ${endpoint}::text`]),
    ...(event === null ? [] : [sql<SqlBool>`d.event = ${event}::text`]),
    ...(state === null ? [] : [sql<SqlBool>`d.state = ${state}::text`]),
    ...(httpStatus === null ? [] : [ofStatus(httpStatus)]),
    ...(fromMs === null ? [] : [sql<SqlBool>`d.id >= ${floor(fromMs)}`]),
    ...(beforeMs === null ? [] : [sql<SqlBool>`d.id < ${floor(beforeMs)}`]),
    ...(beforeId === null ? [] : [sql<SqlBool>`d.id < ${beforeId}::uuid`]),
  ]
}

/** A delivery that was never tried has no status either, but nothing went wrong with it. */
function ofStatus(status: number | 'none'): RawBuilder<SqlBool> {
  return status === 'none'
    ? sql<SqlBool>`d.last_http_status IS NULL AND d.last_reason IS NOT NULL`
    : sql<SqlBool>`d.last_http_status = ${status}::integer`
}

function lineOf(row: LineRow): DeliveryLine {
  return {
    id: row.id,
    paymentId: row.payment_id,
    sourceId: row.source_id,
    event: row.event,
    sequence: row.sequence,
    url: row.url,
    endpoint: row.endpoint,
    state: row.state,
    tries: row.tries,
    nextAtMs: row.next_at,
    lastHttpStatus: row.last_http_status,
    lastReason: row.last_reason,
    createdAtMs: row.created_at,
    deliveredAtMs: row.delivered_at,
  }
}
