// The body of a webhook: the documented fields, and additive ones after them (W2, W3, W4, T1, T7).

import { percentOf } from '../commission.ts'
import { transactionIdOf } from '../ids.ts'
import { type AmountUnit, inUnit } from '../money.ts'
import { figuresOf } from '../payment/figures.ts'
import type { EventKind, Payment } from '../payment/state.ts'
import { statusDetailOf, statusOf } from '../payment/status.ts'
import { refundStatusOf } from '../refund/figures.ts'
import { localTime, utcTime } from '../time.ts'

/** What the body tells of a payment beside the facts that the rules need. */
export interface EventSubject {
  readonly payment: Payment
  readonly description: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly externalId: string | null
  /** What the source knows the payment by, where that is an earlier centre's id. */
  readonly formerId: string | null
}

export interface EventTerms {
  readonly unit: AmountUnit
  readonly zone: string
}

/**
 * The JSON text that is stored, signed and sent, unchanged on every try. Keys are in the documented
 * order; it is `JSON.stringify`'s own text, so that a verifier who parses and prints it again
 * gets the same bytes (W2).
 */
export function webhookBody(
  subject: EventSubject,
  event: EventKind,
  sequence: number,
  { unit, zone }: EventTerms,
): string {
  const { payment } = subject
  const figures = figuresOf(payment)
  const paidAt = payment.paidAtMs
  return JSON.stringify({
    transaction_id: subject.formerId ?? transactionIdOf(payment.id),
    status: statusOf(payment),
    amount: inUnit(figures.amountTiyn, unit),
    paid_amount: inUnit(figures.paidTiyn, unit),
    currency: payment.currency,
    description: subject.description,
    metadata: subject.metadata,
    paid_at: paidAt === null ? null : localTime(paidAt, zone),
    event,
    sequence,
    external_id: subject.externalId,
    original_amount: inUnit(figures.originalTiyn, unit),
    commission_amount: inUnit(figures.commissionTiyn, unit),
    commission_percent: percentOf(figures.rateBp),
    remaining_amount: inUnit(figures.remainingTiyn, unit),
    credited_amount: inUnit(figures.creditedTiyn, unit),
    remaining_credit: inUnit(figures.remainingCreditTiyn, unit),
    overpaid_amount: inUnit(figures.overpaidTiyn, unit),
    refunded_amount: inUnit(figures.refundedTiyn, unit),
    refund_status: refundStatusOf(payment),
    late: payment.late,
    status_detail: statusDetailOf(payment),
    cancel_reason: payment.cancelReason,
    failure_reason: payment.failureReason,
    paid_at_utc: paidAt === null ? null : utcTime(paidAt),
  })
}
