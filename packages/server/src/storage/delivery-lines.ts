// Deliveries as people read them: whole lines, of one payment, the newest of all, or what a member of staff
// may see. Nothing is claimed or changed here.

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { DeliveryFilter, DeliveryLine } from '../ports/delivery-store.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn } from './scope.ts'
import type { Session, Statement } from './session.ts'

const LINE_COLUMNS = `
  d.id, d.payment_id, d.event, d.sequence, d.url, d.endpoint, d.state, d.tries, d.next_at,
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

export async function pageOfDeliveries(
  session: Session,
  scope: Scope,
  { beforeId, endpoint, limit, paymentId, state }: DeliveryFilter,
): Promise<DeliveryLine[]> {
  const conditions = [
    paymentsIn(scope),
    ...(paymentId === null ? [] : [sql`d.payment_id = ${paymentId}::uuid`]),
    ...(endpoint === null ? [] : [sql`d.endpoint = ${endpoint}::text`]),
    ...(state === null ? [] : [sql`d.state = ${state}::text`]),
    ...(beforeId === null ? [] : [sql`d.id < ${beforeId}::uuid`]),
  ]
  const rows = await rowsOfSql<LineRow>(
    session,
    sql`${LINES} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY d.id DESC LIMIT ${limit}::integer`,
  )
  return rows.map(lineOf)
}

function lineOf(row: LineRow): DeliveryLine {
  return {
    id: row.id,
    paymentId: row.payment_id,
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
