// Reads what the customer's page shows of a payment (N5). The hottest page of all: beyond the payment, its
// source and the methods it reads only what the payment's status says that there is.

import type { PayState } from '@byfly-pay/contract'
import { EVERYTHING, isRefundAtWork, parseTransactionId, type Refund } from '@byfly-pay/core'
import type { PaymentMethod, Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { PaymentView } from '../ports/payment-store.ts'
import { refundsOf } from '../refunds/refunds-of.ts'
import { placeInQueue } from '../terminals/place-in-queue.ts'
import type { QueuePlace } from '../terminals/reserve-terminal.ts'
import { Refusal } from './refusal.ts'
import { showPayState } from './show-pay-page.ts'

export interface PagePayment {
  readonly view: PaymentView
  readonly source: Source
}

/** @throws Refusal payment_not_found, also when its source is deleted */
export async function findPagePayment(centre: Centre, transactionId: string): Promise<PagePayment> {
  const paymentId = parseTransactionId(transactionId)
  const view = paymentId === null ? null : await centre.storage.payments.view(paymentId)
  if (view === null) throw new Refusal('payment_not_found')
  return { view, source: await sourceOfPayment(centre, view) }
}

/** @throws Refusal payment_not_found */
export async function sourceOfPayment(centre: Centre, view: PaymentView): Promise<Source> {
  const source = await centre.storage.accounts.sourceById(view.sourceId)
  if (source === null) throw new Refusal('payment_not_found')
  return source
}

export async function readPayState(
  centre: Centre,
  { view, source }: PagePayment,
): Promise<PayState> {
  const methods = await centre.storage.accounts.methods()
  const refund = await refundAtWork(centre, view)
  const usedMethod = await otherMethodUsed(centre, view)
  const place = await placeOf(centre, view, methods)
  return showPayState(centre, { view, source, methods, refund, usedMethod, place })
}

/** Whichever device it waits on. A ticket says no method, but those of a currency share one pool. */
async function placeOf(
  centre: Centre,
  { id, currency, status }: PaymentView,
  methods: readonly PaymentMethod[],
): Promise<QueuePlace | null> {
  if (status === 'processing' || status === 'paid' || status === 'cancelled') return null
  const offered = methods.find((method) => method.isSelectable && method.currency === currency)
  return offered === undefined ? null : placeInQueue(centre, id, offered.system)
}

export async function refundAtWork(centre: Centre, view: PaymentView): Promise<Refund | null> {
  if (view.refundStatus !== 'processing') return null
  const lines = await refundsOf(centre, EVERYTHING, view.id)
  return lines.find(({ refund }) => isRefundAtWork(refund))?.refund ?? null
}

/** The app lets a customer take another product than the page said (M6). */
async function otherMethodUsed(centre: Centre, view: PaymentView): Promise<string | null> {
  if (view.status !== 'partially_paid') return null
  const { payment } = (await centre.storage.payments.peek(view.id)) ?? {}
  const last = payment?.captures.at(-1)
  const attempt = payment?.attempts.find(({ id }) => id === last?.attemptId)
  if (last === undefined || last.usedMethod === attempt?.quote.method) return null
  return last.usedMethod
}
