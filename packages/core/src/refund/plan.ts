// What a request for a refund comes to: which captures give how much back, and what each part is of.
// Pure; asked before anything is written and again under the payment's lock.

import { divideUp, greatest, least, roundUpTo } from '../money.ts'
import type { Capture } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { type Rejection, rejected } from '../rejection.ts'
import { type CaptureLeft, leftOf } from './figures.ts'
import type { CommissionBearer, Refund } from './state.ts'

/** Refunds of one payment, the dead ones among them. */
export const REFUNDS_LIMIT = 100

export interface RefundWish {
  /** Of this attempt's capture alone, or null for the whole payment. */
  readonly attemptId: string | null
  /** Gross tiyn, or null for all that is left. */
  readonly amountTiyn: bigint | null
  readonly bearer: CommissionBearer
}

/** One refund to be: of one capture. */
export type RefundPart = Pick<Refund, 'attemptId' | 'amountTiyn' | 'creditTiyn' | 'overpaidTiyn'>

export type RefundPlan =
  | { readonly kind: 'planned'; readonly parts: readonly RefundPart[]; readonly totalTiyn: bigint }
  | Rejection

interface Giving {
  readonly capture: Capture
  readonly left: CaptureLeft
  readonly stepTiyn: bigint
  /** The most that this capture gives back, a multiple of the step. */
  readonly mostTiyn: bigint
}

export function planRefund(payment: Payment, wish: RefundWish): RefundPlan {
  const giving = payment.captures
    .filter(({ attemptId }) => wish.attemptId === null || attemptId === wish.attemptId)
    .map((capture) => givingOf(payment, capture, wish.bearer))
    .filter(({ mostTiyn }) => mostTiyn > 0n)
    // The newest first: what came last is what is usually given back.
    .toReversed()
  const most = giving.reduce((sum, { mostTiyn }) => sum + mostTiyn, 0n)
  if (most === 0n) return rejected('nothing_to_refund')
  const amount = wish.amountTiyn ?? most
  if (amount > most) return rejected('refund_too_large')
  const isStep = giving.every(({ stepTiyn }) => amount % stepTiyn === 0n)
  if (amount <= 0n || !isStep) return rejected('invalid_refund')
  const parts = allot(giving, amount).map(({ giving: { capture, left }, tiyn }) => ({
    attemptId: capture.attemptId,
    amountTiyn: tiyn,
    ...sharesOf(capture, left, tiyn, wish.bearer),
  }))
  if (payment.refunds.length + parts.length > REFUNDS_LIMIT) return rejected('too_many_refunds')
  return { kind: 'planned', parts, totalTiyn: amount }
}

function givingOf(payment: Payment, capture: Capture, bearer: CommissionBearer): Giving {
  const left = leftOf(capture, payment.refunds)
  const attempt = payment.attempts.find(({ id }) => id === capture.attemptId)
  const stepTiyn = attempt?.quote.stepTiyn ?? 1n
  const whole = greatest(left.grossTiyn, 0n) / stepTiyn
  const net = roundUpTo(left.creditTiyn + left.overpaidTiyn, stepTiyn)
  const gross = whole * stepTiyn
  return { capture, left, stepTiyn, mostTiyn: bearer === 'customer' ? least(net, gross) : gross }
}

interface Allotted {
  readonly giving: Giving
  readonly tiyn: bigint
}

/** What was overpaid goes first, wherever it is (M15); then the rest, capture by capture. */
function allot(giving: readonly Giving[], amountTiyn: bigint): Allotted[] {
  let due = amountTiyn
  const take = (most: bigint) => {
    const taken = least(due, greatest(most, 0n))
    due -= taken
    return taken
  }
  const overpaid = giving.map(({ left, mostTiyn, stepTiyn }) =>
    take(least((left.overpaidTiyn / stepTiyn) * stepTiyn, mostTiyn)),
  )
  return giving
    .map((one, index) => {
      const first = overpaid[index] ?? 0n
      return { giving: one, tiyn: first + take(one.mostTiyn - first) }
    })
    .filter(({ tiyn }) => tiyn > 0n)
}

/**
 * What a part is of. Credit goes back in proportion, rounded up, so that the last part takes exactly what
 * is left; where the customer bears the commission, tiyn for tiyn.
 */
export function sharesOf(
  capture: Capture,
  left: CaptureLeft,
  amountTiyn: bigint,
  bearer: CommissionBearer,
): Pick<RefundPart, 'creditTiyn' | 'overpaidTiyn'> {
  const overpaidTiyn = least(amountTiyn, greatest(left.overpaidTiyn, 0n))
  const rest = amountTiyn - overpaidTiyn
  const creditLeft = greatest(left.creditTiyn, 0n)
  if (bearer === 'customer') return { overpaidTiyn, creditTiyn: least(rest, creditLeft) }
  const base = capture.grossTiyn - capture.overpaidTiyn
  if (base === 0n || rest === 0n) return { overpaidTiyn, creditTiyn: 0n }
  const isLast = amountTiyn === left.grossTiyn
  const share = least(divideUp(capture.creditTiyn * rest, base), rest)
  return { overpaidTiyn, creditTiyn: isLast ? creditLeft : least(share, creditLeft) }
}
