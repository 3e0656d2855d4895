// An order of the shop and what the centre has told of its payment so far. It only ever repeats what was
// told.
import type { ToldPayment } from './merchant.ts'

export interface Order {
  /** The payment's transaction_id. */
  readonly id: string
  readonly description: string
  readonly amount_tenge: number
  readonly at: string
  readonly checkout_url: string
  readonly status: string
  readonly payment_method: string | null
  /** What a customer's device opens Kaspi with, while there is a QR. */
  readonly payment_url: string | null
  readonly paid_tiyn: number
  readonly remaining_tiyn: number
  readonly refunded_tiyn: number
  readonly refund_status: string | null
  /** Every QR that the payment was told to have, the newest last. */
  readonly qrs: readonly string[]
  /** What was left to pay when it was paid in part; null when it never was. */
  readonly short_tiyn: number | null
}

const KEPT_QRS = 20

interface Ordered {
  readonly amountTenge: number
  readonly description: string
  readonly at: string
}

export function newOrder(made: ToldPayment, { amountTenge, description, at }: Ordered): Order {
  return {
    id: made.transaction_id,
    description,
    amount_tenge: amountTenge,
    at,
    checkout_url: made.checkout_url,
    status: made.status,
    payment_method: null,
    payment_url: null,
    paid_tiyn: 0,
    remaining_tiyn: made.remaining_amount,
    refunded_tiyn: 0,
    refund_status: null,
    qrs: [],
    short_tiyn: null,
  }
}

export function told(order: Order, payment: ToldPayment): Order {
  const { qr_code: qr, remaining_amount: remaining, status } = payment
  const isNew = qr !== null && !order.qrs.includes(qr)
  return {
    ...order,
    status,
    payment_method: payment.payment_method,
    payment_url: payment.payment_url,
    paid_tiyn: payment.paid_amount,
    remaining_tiyn: remaining,
    refunded_tiyn: payment.refunded_amount,
    refund_status: payment.refund_status,
    qrs: isNew ? [...order.qrs, qr].slice(-KEPT_QRS) : order.qrs,
    short_tiyn: order.short_tiyn ?? (status === 'partially_paid' ? remaining : null),
  }
}
