// Reads payments: whole for a decision, or one row for a show. What a decision rests on is read after
// the payment's lock was had, never in the statement that waited for it.

import type {
  HistoryLine,
  LockedPayment,
  PaymentStanding,
  PaymentView,
} from '../ports/payment-store.ts'
import {
  lockedPaymentOf,
  PAYMENT_COLUMNS,
  type PaymentRow,
  paymentViewOf,
  STANDING_COLUMNS,
  type StandingRow,
  standingOf,
  type WholeRow,
} from './payment-rows.ts'
import type { Session, Statement } from './session.ts'

const LOCK: Statement = {
  name: 'payment_lock',
  text: 'SELECT 1 FROM payments WHERE id = $1 FOR UPDATE',
  changesNothing: true,
}

/**
 * One statement, so that the payment and its attempts are of one moment. Attempts are looked for in
 * every partition although their ids tell their time: after a failover to a machine whose clock is
 * behind they may be older than their payment, and an attempt that is not seen is a second charge.
 */
const WHOLE: Statement = {
  name: 'payment_whole',
  text: `
    SELECT ${PAYMENT_COLUMNS}, s.overpaid_policy, s.webhook_events, s.amount_unit,
      coalesce(p.webhook_url, s.default_webhook_url) AS webhook_url,
      (SELECT former_id FROM former_ids WHERE payment_id = p.id) AS former_id,
      coalesce(tries.attempts, '[]') AS attempts,
      coalesce(money.captures, '[]') AS captures, coalesce(money.refunds, '[]') AS refunds,
      centre_now() AS now, new_id() AS fresh_id
    FROM payments p
    JOIN sources s ON s.id = p.source_id
    CROSS JOIN LATERAL (
      SELECT json_agg(attempt ORDER BY attempt.id) AS attempts
      FROM (
        SELECT a.*, o.lease_owner, o.fence
        FROM attempts a LEFT JOIN open_attempts o ON o.attempt_id = a.id
        WHERE a.payment_id = p.id
      ) AS attempt
    ) AS tries
    LEFT JOIN LATERAL (
      SELECT
        (SELECT json_agg(c ORDER BY c.at, c.attempt_id) FROM captures c WHERE c.payment_id = p.id)
          AS captures,
        (SELECT json_agg(refund ORDER BY refund.id) FROM (
          SELECT r.*, o.lease_owner, o.fence
          FROM refunds r LEFT JOIN open_attempts o ON o.attempt_id = r.id
          WHERE r.payment_id = p.id
        ) AS refund) AS refunds
    ) AS money ON p.paid_tiyn > 0
    WHERE p.id = $1`,
  changesNothing: true,
}

const VIEW: Statement = {
  name: 'payment_view',
  text: `SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = $1`,
}

const VIEWS: Statement = {
  name: 'payment_views',
  text: `SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = ANY ($1::uuid[])`,
}

const VERSIONS: Statement = {
  name: 'payment_versions',
  text: 'SELECT id, version FROM payments WHERE id = ANY ($1::uuid[])',
}

const STANDING: Statement = {
  name: 'payment_standing',
  text: `SELECT ${STANDING_COLUMNS} FROM payments p WHERE p.id = $1`,
}

const HISTORY: Statement = {
  name: 'payment_history',
  text: `
    SELECT at, what, attempt_id, status_before, status_after, detail, facts
    FROM payment_history WHERE payment_id = $1 ORDER BY version`,
}

export async function lockPayment(session: Session, paymentId: string) {
  // A statement sees the world as it was when it began: the one that waited for the lock would still see the attempts of
  // before. The second begins when the first is done, though both are sent at once.
  const [locked, whole] = await Promise.all([
    session.rows(LOCK, [paymentId]),
    peekPayment(session, paymentId),
  ])
  return locked.length === 0 ? null : whole
}

export async function peekPayment(
  session: Session,
  paymentId: string,
): Promise<LockedPayment | null> {
  const [row] = await session.rows<WholeRow>(WHOLE, [paymentId])
  return row === undefined ? null : lockedPaymentOf(row)
}

export async function standingOfPayment(
  session: Session,
  paymentId: string,
): Promise<PaymentStanding | null> {
  const [row] = await session.rows<StandingRow>(STANDING, [paymentId])
  return row === undefined ? null : standingOf(row)
}

export async function viewPayment(
  session: Session,
  paymentId: string,
): Promise<PaymentView | null> {
  const [row] = await session.rows<PaymentRow>(VIEW, [paymentId])
  return row === undefined ? null : paymentViewOf(row)
}

export async function viewPayments(
  session: Session,
  paymentIds: readonly string[],
): Promise<PaymentView[]> {
  return (await session.rows<PaymentRow>(VIEWS, [paymentIds])).map(paymentViewOf)
}

export async function versionsOfPayments(
  session: Session,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows<{ id: string; version: number }>(VERSIONS, [paymentIds])
  return new Map(rows.map(({ id, version }) => [id, version]))
}

interface HistoryRow {
  readonly at: number
  readonly what: string
  readonly attempt_id: string | null
  readonly status_before: string | null
  readonly status_after: string
  readonly detail: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

export async function readHistory(session: Session, paymentId: string): Promise<HistoryLine[]> {
  const rows = await session.rows<HistoryRow>(HISTORY, [paymentId])
  return rows.map((row) => ({
    atMs: row.at,
    what: row.what,
    attemptId: row.attempt_id,
    statusBefore: row.status_before,
    statusAfter: row.status_after,
    detail: row.detail,
    facts: row.facts,
  }))
}
