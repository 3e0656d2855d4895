// The sums of refunds, worked out of the refunds themselves, and the one place where a payment's refund
// status is. A refund never changes what was paid (M15).

import { least } from '../money.ts'
import type { Capture } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { holdsSum, isRefundOpen, type Refund } from './state.ts'

/** Additive on the wire; null while nobody has asked for a refund that still stands. */
export const REFUND_STATUSES = [
  'requested',
  'processing',
  'partially_refunded',
  'refunded',
] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

function sumOf(refunds: readonly Refund[], part: (refund: Refund) => bigint): bigint {
  return refunds.reduce((sum, refund) => sum + part(refund), 0n)
}

/** The payment with its refunds replaced, and the sums that follow from them. */
export function withRefunds(payment: Payment, refunds: readonly Refund[]): Payment {
  const done = refunds.filter(({ state }) => state.kind === 'succeeded')
  return {
    ...payment,
    refunds,
    refundedTiyn: sumOf(done, ({ amountTiyn }) => amountTiyn),
    withheldTiyn: sumOf(refunds.filter(holdsSum), ({ creditTiyn }) => creditTiyn),
  }
}

export function withRefund(payment: Payment, refund: Refund): Payment {
  return withRefunds(
    payment,
    payment.refunds.map((other) => (other.id === refund.id ? refund : other)),
  )
}

/** The least that a terminal can give back of the payment: a step of the method it was taken by. Tiyn. */
export function leastRefundOf({ attempts, captures }: Payment): bigint {
  const steps = attempts
    .filter(({ id }) => captures.some(({ attemptId }) => attemptId === id))
    .map(({ quote }) => quote.stepTiyn)
  return steps.reduce((smallest, step) => least(smallest, step), steps[0] ?? 1n)
}

/** Whether credit is left that has not gone back yet, and could. */
export function isRefundDue(payment: Payment): boolean {
  const done = payment.refunds.filter(({ state }) => state.kind === 'succeeded')
  const leftTiyn = payment.creditedTiyn - sumOf(done, ({ creditTiyn }) => creditTiyn)
  return leftTiyn >= leastRefundOf(payment)
}

/** What of one capture is not yet asked back, `except` one refund of it. */
export interface CaptureLeft {
  readonly grossTiyn: bigint
  readonly creditTiyn: bigint
  readonly overpaidTiyn: bigint
}

export function leftOf(
  capture: Capture,
  refunds: readonly Refund[],
  except: string | null = null,
): CaptureLeft {
  const holding = refunds.filter(
    (refund) => refund.attemptId === capture.attemptId && refund.id !== except && holdsSum(refund),
  )
  return {
    grossTiyn: capture.grossTiyn - sumOf(holding, ({ amountTiyn }) => amountTiyn),
    creditTiyn: capture.creditTiyn - sumOf(holding, ({ creditTiyn }) => creditTiyn),
    overpaidTiyn: capture.overpaidTiyn - sumOf(holding, ({ overpaidTiyn }) => overpaidTiyn),
  }
}

/** Whole when no credit and nothing overpaid is left: a commission that the customer bears stays. */
export function refundStatusOf({ captures, refunds }: Payment): RefundStatus | null {
  const open = refunds.filter(isRefundOpen)
  if (open.some(({ state: { kind } }) => kind !== 'awaiting_approval' && kind !== 'approved')) {
    return 'processing'
  }
  if (open.length > 0) return 'requested'
  if (!refunds.some(holdsSum)) return null
  const isWhole = captures.every((capture) => {
    const { creditTiyn, overpaidTiyn } = leftOf(capture, refunds)
    return creditTiyn <= 0n && overpaidTiyn <= 0n
  })
  return isWhole ? 'refunded' : 'partially_refunded'
}
