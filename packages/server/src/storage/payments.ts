// Payments in the database: the port, and the small questions beside creating, reading and saving.

import { createHash } from 'node:crypto'
import type { PaymentStore } from '../ports/payment-store.ts'
import { createPayment, paymentCreation } from './payment-create.ts'
import {
  lockPayment,
  peekPayment,
  readHistory,
  standingOfPayment,
  versionsOfPayments,
  viewPayment,
  viewPayments,
} from './payment-read.ts'
import { savePayment } from './payment-save.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

export const IS_BOOKED_ELSEWHERE: Statement = {
  name: 'captures_is_booked_elsewhere',
  text: `
    SELECT EXISTS (
      SELECT FROM captures
      WHERE device = (SELECT device FROM attempts WHERE id = $1)
        AND kind = $2 AND provider_transaction_id = $3 AND attempt_id <> $1
    ) AS yes`,
}

/** An attempt that reads its own QR again still has it: the payment's lock keeps it from racing itself. */
const CLAIM_QR: Statement = {
  name: 'qr_claim',
  text: `
    WITH claimed AS (
      INSERT INTO qr_seen (qr_hash, attempt_id, at) VALUES ($1, $2, centre_now())
      ON CONFLICT (qr_hash) DO NOTHING
      RETURNING attempt_id
    )
    SELECT EXISTS (SELECT FROM claimed)
      OR EXISTS (SELECT FROM qr_seen WHERE qr_hash = $1 AND attempt_id = $2) AS yes`,
}

/** The time stands in a subquery, for a volatile function in a comparison would rule out the index. */
const OVERDUE: Statement = {
  name: 'payments_overdue',
  text: `
    SELECT id FROM payments
    WHERE status IN ('pending', 'failed') AND expires_at <= (SELECT centre_now())
    ORDER BY expires_at LIMIT $1`,
}

/** Once per idle time: a task that was closed does not come back until the payment has moved again. */
const OPEN_IDLE_TASKS: Statement = {
  name: 'tasks_open_idle',
  text: `
    WITH opened AS (
      INSERT INTO tasks (kind, payment_id, source_id, opened_at)
      SELECT 'partially_paid_idle', p.id, p.source_id, centre_now()
      FROM payments p
      WHERE p.status = 'partially_paid' AND p.updated_at <= (SELECT centre_now()) - interval '7 days'
        AND NOT EXISTS (
          SELECT FROM tasks t
          WHERE t.payment_id = p.id AND t.kind = 'partially_paid_idle'
            AND t.opened_at >= p.updated_at)
      RETURNING id
    )
    SELECT count(*)::integer AS opened FROM opened`,
}

/** From last month, for a clock that is set back, to three months ahead. */
const ENSURE_PARTITIONS: Statement = {
  name: 'partitions_ensure',
  text: `
    SELECT ensure_partitions(
      (date_trunc('month', centre_now() AT TIME ZONE 'UTC') - interval '1 month')::date, 5)`,
}

/** Where statements go: the pool, or the lanes for what is short, hot and waits for no lock. */
export interface PaymentSessions {
  readonly session: Session
  readonly reads: Session
  readonly creations: Session
}

export function paymentStore(sessions: PaymentSessions, leaseMs: number): PaymentStore {
  const { session, reads, creations } = sessions
  return {
    create: paymentCreation(session, creations),
    createIn: (tx, payment) => createPayment(sessionOf(tx), payment),
    lock: (tx, paymentId) => lockPayment(sessionOf(tx), paymentId),
    peek: (paymentId) => peekPayment(session, paymentId),
    save: (tx, before, applied, deliveries, owner) =>
      savePayment(sessionOf(tx), before, applied, deliveries, { owner, forMs: leaseMs }),
    isBookedElsewhere: (tx, { id }, moneyKind, providerTransactionId) =>
      isTrue(sessionOf(tx), IS_BOOKED_ELSEWHERE, [id, moneyKind, providerTransactionId]),
    claimQr: (tx, attemptId, text) =>
      isTrue(sessionOf(tx), CLAIM_QR, [createHash('sha256').update(text).digest(), attemptId]),
    standing: (paymentId) => standingOfPayment(reads, paymentId),
    view: (paymentId) => viewPayment(reads, paymentId),
    views: (paymentIds) => viewPayments(session, paymentIds),
    versions: (paymentIds) => versionsOfPayments(session, paymentIds),
    history: (paymentId) => readHistory(session, paymentId),
    async overdue(limit) {
      const rows = await session.rows<{ id: string }>(OVERDUE, [limit])
      return rows.map(({ id }) => id)
    },
    async openIdleTasks() {
      const [row] = await session.rows<{ opened: number }>(OPEN_IDLE_TASKS, [])
      return row?.opened ?? 0
    },
    async ensurePartitions() {
      await session.rows(ENSURE_PARTITIONS, [])
    },
  }
}

async function isTrue(session: Session, statement: Statement, values: readonly unknown[]) {
  const [row] = await session.rows<{ yes: boolean }>(statement, values)
  return row?.yes === true
}
