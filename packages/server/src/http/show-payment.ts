// Payments as a source sees them: its unit (M1), the centre's zone (T1), addresses of the customer's
// page (N4, N5). The only place that puts an inner figure on the wire for a source.

import type {
  CreatedPayment,
  PaymentInfo,
  PaymentStatusData,
  StartedPayment,
} from '@byfly-pay/contract'
import {
  type AmountUnit,
  type Figures,
  figuresOf,
  inUnit,
  localTime,
  type Moment,
  percentOf,
  type Qr,
  transactionIdOf,
  utcTime,
} from '@byfly-pay/core'
import type { StartedPayment as Started } from '../payments/start-payment.ts'
import type { Centre } from '../ports/centre.ts'
import type { PaymentStanding, PaymentView } from '../ports/payment-store.ts'
import type { Purpose } from '../ports/pool-store.ts'
import type { PaymentLinks } from '../ports/refund-store.ts'

/** What an answer to init is made of: known at the creation and unchanged ever since. */
export interface Creation {
  readonly id: string
  readonly currency: string
  readonly originalTiyn: bigint
  readonly externalId: string | null
  readonly createdAtMs: Moment
  readonly expiresAtMs: Moment
}

export function showCreated(centre: Centre, creation: Creation, unit: AmountUnit): CreatedPayment {
  const { id, currency, createdAtMs, expiresAtMs, externalId } = creation
  const original = inUnit(creation.originalTiyn, unit)
  return {
    transaction_id: transactionIdOf(id),
    amount: original,
    currency,
    status: 'pending',
    expires_at: localTime(expiresAtMs, centre.zone),
    original_amount: original,
    commission_amount: 0,
    commission_percent: 0,
    paid_amount: 0,
    remaining_amount: original,
    checkout_url: checkoutUrl(centre, id),
    external_id: externalId,
    created_at: localTime(createdAtMs, centre.zone),
    created_at_utc: utcTime(createdAtMs),
    expires_at_utc: utcTime(expiresAtMs),
  }
}

export function showStarted(
  centre: Centre,
  { payment, attempt }: Pick<Started, 'payment' | 'attempt'>,
  unit: AmountUnit,
): StartedPayment {
  const figures = figuresOf(payment)
  const { qr, quote } = attempt
  return {
    transaction_id: transactionIdOf(payment.id),
    amount: inUnit(figures.amountTiyn, unit),
    ...commission(figures, unit),
    payment_url: qr?.url ?? null,
    qr_code: qr?.text ?? null,
    terminal_id: attempt.terminalId,
    charge_amount: inUnit(quote.chargeTiyn, unit),
    payment_method: quote.method,
    paid_amount: inUnit(figures.paidTiyn, unit),
    remaining_amount: inUnit(figures.remainingTiyn, unit),
    presence: attempt.presence,
    ...qrImage(centre, payment.id, qr),
    checkout_url: checkoutUrl(centre, payment.id),
  }
}

export function showStatus(
  centre: Centre,
  view: PaymentStanding,
  unit: AmountUnit,
): PaymentStatusData {
  const { figures } = view
  return {
    transaction_id: transactionIdOf(view.id),
    status: view.status,
    amount: inUnit(figures.amountTiyn, unit),
    paid_amount: inUnit(figures.paidTiyn, unit),
    remaining_amount: inUnit(figures.remainingTiyn, unit),
    currency: view.currency,
    paid_at: localOrNull(view.paidAtMs, centre.zone),
    ...standing(centre, view, unit),
  }
}

export function showInfo(
  centre: Centre,
  view: PaymentView,
  links: PaymentLinks,
  unit: AmountUnit,
): PaymentInfo {
  const { figures, qr } = view
  return {
    transaction_id: transactionIdOf(view.id),
    amount: inUnit(figures.amountTiyn, unit),
    currency: view.currency,
    status: view.status,
    description: view.description,
    payment_url: qr?.url ?? null,
    qr_code: qr?.text ?? null,
    paid_amount: inUnit(figures.paidTiyn, unit),
    remaining_amount: inUnit(figures.remainingTiyn, unit),
    created_at: localTime(view.createdAtMs, centre.zone),
    paid_at: localOrNull(view.paidAtMs, centre.zone),
    ...standing(centre, view, unit),
    payment_method: view.chosenMethod,
    external_id: view.externalId,
    metadata: view.metadata,
    ...qrImage(centre, view.id, qr),
    qr_expired: isQrExpired(centre, view),
    checkout_url: checkoutUrl(centre, view.id),
    replaces: links.replaces === null ? null : transactionIdOf(links.replaces),
    replaced_by: links.replacedBy === null ? null : transactionIdOf(links.replacedBy),
    created_at_utc: utcTime(view.createdAtMs),
  }
}

function commission(figures: Figures, unit: AmountUnit) {
  return {
    original_amount: inUnit(figures.originalTiyn, unit),
    commission_amount: inUnit(figures.commissionTiyn, unit),
    commission_percent: percentOf(figures.rateBp),
  }
}

function standing(centre: Centre, view: PaymentStanding, unit: AmountUnit) {
  const { figures } = view
  return {
    ...commission(figures, unit),
    credited_amount: inUnit(figures.creditedTiyn, unit),
    remaining_credit: inUnit(figures.remainingCreditTiyn, unit),
    overpaid_amount: inUnit(figures.overpaidTiyn, unit),
    refunded_amount: inUnit(figures.refundedTiyn, unit),
    refund_status: view.refundStatus,
    late: view.late,
    status_detail: view.statusDetail,
    cancel_reason: view.cancelReason,
    failure_reason: view.failureReason,
    paid_at_utc: utcOrNull(view.paidAtMs),
    expires_at: localTime(view.expiresAtMs, centre.zone),
    expires_at_utc: utcTime(view.expiresAtMs),
  }
}

export function qrImage(
  centre: Centre,
  paymentId: string,
  qr: Qr | null,
  purpose: Purpose = 'payment',
) {
  return {
    qr_image_url: qr === null ? null : qrImageUrl(centre, paymentId, qr, purpose),
    qr_expires_at: qr === null ? null : localTime(qr.expiresAtMs, centre.zone),
    qr_expires_at_utc: qr === null ? null : utcTime(qr.expiresAtMs),
  }
}

export function checkoutUrl(centre: Centre, paymentId: string): string {
  return `${centre.publicUrl()}/pay/${transactionIdOf(paymentId)}`
}

/** Another address for another QR, so that an `<img>` shows the new one. */
export function qrImageUrl(
  centre: Centre,
  paymentId: string,
  qr: Qr,
  purpose: Purpose = 'payment',
): string {
  const name = purpose === 'refund' ? 'refund-qr' : 'qr'
  return `${checkoutUrl(centre, paymentId)}/${name}.svg?v=${qr.expiresAtMs.toString(36)}`
}

/** A QR lives while its attempt waits for a scan, and at most until the terminal gives up (N4). */
export function isQrExpired(centre: Centre, { qr, status }: PaymentView): boolean {
  if (qr === null) return false
  return status !== 'processing' || centre.clock.now() >= qr.expiresAtMs
}

export function utcOrNull(moment: Moment | null): string | null {
  return moment === null ? null : utcTime(moment)
}

export function localOrNull(moment: Moment | null, zone: string): string | null {
  return moment === null ? null : localTime(moment, zone)
}
