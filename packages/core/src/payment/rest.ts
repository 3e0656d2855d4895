// What a payment comes to when an attempt stops holding it and no money was booked.

import type { Moment } from '../time.ts'
import type { Attempt } from './attempt.ts'
import { applied, withAttempt } from './change.ts'
import type { Applied, Effect, HistoryEntry, HistoryWhat } from './effect.ts'
import type { Payment } from './state.ts'
import { statusOf } from './status.ts'

export interface Closing {
  readonly what: HistoryWhat
  readonly facts?: HistoryEntry['facts']
  readonly effects?: readonly Effect[]
  /** Set when a live attempt was declined or ran out: the payment has failed (S3). */
  readonly failureReason?: string
}

/**
 * A term that ran out while the attempt was open takes effect now (S2). That is told as one event,
 * not as a failure and a cancel.
 */
export function closedWithoutMoney(
  payment: Payment,
  attempt: Attempt,
  closing: Closing,
  now: Moment,
): Applied {
  // What is cancelled or paid does not come to be failed by an attempt that was only watched.
  const isSettled = payment.cancelReason !== null || payment.paidAtMs !== null
  const failed = closing.failureReason !== undefined && !isSettled
  const rested: Payment = {
    ...withAttempt(payment, attempt),
    failureReason: failed ? (closing.failureReason ?? null) : payment.failureReason,
  }
  const status = statusOf(rested)
  const ranOut = (status === 'pending' || status === 'failed') && now >= payment.expiresAtMs
  return applied({
    before: payment,
    after: ranOut ? { ...rested, cancelReason: 'expired' } : rested,
    what: closing.what,
    attemptId: attempt.id,
    ...(closing.facts === undefined ? {} : { facts: closing.facts }),
    ...(closing.effects === undefined ? {} : { effects: closing.effects }),
  })
}
