// Writes what a decision changed, all of it in the caller's transaction: the payment with its line of
// history and the notices, the attempts with who is busy, and then what follows from it. It decides
// nothing; core said it all.

import {
  type Applied,
  type Attempt,
  occupiesTerminal,
  type Payment,
  refundOccupiesTerminal,
  utcTime,
} from '@byfly-pay/core'
import type { LockedPayment, NewDelivery } from '../ports/payment-store.ts'
import type { Topic } from '../ports/storage.ts'
import { attemptColumns } from './attempt-rows.ts'
import { deliveryWrites } from './payment-deliveries.ts'
import { bookWrites, deskWrites } from './payment-effects.ts'
import { refundWrites } from './payment-refunds.ts'
import { changedColumns } from './payment-rows.ts'
import { type Session, type Statement, type Write, writeAll } from './session.ts'

const SAVE_PAYMENT: Statement = {
  name: 'payment_save',
  text: `
    WITH payment AS (
      UPDATE payments SET status = $2, status_detail = $3, cancel_reason = $4, failure_reason = $5,
        chosen_method = $6, chosen_mode = $7, chosen_rate_bp = $8, chosen_step_tiyn = $9,
        paid_tiyn = $10, credited_tiyn = $11, overpaid_tiyn = $12, forgiven_tiyn = $13,
        paid_at = $14, late = $15, qr_text = $16, qr_url = $17, qr_expires_at = $18,
        sequence = $19, told = $20, refunded_tiyn = $21, withheld_tiyn = $22, refund_status = $23,
        terminal_id = $32, used_method = coalesce($33, used_method),
        version = version + 1, updated_at = $24
      WHERE id = $1
      RETURNING id, version
    ),
    history AS (
      INSERT INTO payment_history (id, payment_id, version, at, what, attempt_id, status_before,
        status_after, detail, facts)
      SELECT new_id(), id, version, $24::timestamptz, $25::text, $26::uuid, $27::text, $28::text,
        $29::text, $30::jsonb
      FROM payment
    )
    SELECT pg_notify('centre', topic) FROM unnest($31::text[]) AS topic`,
}

/**
 * Which attempts are open, and what they hold, is derived here and nowhere else. The device is the
 * terminal's as the attempt began: its process id means nothing on a later registration. An attempt
 * that opens again, its process id learned late, gets its row and a lease again.
 */
const SAVE_ATTEMPTS: Statement = {
  name: 'attempts_save',
  text: `
    WITH changed AS MATERIALIZED (
      SELECT c.*, coalesce(
        (SELECT device FROM attempts a WHERE a.id = c.id),
        (SELECT coalesce(serial, 't' || id) || '#' || registration
          FROM terminals t WHERE t.id = c.terminal_id)) AS device
      FROM jsonb_to_recordset($1) AS c (id uuid, terminal_id integer, presence text, state text,
        reason text, phase text, since timestamptz, process_id text, method text, mode text,
        rate_bp integer, step_tiyn bigint, charge_tiyn bigint, original_tiyn bigint, rates jsonb,
        qr_text text, qr_url text, qr_expires_at timestamptz, stop_requested boolean,
        holds_terminal boolean, lost_at timestamptz, is_open boolean, occupies_terminal boolean,
        is_at_work boolean, forgotten boolean)
    ),
    written AS (
      INSERT INTO attempts AS a (id, payment_id, terminal_id, device, presence, state, reason, phase,
        since, process_id, method, mode, rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates,
        qr_text, qr_url, qr_expires_at, stop_requested, holds_terminal, lost_at, forgotten,
        created_at, updated_at, ended_at)
      SELECT id, $2::uuid, terminal_id, device, presence, state, reason, phase,
        since, process_id, method, mode, rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates,
        qr_text, qr_url, qr_expires_at, stop_requested, holds_terminal, lost_at, forgotten,
        $4::timestamptz, $4, CASE WHEN is_open THEN NULL ELSE $4 END
      FROM changed
      ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason,
        phase = EXCLUDED.phase, since = EXCLUDED.since, process_id = EXCLUDED.process_id,
        qr_text = EXCLUDED.qr_text, qr_url = EXCLUDED.qr_url,
        qr_expires_at = EXCLUDED.qr_expires_at, stop_requested = EXCLUDED.stop_requested,
        holds_terminal = EXCLUDED.holds_terminal, lost_at = EXCLUDED.lost_at,
        forgotten = EXCLUDED.forgotten, updated_at = EXCLUDED.updated_at,
        live_at = CASE WHEN a.live_at IS NULL AND EXCLUDED.state = 'live'
          THEN EXCLUDED.updated_at ELSE a.live_at END,
        qr_at = CASE WHEN a.qr_at IS NULL AND EXCLUDED.qr_text IS NOT NULL
          THEN EXCLUDED.updated_at ELSE a.qr_at END,
        ended_at = CASE WHEN EXCLUDED.ended_at IS NOT NULL
          THEN coalesce(a.ended_at, EXCLUDED.ended_at) END
    ),
    opened AS (
      INSERT INTO open_attempts (attempt_id, payment_id, terminal_id, holds_terminal,
        holds_payment, state, device, process_id, forgotten, source_id, lease_owner, lease_until)
      SELECT id, $2, terminal_id, occupies_terminal, is_at_work, state, device, process_id,
        forgotten, $3::integer, $5::text, centre_now() + $6::integer * interval '1 millisecond'
      FROM changed WHERE is_open
      ON CONFLICT (attempt_id) DO UPDATE SET holds_terminal = EXCLUDED.holds_terminal,
        holds_payment = EXCLUDED.holds_payment, state = EXCLUDED.state,
        process_id = EXCLUDED.process_id, forgotten = EXCLUDED.forgotten
    )
    DELETE FROM open_attempts WHERE attempt_id IN (SELECT id FROM changed WHERE NOT is_open)`,
}

