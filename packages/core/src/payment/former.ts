// What a payment of an earlier centre comes to in these books: its status, its sums, its postings. It is
// booked by what the earlier books say; where they contradict themselves it is refused, never guessed.

import { creditOf, type Pricing, priceOf } from '../commission.ts'
import { greatest, least } from '../money.ts'
import {
  capturePostings,
  capturePostingsAsSaid,
  forgivenPostings,
  type PostingSet,
  providerFeePostings,
} from '../postings.ts'
import type { Moment } from '../time.ts'
import { isEnough } from './capture.ts'
import type { CancelReason, ChosenMethod, PaymentStatus } from './state.ts'

/** A payment as the earlier books tell it, in this centre's words and units. */
export interface FormerPayment {
  readonly status: PaymentStatus
  readonly originalTiyn: bigint
  /** What the customer gave, gross; 0 for nothing. */
  readonly paidTiyn: bigint
  /** The commission within it; null where the books do not say. */
  readonly commissionTiyn: bigint | null
  readonly toleranceTiyn: bigint
  readonly chosen: ChosenMethod | null
  readonly createdAtMs: Moment
  readonly expiresAtMs: Moment
  readonly paidAtMs: Moment | null
}

export type FormerRefusal =
  /** Whether money moved is not known yet: it has to end where it began. */
  | 'still_processing'
  | 'money_without_paid_status'
  | 'paid_without_money'
  | 'paid_without_method'
  | 'paid_without_time'
  | 'paid_less_than_asked'
  | 'part_covers_all'
  | 'sums_disagree'
  | 'times_disagree'

export interface FormerCapture {
  readonly creditTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly forgivenTiyn: bigint
  readonly chosen: ChosenMethod
  readonly atMs: Moment
  /** Each adds up to zero (M14). */
  readonly sets: readonly PostingSet[]
}

export interface BookedFormer {
  readonly kind: 'booked'
  readonly status: PaymentStatus
  readonly cancelReason: CancelReason | null
  /** Null where no money was taken. */
  readonly capture: FormerCapture | null
}

export type FormerOutcome =
  | BookedFormer
  | { readonly kind: 'refused'; readonly reason: FormerRefusal }

/** No books of payments are older; a time before is a slip of the pen. */
export const EARLIEST_BOOKS = Date.UTC(2000, 0, 1)

export function bookFormer(former: FormerPayment, now: Moment): FormerOutcome {
  const { createdAtMs, expiresAtMs, paidAtMs, paidTiyn, status } = former
  if (status === 'processing') return refused('still_processing')
  const isInTime = createdAtMs >= EARLIEST_BOOKS && createdAtMs <= now && expiresAtMs >= createdAtMs
  if (!isInTime) return refused('times_disagree')
  if (status === 'paid' || status === 'partially_paid') return withMoney(former, now)
  if (paidTiyn > 0n || paidAtMs !== null) return refused('money_without_paid_status')
  // S2: what has not been paid in its time is cancelled here, whether it waited or its last try had failed.
  const isOver = status !== 'cancelled' && expiresAtMs <= now
  return {
    kind: 'booked',
    status: isOver ? 'cancelled' : status,
    cancelReason: isOver ? 'expired' : status === 'cancelled' ? 'requested' : null,
    capture: null,
  }
}

function withMoney(former: FormerPayment, now: Moment): FormerOutcome {
  const { chosen, createdAtMs, originalTiyn, paidAtMs, paidTiyn, status, toleranceTiyn } = former
  if (paidTiyn === 0n) return refused('paid_without_money')
  if (chosen === null) return refused('paid_without_method')
  if (paidAtMs === null) return refused('paid_without_time')
  if (paidAtMs > now || paidAtMs < createdAtMs) return refused('times_disagree')
  const creditTiyn = creditOfFormer(former, chosen)
  const isWhole = isEnough({ originalTiyn, toleranceTiyn }, creditTiyn)
  if (status === 'paid' && !isWhole) return refused('paid_less_than_asked')
  if (status === 'partially_paid' && (isWhole || creditTiyn <= 0n)) {
    return refused('part_covers_all')
  }
  const forgivenTiyn = status === 'paid' ? originalTiyn - creditTiyn : 0n
  const booked = booksOf(former, chosen, creditTiyn)
  if (booked === null) return refused('sums_disagree')
  const sets = [
    booked.set,
    providerFeePostings(paidTiyn, chosen.rateBp),
    forgivenPostings(forgivenTiyn),
  ].filter(({ postings }) => postings.length > 0)
  const { overpaidTiyn } = booked
  const capture = { creditTiyn, overpaidTiyn, forgivenTiyn, chosen, atMs: paidAtMs, sets }
  return { kind: 'booked', status, cancelReason: null, capture }
}

/** A part is worth what its commission leaves of it, or by the inverse of the price (M6). */
function creditOfFormer(former: FormerPayment, chosen: Pricing): bigint {
  const { commissionTiyn, originalTiyn, paidTiyn, status } = former
  if (status === 'paid') return least(paidTiyn, originalTiyn)
  return commissionTiyn === null ? creditOf(paidTiyn, chosen) : paidTiyn - commissionTiyn
}

/**
 * With a commission in the books, what is left of the gross may be no more than rounding; without one, it is
 * split as a capture of today is (M10). Null when the sums contradict one another.
 */
function booksOf(former: FormerPayment, chosen: Pricing, creditTiyn: bigint) {
  const { commissionTiyn, originalTiyn, paidTiyn: grossTiyn, status } = former
  if (commissionTiyn === null) {
    const price = priceOf(status === 'paid' ? originalTiyn : creditTiyn, chosen)
    const overpaidTiyn = greatest(grossTiyn - price, 0n)
    const set = capturePostings(grossTiyn, creditTiyn, overpaidTiyn, chosen)
    return { set, overpaidTiyn }
  }
  const restTiyn = grossTiyn - creditTiyn - commissionTiyn
  if (commissionTiyn < 0n || restTiyn < 0n || restTiyn >= chosen.stepTiyn) return null
  const parts = { grossTiyn, creditTiyn, overpaidTiyn: 0n, commissionTiyn }
  return { set: capturePostingsAsSaid(parts), overpaidTiyn: 0n }
}

function refused(reason: FormerRefusal): FormerOutcome {
  return { kind: 'refused', reason }
}
