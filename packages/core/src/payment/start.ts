// What POST /kaspi comes to (S7, M2, M8, S6a): pure, asked once without the lock to know what to do
// and once more under it, so that two callers can never both start.

import { creditOf, priceOf } from '../commission.ts'
import { least } from '../money.ts'
import { isRefundAtWork } from '../refund/state.ts'
import { type Rejection, rejected } from '../rejection.ts'
import { type Moment, SECOND_MS } from '../time.ts'
import type { Attempt, Quote } from './attempt.ts'
import { dueOf } from './figures.ts'
import type { StartRequest } from './input.ts'
import type { Payment } from './state.ts'
import { openAttemptOf } from './status.ts'

/** S6a: two lost starts within this time, and the payment waits. */
export const LOST_STARTS_LIMIT = 2
export const LOST_STARTS_WINDOW_MS = 300 * SECOND_MS

/** A bound on what one payment may make the pool do, and on what is read under its lock. */
export const ATTEMPTS_LIMIT = 100

export type StartPlan =
  | { readonly kind: 'start'; readonly quote: Quote }
  /** The live attempt already charges just this: give its QR again. */
  | { readonly kind: 'same'; readonly attempt: Attempt }
  /** A live attempt with another price is in the way. */
  | { readonly kind: 'stop_first'; readonly attempt: Attempt }
  | Rejection

export function planStart(payment: Payment, request: StartRequest, now: Moment): StartPlan {
  const refusal = refusalByState(payment, now)
  if (refusal !== null) return refusal
  const open = openAttemptOf(payment)
  const quote = quoteFor(payment, request)
  // What cannot be priced now cannot be asked for either; an open attempt stays as it is.
  if (quote.kind === 'rejected') return quote
  const forbidden = refusalOfNewStart(payment, now)
  if (open !== null) return planBesideOpen(open, quote.quote, forbidden)
  return forbidden ?? { kind: 'start', quote: quote.quote }
}

function refusalByState(payment: Payment, now: Moment): Rejection | null {
  if (payment.paidAtMs !== null) return rejected('already_paid')
  if (payment.cancelReason === 'expired') return rejected('expired')
  if (payment.cancelReason === 'requested') return rejected('cancelled')
  if (payment.refunds.some(isRefundAtWork)) return rejected('refund_in_progress')
  // An open attempt outlives the payment's term (S2).
  return openAttemptOf(payment) === null && isPastTerm(payment, now) ? rejected('expired') : null
}

/** Money already taken lifts the term (S2). */
function isPastTerm(payment: Payment, now: Moment): boolean {
  return payment.creditedTiyn === 0n && now >= payment.expiresAtMs
}

/** Why no further attempt may begin, whatever becomes of the one that is open. */
function refusalOfNewStart(payment: Payment, now: Moment): Rejection | null {
  if (isPastTerm(payment, now)) return rejected('expired')
  if (payment.attempts.length >= ATTEMPTS_LIMIT) return rejected('too_many_attempts')
  const lost = lostStartsSince(payment, now - LOST_STARTS_WINDOW_MS)
  return lost >= LOST_STARTS_LIMIT ? rejected('terminals_unavailable') : null
}

type QuoteResult = { readonly kind: 'quoted'; readonly quote: Quote } | Rejection

function quoteFor(payment: Payment, { terms, partTiyn }: StartRequest): QuoteResult {
  if (payment.currency !== terms.currency) return rejected('currency_not_supported')
  const due = dueOf(payment)
  // A method's minimum is for an original, never for a remainder (M2).
  if (payment.creditedTiyn === 0n && due < terms.minTiyn) return rejected('amount_too_small')
  if (due > terms.maxTiyn) return rejected('amount_too_large')
  const whole = priceOf(due, terms)
  const base = {
    method: terms.method,
    mode: terms.mode,
    rateBp: terms.rateBp,
    stepTiyn: terms.stepTiyn,
    rates: terms.rates,
  }
  if (partTiyn === null || partTiyn === whole) {
    return { kind: 'quoted', quote: { ...base, chargeTiyn: whole, originalTiyn: due } }
  }
  const isStep = partTiyn > 0n && partTiyn % terms.stepTiyn === 0n
  if (!isStep || partTiyn < terms.minTiyn || partTiyn > whole) return rejected('invalid_part')
  const originalTiyn = least(creditOf(partTiyn, terms), due)
  const restTiyn = priceOf(due - originalTiyn, terms)
  if (restTiyn !== 0n && restTiyn < terms.minTiyn) return rejected('invalid_part')
  return { kind: 'quoted', quote: { ...base, chargeTiyn: partTiyn, originalTiyn } }
}

function planBesideOpen(open: Attempt, quote: Quote, forbidden: Rejection | null): StartPlan {
  const samePrice = quote.chargeTiyn === open.quote.chargeTiyn
  switch (open.state.kind) {
    case 'reserved':
    case 'calling':
      return samePrice ? { kind: 'same', attempt: open } : rejected('attempt_in_progress')
    case 'live':
      if (samePrice) return { kind: 'same', attempt: open }
      // A live QR is not stopped for the sake of another that may not begin.
      return forbidden ?? { kind: 'stop_first', attempt: open }
    default:
      return rejected('attempt_in_progress')
  }
}

function lostStartsSince(payment: Payment, sinceMs: Moment): number {
  return payment.attempts.filter(({ lostAtMs }) => lostAtMs !== null && lostAtMs > sinceMs).length
}
