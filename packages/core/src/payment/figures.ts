// The sums that a source and a customer see, worked out of a payment's facts (M5, M7). In every
// state amount = paid + remaining.

import { priceOf } from '../commission.ts'
import { greatest } from '../money.ts'
import type { Payment } from './state.ts'

/** The facts that the figures need; a row of the payments table carries them all. */
export type FigureFacts = Pick<
  Payment,
  | 'originalTiyn'
  | 'chosen'
  | 'paidTiyn'
  | 'creditedTiyn'
  | 'overpaidTiyn'
  | 'refundedTiyn'
  | 'withheldTiyn'
  | 'paidAtMs'
  | 'cancelReason'
>

export interface Figures {
  /** What the customer must pay in all, as known now (M5). */
  readonly amountTiyn: bigint
  readonly originalTiyn: bigint
  readonly commissionTiyn: bigint
  readonly rateBp: number
  readonly paidTiyn: bigint
  /** What is still due, priced with the method chosen last (M7). */
  readonly remainingTiyn: bigint
  readonly creditedTiyn: bigint
  /** What is still due of the original, net of commission. */
  readonly remainingCreditTiyn: bigint
  readonly overpaidTiyn: bigint
  /** What was given back of the gross (M15). */
  readonly refundedTiyn: bigint
}

/** How much of the original is not yet credited; nothing once the payment is paid. */
export function dueOf(
  facts: Pick<FigureFacts, 'originalTiyn' | 'creditedTiyn' | 'withheldTiyn' | 'paidAtMs'>,
): bigint {
  return facts.paidAtMs !== null ? 0n : greatest(facts.originalTiyn - countedOf(facts), 0n)
}

/** The credits that count towards `paid`: not those given back, or asked back (S5). */
export function countedOf({
  creditedTiyn,
  withheldTiyn,
}: Pick<FigureFacts, 'creditedTiyn' | 'withheldTiyn'>): bigint {
  return creditedTiyn - withheldTiyn
}

export function figuresOf(facts: FigureFacts): Figures {
  // What is cancelled stays as it was, whatever is given back of it (M7).
  const due = dueOf(facts.cancelReason === null ? facts : { ...facts, withheldTiyn: 0n })
  const remainingTiyn = facts.chosen === null ? due : priceOf(due, facts.chosen)
  const amountTiyn = facts.paidTiyn + remainingTiyn
  return {
    amountTiyn,
    originalTiyn: facts.originalTiyn,
    commissionTiyn: amountTiyn - facts.originalTiyn,
    rateBp: facts.chosen?.rateBp ?? 0,
    paidTiyn: facts.paidTiyn,
    remainingTiyn,
    creditedTiyn: facts.creditedTiyn,
    remainingCreditTiyn: due,
    overpaidTiyn: facts.overpaidTiyn,
    refundedTiyn: facts.refundedTiyn,
  }
}
