// Booking money that a terminal took (M6, M9, M10, S5). Money is a fact: whatever state the payment
// is in, a readable success is booked, and what does not fit is flagged, never dropped.

import { creditOf, type Pricing, priceOf } from '../commission.ts'
import { greatest, least } from '../money.ts'
import { capturePostings, forgivenPostings, providerFeePostings } from '../postings.ts'
import type { Success, UsedProduct } from '../provider/observation.ts'
import type { Moment } from '../time.ts'
import type { Attempt, Quote } from './attempt.ts'
import { stopOthers } from './change.ts'
import type { Capture, Effect } from './effect.ts'
import { countedOf, dueOf } from './figures.ts'
import type { Payment } from './state.ts'

/** A success whose sum could be read. */
export type ReadableSuccess = Success & { readonly grossTiyn: bigint }

export interface Booking {
  readonly payment: Payment
  readonly capture: Capture
  readonly effects: readonly Effect[]
}

/**
 * The terms that a capture is credited by: quoted mode and step, at the rate of the product really
 * used; a product that nobody knows counts at the provider's highest rate (M11).
 */
export function usedPricing(quote: Quote, product: UsedProduct): Pricing {
  const { mode, stepTiyn } = quote
  const highestBp = Math.max(quote.rateBp, ...Object.values(quote.rates))
  return { mode, stepTiyn, rateBp: knownRate(quote, product) ?? highestBp }
}

function knownRate(quote: Quote, { methodCode }: UsedProduct): number | null {
  if (methodCode === quote.method) return quote.rateBp
  return methodCode === null ? null : (quote.rates[methodCode] ?? null)
}

function creditFor(quote: Quote, gross: bigint, used: Pricing, due: bigint): bigint {
  const asQuoted = gross === quote.chargeTiyn && used.rateBp === quote.rateBp
  return least(asQuoted ? quote.originalTiyn : creditOf(gross, used), due)
}

/** Books `success` of `attempt`; `payment` already carries the attempt in its final state. */
export function book(
  payment: Payment,
  attempt: Attempt,
  success: ReadableSuccess,
  wasLate: boolean,
  now: Moment,
): Booking {
  const gross = success.grossTiyn
  const used = usedPricing(attempt.quote, success.product)
  const due = dueOf(payment)
  const credit = creditFor(attempt.quote, gross, used, due)
  const overpaid = greatest(gross - priceOf(due, used), 0n)
  const capture: Capture = {
    attemptId: attempt.id,
    terminalId: attempt.terminalId,
    moneyKind: success.moneyKind,
    providerTransactionId: success.providerTransactionId,
    grossTiyn: gross,
    creditTiyn: credit,
    overpaidTiyn: overpaid,
    usedMethod: success.product.methodCode,
    productWord: success.product.word,
    rateBp: used.rateBp,
    late: wasLate,
  }
  const settled = settle(payment, attempt, capture, now)
  return {
    payment: settled,
    capture,
    effects: [
      { kind: 'captured', capture },
      ...booksOf(capture, used, settled.forgivenTiyn - payment.forgivenTiyn),
      ...flags(payment, attempt, success, capture),
    ],
  }
}

function settle(payment: Payment, attempt: Attempt, capture: Capture, now: Moment): Payment {
  const credited = payment.creditedTiyn + capture.creditTiyn
  const counted = countedOf({ ...payment, creditedTiyn: credited })
  const becomesPaid = payment.paidAtMs === null && isEnough(payment, counted)
  return {
    ...payment,
    chosen: payment.chosen ?? attempt.quote,
    paidTiyn: payment.paidTiyn + capture.grossTiyn,
    creditedTiyn: credited,
    overpaidTiyn: payment.overpaidTiyn + capture.overpaidTiyn,
    forgivenTiyn: becomesPaid ? payment.originalTiyn - counted : payment.forgivenTiyn,
    paidAtMs: becomesPaid ? now : payment.paidAtMs,
    late: payment.late || capture.late,
    // Money lifts a cancel and a failure: they are no longer what the payment came to (S5).
    cancelReason: null,
    failureReason: null,
    // More money on a paid payment is flagged, but it was told to be paid already.
    told: payment.paidAtMs === null ? null : payment.told,
    attempts: stopOthers(payment, attempt.id),
    captures: [...payment.captures, capture],
  }
}

/** M6, M9. `counted` are credits that nobody has asked back. */
export function isEnough(
  { originalTiyn, toleranceTiyn }: Pick<Payment, 'originalTiyn' | 'toleranceTiyn'>,
  counted: bigint,
): boolean {
  return counted > 0n && counted >= originalTiyn - toleranceTiyn
}

/** The sets of postings that a capture leaves; a set of nothing is not written. */
function booksOf(capture: Capture, used: Pricing, forgivenTiyn: bigint): Effect[] {
  const { grossTiyn, creditTiyn, overpaidTiyn } = capture
  return [
    capturePostings(grossTiyn, creditTiyn, overpaidTiyn, used),
    providerFeePostings(grossTiyn, used.rateBp),
    forgivenPostings(forgivenTiyn),
  ]
    .filter(({ postings }) => postings.length > 0)
    .map((set) => ({ kind: 'posted', set }))
}

function flags(
  payment: Payment,
  attempt: Attempt,
  success: ReadableSuccess,
  capture: Capture,
): Effect[] {
  const tasks: Effect[] = []
  const { id: attemptId, quote } = attempt
  if (capture.late) tasks.push({ kind: 'task', task: 'late_money', attemptId })
  if (capture.overpaidTiyn > 0n && payment.overpaidPolicy === 'task') {
    tasks.push({ kind: 'task', task: 'overpaid', attemptId })
  }
  // A method whose row is gone has no rate to be credited at either.
  if (knownRate(quote, success.product) === null) {
    tasks.push({ kind: 'task', task: 'unknown_product', attemptId })
  }
  if (success.grossTiyn !== quote.chargeTiyn) {
    tasks.push({ kind: 'task', task: 'sum_differs', attemptId })
  }
  return tasks
}
