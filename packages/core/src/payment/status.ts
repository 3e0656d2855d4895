// The one place where a payment's status is worked out of its facts.

import { unreachable } from '../assert.ts'
import { type Attempt, isOpen, occupiesPayment } from './attempt.ts'
import type { Payment, PaymentStatus } from './state.ts'

/** Finer words beside the six statuses (S1). */
export type StatusDetail =
  | 'starting'
  | 'waiting_for_scan'
  | 'waiting_for_confirmation'
  | 'processing_card'
  | 'unknown'
  | 'settle_by_hand'
  | 'watched'
  | 'start_lost'

/** The attempt that keeps the payment busy, if any. */
export function openAttemptOf(payment: Payment): Attempt | null {
  return payment.attempts.find(occupiesPayment) ?? null
}

/**
 * Money has the first word (`paid` never reverts), then a cancel, then an open attempt, then money
 * taken in part, then a failure. A start that never came alive leaves no trace here (S3).
 */
export function statusOf(payment: Payment): PaymentStatus {
  if (payment.paidAtMs !== null) return 'paid'
  if (payment.cancelReason !== null) return 'cancelled'
  if (openAttemptOf(payment) !== null) return 'processing'
  if (payment.creditedTiyn > 0n) return 'partially_paid'
  return payment.failureReason === null ? 'pending' : 'failed'
}

export function statusDetailOf(payment: Payment): StatusDetail | null {
  const open = openAttemptOf(payment)
  const status = statusOf(payment)
  if (open !== null && (status === 'cancelled' || status === 'paid')) return 'watched'
  if (open !== null) return detailOfAttempt(open)
  if (status === 'paid' || status === 'cancelled') return null
  const last = payment.attempts.at(-1)
  if (last === undefined) return null
  const startLost = last.lostAtMs !== null && (isOpen(last) || last.state.kind === 'abandoned')
  return startLost ? 'start_lost' : null
}

function detailOfAttempt({ state }: Attempt): StatusDetail | null {
  switch (state.kind) {
    case 'reserved':
    case 'calling':
      return 'starting'
    case 'live':
      return state.phase
    case 'unknown':
      return 'unknown'
    case 'held':
      return 'settle_by_hand'
    case 'lost':
    case 'stray':
    case 'released':
    case 'refused':
    case 'succeeded':
    case 'failed':
    case 'abandoned':
      return null
    default:
      return unreachable(state)
  }
}
