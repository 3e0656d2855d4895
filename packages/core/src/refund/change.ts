// How a decision about a refund is put together: the refund in its next state, the sums that follow, and
// `paid` where a refund that came to nothing leaves enough credit behind (S5).

import { greatest } from '../money.ts'
import { isEnough } from '../payment/capture.ts'
import { applied } from '../payment/change.ts'
import type { Applied, Effect, HistoryEntry, HistoryWhat } from '../payment/effect.ts'
import { countedOf } from '../payment/figures.ts'
import type { Payment } from '../payment/state.ts'
import { forgivenPostings } from '../postings.ts'
import type { Moment } from '../time.ts'
import { leastRefundOf, refundStatusOf, withRefund } from './figures.ts'
import type { Refund } from './state.ts'

export interface RefundChange {
  readonly payment: Payment
  /** The payment with what else changes in it; itself where nothing does. */
  readonly onto?: Payment
  readonly refund: Refund
  readonly what: HistoryWhat
  readonly facts?: HistoryEntry['facts']
  readonly effects?: readonly Effect[]
  readonly tells?: 'refunded'
}

export function refundApplied(change: RefundChange): Applied {
  const { payment, refund, what } = change
  return applied({
    before: payment,
    after: withRefund(change.onto ?? payment, refund),
    what,
    attemptId: refund.attemptId,
    facts: { refund: refund.id, ...change.facts },
    effects: change.effects ?? [],
    ...(change.tells === undefined ? {} : { tells: change.tells }),
  })
}

/**
 * A refund that came to nothing: its credit counts again, which may make the payment paid. Where it was
 * paid once more meanwhile there is too much, and somebody has to look at it (S5).
 */
export function refundEnded(change: RefundChange, now: Moment): Applied {
  const { payment, refund } = change
  const counted = countedOf(withRefund(payment, refund))
  const overTiyn = counted - payment.originalTiyn
  const becomesPaid = payment.paidAtMs === null && isEnough(payment, counted)
  if (!becomesPaid && overTiyn <= 0n) return refundApplied(change)
  const forgivenTiyn = becomesPaid ? greatest(-overTiyn, 0n) : 0n
  const effects: Effect[] = [...(change.effects ?? [])]
  if (forgivenTiyn > 0n) effects.push({ kind: 'posted', set: forgivenPostings(forgivenTiyn) })
  // Less than a step no terminal gives back: it stays with the source.
  if (overTiyn >= leastRefundOf(payment)) {
    effects.push({ kind: 'task', task: 'refund_due', attemptId: null })
  }
  const late = payment.late || overTiyn > 0n
  return refundApplied({
    ...change,
    onto: becomesPaid ? paidOf(payment, forgivenTiyn, now) : { ...payment, late },
    effects,
  })
}

/** It had been taken back, and is late by now. */
function paidOf(payment: Payment, forgivenTiyn: bigint, now: Moment): Payment {
  return {
    ...payment,
    forgivenTiyn,
    paidAtMs: now,
    late: true,
    cancelReason: null,
    failureReason: null,
    told: null,
  }
}

/** What a person still has to do once money went back: nothing, when all of it did. */
export function doneTasks(payment: Payment, refund: Refund): Effect[] {
  const isWhole = refundStatusOf(withRefund(payment, refund)) === 'refunded'
  return isWhole ? [{ kind: 'tasks_done', tasks: ['refund_due', 'overpaid', 'late_money'] }] : []
}