export interface LeaseTerms {
  readonly owner: string
  readonly forMs: number
}

export async function savePayment(
  session: Session,
  before: LockedPayment,
  applied: Applied,
  deliveries: readonly NewDelivery[],
  lease: LeaseTerms,
): Promise<void> {
  await writeAll(session, [
    paymentWrite(before, applied, deliveries),
    ...attemptWrites(before, applied, lease),
    ...refundWrites(before, applied, lease),
    ...bookWrites(before, applied),
    ...deliveryWrites(before, applied, deliveries),
    ...deskWrites(before, applied),
  ])
}

function paymentWrite(
  before: LockedPayment,
  applied: Applied,
  deliveries: readonly NewDelivery[],
): Write {
  const { history, payment } = applied
  const values = [
    ...changedColumns(payment),
    utcTime(before.now),
    history.what,
    history.attemptId,
    history.statusBefore,
    history.statusAfter,
    history.detail,
    JSON.stringify(history.facts),
    topicsOf(before, applied, deliveries),
    payment.attempts.at(-1)?.terminalId ?? null,
    usedMethodOf(applied),
  ]
  return { statement: SAVE_PAYMENT, values }
}

/** The product of the money that this decision books; null when it books none, or one nobody knows. */
function usedMethodOf({ effects }: Applied): string | null {
  const booked = effects.findLast((effect) => effect.kind === 'captured')
  return booked?.capture.usedMethod ?? null
}

function attemptWrites(
  { payment: before, facts, now }: LockedPayment,
  { payment }: Applied,
  { owner, forMs }: LeaseTerms,
): Write[] {
  // Core hands on an attempt that did not change as the same object.
  const changed = payment.attempts.filter((attempt) => !before.attempts.includes(attempt))
  if (changed.length === 0) return []
  const columns = JSON.stringify(changed.map(attemptColumns))
  const values = [columns, payment.id, facts.sourceId, utcTime(now), owner, forMs]
  return [{ statement: SAVE_ATTEMPTS, values }]
}

function isFreedByRefund(before: Payment, after: Payment): boolean {
  const held = new Set(before.refunds.filter(refundOccupiesTerminal).map(({ id }) => id))
  return after.refunds.some((refund) => held.has(refund.id) && !refundOccupiesTerminal(refund))
}

function topicsOf(
  { payment: before }: LockedPayment,
  { effects, payment }: Applied,
  deliveries: readonly NewDelivery[],
): Topic[] {
  const topics: Topic[] = [`payment:${payment.id}`]
  const held = new Set(before.attempts.filter(occupiesTerminal).map(({ id }) => id))
  const isFreed = (attempt: Attempt) => held.has(attempt.id) && !occupiesTerminal(attempt)
  if (payment.attempts.some(isFreed) || isFreedByRefund(before, payment)) {
    topics.push('terminal_freed')
  }
  const isSent = effects.some(
    (effect) => effect.kind === 'held_events' && effect.verdict === 'send',
  )
  if (isSent || deliveries.some(({ held }) => !held)) topics.push('delivery_due')
  return topics
}
