// The rows that a decision's effects come to: money and its books, and what a person has to see.

import {
  type Applied,
  type Capture,
  type Effect,
  type Moment,
  QUARANTINE_MS,
  utcTime,
} from '@byfly-pay/core'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { Statement, Write } from './session.ts'

/** The device is the attempt's, so that money is unique on the device that took it (I8). */
const ADD_CAPTURE: Statement = {
  name: 'captures_add',
  text: `
    INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
      provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word,
      rate_bp, late, at)
    VALUES ($1, $2, $3, $4, (SELECT device FROM attempts WHERE id = $1), $5, $6, $7, $8, $9, $10,
      $11, $12, $13, $14)`,
}

/** All sets by one statement, which the trigger checks: each adds up to zero. */
const ADD_POSTINGS: Statement = {
  name: 'postings_add',
  text: `
    WITH sets AS MATERIALIZED (
      SELECT new_id() AS id, kind, postings
      FROM jsonb_to_recordset($1) AS s (kind text, postings jsonb)
    )
    INSERT INTO postings (id, set_id, set_kind, payment_id, attempt_id, account, tiyn, at)
    SELECT new_id(), sets.id, sets.kind, $2::uuid, $3::uuid, posting.account, posting.tiyn,
      $4::timestamptz
    FROM sets
    CROSS JOIN LATERAL jsonb_to_recordset(sets.postings) AS posting (account text, tiyn bigint)`,
}

const OPEN_TASKS: Statement = {
  name: 'tasks_open',
  text: `
    INSERT INTO tasks (kind, payment_id, attempt_id, terminal_id, source_id, opened_at)
    SELECT kind, $2::uuid, attempt_id, terminal_id, $3::integer, $4::timestamptz
    FROM jsonb_to_recordset($1) AS t (kind text, attempt_id uuid, terminal_id integer)`,
}

const CLOSE_TASKS: Statement = {
  name: 'tasks_close_of_payment',
  text: `
    UPDATE tasks SET closed_at = $3
    WHERE payment_id = $1 AND kind = ANY ($2::text[]) AND closed_at IS NULL`,
}

const OPEN_DIFFERENCE: Statement = {
  name: 'reconciliation_open',
  text: `
    INSERT INTO reconciliation (kind, payment_id, attempt_id, terminal_id, opened_at)
    VALUES ('lost_start', $1, $2, $3, $4)`,
}

/** A quarantine only ever grows here; an operator, or the accepted probe, ends it. */
const QUARANTINE: Statement = {
  name: 'terminal_quarantine_after',
  text: `
    UPDATE terminals SET needs_probe = true, quarantine_reason = $2,
      quarantined_until = greatest(quarantined_until, $3::timestamptz)
    WHERE id = $1`,
}

export function bookWrites(before: LockedPayment, { attempt, effects, payment }: Applied): Write[] {
  const at = utcTime(before.now)
  const captures = effects.flatMap((effect): Write[] => {
    if (effect.kind !== 'captured') return []
    const values = captureValues(effect.capture, payment.id, before, at)
    return [{ statement: ADD_CAPTURE, values }]
  })
  const sets = effects.flatMap((effect) => (effect.kind === 'posted' ? [effect.set] : []))
  if (sets.length === 0) return captures
  const values = [toJson(sets), payment.id, attempt?.id ?? null, at]
  return [...captures, { statement: ADD_POSTINGS, values }]
}

function captureValues(
  capture: Capture,
  paymentId: string,
  { facts }: LockedPayment,
  at: string,
): unknown[] {
  return [
    capture.attemptId,
    paymentId,
    facts.sourceId,
    capture.terminalId,
    capture.moneyKind,
    capture.providerTransactionId,
    capture.grossTiyn,
    capture.creditTiyn,
    capture.overpaidTiyn,
    capture.usedMethod,
    capture.productWord,
    capture.rateBp,
    capture.late,
    at,
  ]
}

/** JSON has no integers of this width: a sum goes as text, which the database reads exactly. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
}

export function deskWrites(before: LockedPayment, applied: Applied): Write[] {
  const { effects, payment } = applied
  const at = utcTime(before.now)
  const writes = effects.flatMap((effect) => effectWrites(effect, payment.id, before.now))
  const tasks = effects.flatMap((effect) => taskOf(effect, applied))
  if (tasks.length === 0) return writes
  const values = [JSON.stringify(tasks), payment.id, before.facts.sourceId, at]
  return [{ statement: OPEN_TASKS, values }, ...writes]
}

function effectWrites(effect: Effect, paymentId: string, now: Moment): Write[] {
  const at = utcTime(now)
  switch (effect.kind) {
    case 'tasks_done':
      return [{ statement: CLOSE_TASKS, values: [paymentId, effect.tasks, at] }]
    case 'reconcile': {
      const { attemptId, terminalId } = effect
      return [{ statement: OPEN_DIFFERENCE, values: [paymentId, attemptId, terminalId, at] }]
    }
    case 'quarantine': {
      const { reason, terminalId } = effect
      const until = utcTime(now + (effect.isServed === true ? 0 : QUARANTINE_MS))
      return [{ statement: QUARANTINE, values: [terminalId, reason, until] }]
    }
    default:
      return []
  }
}

function taskOf(effect: Effect, { payment }: Applied) {
  if (effect.kind !== 'task') return []
  const { attemptId, task: kind } = effect
  const attempt = payment.attempts.find(({ id }) => id === attemptId)
  return [{ kind, attempt_id: attemptId, terminal_id: attempt?.terminalId ?? null }]
}
