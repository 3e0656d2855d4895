// Writes the refunds that a decision changed, with who is busy on their account. How much of a capture may
// go back is the database's own to count; what is over is refused there, whatever was decided.

import { type Applied, FENCES_PER_TRY, utcTime } from '@byfly-pay/core'
import type { LockedPayment } from '../ports/payment-store.ts'
import { refundColumns } from './refund-rows.ts'
import type { Statement, Write } from './session.ts'

/** The device is the terminal's at each try: a process id means nothing on another registration. */
const SAVE_REFUNDS: Statement = {
  name: 'refunds_save',
  text: `
    WITH changed AS MATERIALIZED (
      SELECT c.*, CASE WHEN c.state = 'reserved' OR r.device IS NULL
        THEN (SELECT coalesce(serial, 't' || id) || '#' || registration
          FROM terminals t WHERE t.id = c.terminal_id)
        ELSE r.device END AS device
      FROM jsonb_to_recordset($1) AS c (id uuid, attempt_id uuid, amount_tiyn bigint,
        credit_tiyn bigint, overpaid_tiyn bigint, bearer text, why text, note text,
        requested_by text, requested_by_name text, approved_by text, approved_by_name text,
        state text, reason text, phase text, since timestamptz, terminal_id integer,
        process_id text, qr_text text, qr_url text, qr_expires_at timestamptz,
        stop_requested boolean, holds_terminal boolean, tries integer, is_watched boolean,
        occupies_terminal boolean, forgotten boolean)
      LEFT JOIN refunds r ON r.id = c.id
    ),
    written AS (
      INSERT INTO refunds AS r (id, payment_id, attempt_id, amount_tiyn, credit_tiyn, overpaid_tiyn,
        bearer, why, note, requested_by, requested_by_name, approved_by, approved_by_name, state,
        reason, phase, since, terminal_id, device, process_id, qr_text, qr_url, qr_expires_at,
        stop_requested, holds_terminal, tries, forgotten, created_at, updated_at, refunded_at)
      SELECT id, $2::uuid, attempt_id, amount_tiyn, credit_tiyn, overpaid_tiyn,
        bearer, why, note, requested_by, requested_by_name, approved_by, approved_by_name, state,
        reason, phase, since, terminal_id, device, process_id, qr_text, qr_url, qr_expires_at,
        stop_requested, holds_terminal, tries, forgotten, $4::timestamptz, $4,
        CASE WHEN state = 'succeeded' THEN $4 END
      FROM changed
      ON CONFLICT (id) DO UPDATE SET amount_tiyn = EXCLUDED.amount_tiyn,
        credit_tiyn = EXCLUDED.credit_tiyn, overpaid_tiyn = EXCLUDED.overpaid_tiyn,
        approved_by = EXCLUDED.approved_by, approved_by_name = EXCLUDED.approved_by_name,
        state = EXCLUDED.state, reason = EXCLUDED.reason, phase = EXCLUDED.phase,
        since = EXCLUDED.since, terminal_id = EXCLUDED.terminal_id, device = EXCLUDED.device,
        process_id = EXCLUDED.process_id, qr_text = EXCLUDED.qr_text, qr_url = EXCLUDED.qr_url,
        qr_expires_at = EXCLUDED.qr_expires_at, stop_requested = EXCLUDED.stop_requested,
        holds_terminal = EXCLUDED.holds_terminal, tries = EXCLUDED.tries,
        forgotten = EXCLUDED.forgotten, updated_at = EXCLUDED.updated_at,
        refunded_at = coalesce(r.refunded_at, EXCLUDED.refunded_at)
    ),
    opened AS (
      INSERT INTO open_attempts (attempt_id, payment_id, terminal_id, holds_terminal,
        holds_payment, state, device, process_id, forgotten, source_id, lease_owner, lease_until,
        purpose, fence)
      SELECT id, $2, terminal_id, occupies_terminal, false, state, device, process_id, forgotten,
        $3::integer, $5::text, centre_now() + $6::integer * interval '1 millisecond', 'refund',
        tries * $7::bigint
      FROM changed WHERE is_watched
      ON CONFLICT (attempt_id) DO UPDATE SET holds_terminal = EXCLUDED.holds_terminal,
        state = EXCLUDED.state, process_id = EXCLUDED.process_id, forgotten = EXCLUDED.forgotten
    )
    DELETE FROM open_attempts WHERE attempt_id IN (SELECT id FROM changed WHERE NOT is_watched)`,
}

export interface RefundLease {
  readonly owner: string
  readonly forMs: number
}

export function refundWrites(
  { payment: before, facts, now }: LockedPayment,
  { payment }: Applied,
  { owner, forMs }: RefundLease,
): Write[] {
  // Core hands on a refund that did not change as the same object.
  const changed = payment.refunds.filter((refund) => !before.refunds.includes(refund))
  if (changed.length === 0) return []
  const columns = JSON.stringify(changed.map(refundColumns))
  const { sourceId } = facts
  const values = [columns, payment.id, sourceId, utcTime(now), owner, forMs, FENCES_PER_TRY]
  return [{ statement: SAVE_REFUNDS, values }]
}
