// A payment as its customer's page sees it (N5): integer tiyn (M1), no name, e-mail, metadata or
// external_id, nothing of the source but its name.

import type { PayMethodOffer, PayStarted, PayState } from '@byfly-pay/contract'
import {
  divideUp,
  type Figures,
  percentOf,
  priceOf,
  type Refund,
  transactionIdOf,
  utcTime,
} from '@byfly-pay/core'
import { pricingOf } from '../payments/method-terms.ts'
import type { StartedPayment } from '../payments/start-payment.ts'
import type { PaymentMethod, Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { PaymentView } from '../ports/payment-store.ts'
import type { QueuePlace } from '../terminals/reserve-terminal.ts'
import { isQrExpired, qrImageUrl, utcOrNull } from './show-payment.ts'

/** What is shown of a payment, as it was read. */
export interface OnPage {
  readonly view: PaymentView
  readonly source: Source
  readonly methods: readonly PaymentMethod[]
  /** The refund at work, if any. */
  readonly refund: Refund | null
  /** Another method than the chosen one, if the customer used one and the money falls short. */
  readonly usedMethod: string | null
  /** Where it waits for a terminal, if it does. */
  readonly place: QueuePlace | null
}

export function showPayState(centre: Centre, onPage: OnPage): PayState {
  const { view, source, methods, refund, usedMethod, place } = onPage
  const { figures, qr } = view
  return {
    transaction_id: transactionIdOf(view.id),
    version: view.version,
    amount_unit: 'tiyn',
    seller: source.name,
    description: view.description,
    currency: view.currency,
    status: view.status,
    status_detail: view.statusDetail,
    cancel_reason: view.cancelReason,
    failure_reason: view.failureReason,
    late: view.late,
    ...sums(figures),
    refunded_amount: Number(figures.refundedTiyn),
    refund: refund === null ? null : showPayRefund(centre, view.id, refund),
    payment_method: view.chosenMethod,
    used_method: usedMethod,
    queue: place === null ? null : { position: place.position, eta_seconds: place.etaSeconds },
    methods: methods
      .filter(({ isSelectable, currency }) => isSelectable && currency === view.currency)
      .map((method) => offer(method, source, figures)),
    qr_code: qr?.text ?? null,
    payment_url: qr?.url ?? null,
    qr_image_url: qr === null ? null : qrImageUrl(centre, view.id, qr),
    qr_expires_at_utc: utcOrNull(qr?.expiresAtMs ?? null),
    qr_expired: isQrExpired(centre, view),
    created_at_utc: utcTime(view.createdAtMs),
    expires_at_utc: utcTime(view.expiresAtMs),
    paid_at_utc: utcOrNull(view.paidAtMs),
    now_utc: utcTime(centre.clock.now()),
  }
}

/** Only the one at work: its QR is for the customer to scan. */
function showPayRefund(centre: Centre, paymentId: string, { amountTiyn, qr, state }: Refund) {
  return {
    amount: Number(amountTiyn),
    phase: state.kind === 'live' ? state.phase : state.kind,
    qr_code: qr?.text ?? null,
    payment_url: qr?.url ?? null,
    qr_image_url: qr === null ? null : qrImageUrl(centre, paymentId, qr, 'refund'),
    qr_expires_at_utc: utcOrNull(qr?.expiresAtMs ?? null),
  }
}

export function showPayStarted(centre: Centre, started: StartedPayment): PayStarted {
  const { payment, attempt, figures } = started
  const { qr, quote } = attempt
  return {
    transaction_id: transactionIdOf(payment.id),
    amount_unit: 'tiyn',
    amount: Number(figures.amountTiyn),
    charge_amount: Number(quote.chargeTiyn),
    payment_method: quote.method,
    payment_url: qr?.url ?? null,
    qr_code: qr?.text ?? null,
    qr_image_url: qr === null ? null : qrImageUrl(centre, payment.id, qr),
    qr_expires_at_utc: utcOrNull(qr?.expiresAtMs ?? null),
  }
}

function sums(figures: Figures) {
  return {
    amount: Number(figures.amountTiyn),
    original_amount: Number(figures.originalTiyn),
    commission_amount: Number(figures.commissionTiyn),
    commission_percent: percentOf(figures.rateBp),
    paid_amount: Number(figures.paidTiyn),
    remaining_amount: Number(figures.remainingTiyn),
    credited_amount: Number(figures.creditedTiyn),
    overpaid_amount: Number(figures.overpaidTiyn),
  }
}

/** What is still due, by this method; its limits are those of a start (M2). */
function offer(method: PaymentMethod, source: Source, figures: Figures): PayMethodOffer {
  const due = figures.remainingCreditTiyn
  const price = priceOf(due, pricingOf(method, source))
  const isSmall = figures.creditedTiyn === 0n && due < method.minTiyn
  return {
    code: method.code,
    name: method.name,
    months: method.months,
    percent: percentOf(method.rateBp),
    price: Number(price),
    monthly: method.months === null ? null : Number(divideUp(price, BigInt(method.months))),
    is_available: due > 0n && !isSmall && due <= method.maxTiyn,
  }
}
