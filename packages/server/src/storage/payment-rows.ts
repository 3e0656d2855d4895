// A payment as columns and back.

import {
  type CancelReason,
  type ChosenMethod,
  type CommissionMode,
  type EventKind,
  type FigureFacts,
  figuresOf,
  type OverpaidPolicy,
  type Payment,
  type PaymentStatus,
  type RefundStatus,
  refundStatusOf,
  statusDetailOf,
  statusOf,
  utcTime,
} from '@byfly-pay/core'
import type { LockedPayment, PaymentStanding, PaymentView } from '../ports/payment-store.ts'
import { type AttemptRow, attemptOf, type QrColumns, qrColumns, qrOf } from './attempt-rows.ts'
import { type CaptureRow, captureOf, type RefundRow, refundOf } from './refund-rows.ts'

/** What says where a payment stands; each further column costs the hottest read its share. */
export const STANDING_COLUMNS = `
  p.id, p.source_id, p.version, p.currency, p.original_tiyn, p.status, p.status_detail,
  p.cancel_reason, p.failure_reason, p.chosen_method, p.chosen_mode, p.chosen_rate_bp,
  p.chosen_step_tiyn, p.paid_tiyn, p.credited_tiyn, p.overpaid_tiyn, p.paid_at, p.late, p.expires_at,
  p.refunded_tiyn, p.withheld_tiyn, p.refund_status`

/** The columns of `payments` that are read, whoever reads them. */
export const PAYMENT_COLUMNS = `${STANDING_COLUMNS},
  p.country_iso, p.tolerance_tiyn, p.description, p.preselected_method, p.metadata, p.external_id,
  p.forgiven_tiyn, p.qr_text, p.qr_url, p.qr_expires_at, p.sequence, p.told, p.created_at`

/** As the pool's parsers give it: sums as bigint, moments as epoch milliseconds. */
export interface StandingRow {
  readonly id: string
  readonly source_id: number
  readonly version: number
  readonly currency: string
  readonly original_tiyn: bigint
  readonly status: PaymentStatus
  readonly status_detail: string | null
  readonly cancel_reason: CancelReason | null
  readonly failure_reason: string | null
  readonly chosen_method: string | null
  readonly chosen_mode: CommissionMode | null
  readonly chosen_rate_bp: number | null
  readonly chosen_step_tiyn: bigint | null
  readonly paid_tiyn: bigint
  readonly credited_tiyn: bigint
  readonly overpaid_tiyn: bigint
  readonly paid_at: number | null
  readonly late: boolean
  readonly expires_at: number
  readonly refunded_tiyn: bigint
  readonly withheld_tiyn: bigint
  readonly refund_status: RefundStatus | null
}

export interface PaymentRow extends StandingRow, QrColumns {
  readonly country_iso: string
  readonly tolerance_tiyn: bigint
  readonly description: string | null
  readonly preselected_method: number | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly external_id: string | null
  readonly forgiven_tiyn: bigint
  readonly qr_expires_at: number | null
  readonly sequence: number
  readonly told: EventKind | null
  readonly created_at: number
}

/** A payment with everything that a decision needs. */
export interface WholeRow extends PaymentRow {
  readonly overpaid_policy: OverpaidPolicy
  readonly webhook_url: string | null
  readonly former_id: string | null
  readonly webhook_events: readonly string[]
  readonly amount_unit: 'tiyn' | 'tenge'
  readonly attempts: readonly (AttemptRow & OpenColumns)[]
  readonly captures: readonly CaptureRow[]
  readonly refunds: readonly (RefundRow & OpenColumns)[]
  readonly now: number
  readonly fresh_id: string
}

/** The lease of an attempt that is open; null otherwise. */
interface OpenColumns {
  readonly lease_owner: string | null
  readonly fence: number | null
}

export function lockedPaymentOf(row: WholeRow): LockedPayment {
  return {
    payment: paymentOf(row),
    facts: {
      sourceId: row.source_id,
      countryIso: row.country_iso,
      description: row.description,
      metadata: row.metadata,
      externalId: row.external_id,
      preselectedMethod: row.preselected_method,
      createdAtMs: row.created_at,
      webhookUrl: row.webhook_url,
      formerId: row.former_id,
      webhookEvents: row.webhook_events,
      amountUnit: row.amount_unit,
    },
    now: row.now,
    freshId: row.fresh_id,
    leases: [...row.attempts, ...row.refunds].flatMap(
      ({ id: attemptId, lease_owner: owner, fence }) =>
        owner === null || fence === null ? [] : [{ attemptId, owner, fence: BigInt(fence) }],
    ),
  }
}

function paymentOf(row: WholeRow): Payment {
  return {
    id: row.id,
    currency: row.currency,
    toleranceTiyn: row.tolerance_tiyn,
    overpaidPolicy: row.overpaid_policy,
    expiresAtMs: row.expires_at,
    forgivenTiyn: row.forgiven_tiyn,
    late: row.late,
    failureReason: row.failure_reason,
    qr: qrOf(row, row.qr_expires_at),
    sequence: row.sequence,
    told: row.told,
    ...figureFactsOf(row),
    attempts: row.attempts.map(attemptOf),
    captures: row.captures.map(captureOf),
    refunds: row.refunds.map(refundOf),
  }
}

function figureFactsOf(row: StandingRow): FigureFacts {
  return {
    originalTiyn: row.original_tiyn,
    chosen: chosenOf(row),
    paidTiyn: row.paid_tiyn,
    creditedTiyn: row.credited_tiyn,
    overpaidTiyn: row.overpaid_tiyn,
    refundedTiyn: row.refunded_tiyn,
    withheldTiyn: row.withheld_tiyn,
    paidAtMs: row.paid_at,
    cancelReason: row.cancel_reason,
  }
}

function chosenOf(row: StandingRow): ChosenMethod | null {
  const { chosen_method: method, chosen_mode: mode } = row
  const { chosen_rate_bp: rateBp, chosen_step_tiyn: stepTiyn } = row
  const isWhole = method !== null && mode !== null && rateBp !== null && stepTiyn !== null
  return isWhole ? { method, mode, rateBp, stepTiyn } : null
}

export function standingOf(row: StandingRow): PaymentStanding {
  return {
    id: row.id,
    sourceId: row.source_id,
    version: row.version,
    status: row.status,
    statusDetail: row.status_detail,
    cancelReason: row.cancel_reason,
    failureReason: row.failure_reason,
    currency: row.currency,
    figures: figuresOf(figureFactsOf(row)),
    refundStatus: row.refund_status,
    late: row.late,
    expiresAtMs: row.expires_at,
    paidAtMs: row.paid_at,
  }
}

export function paymentViewOf(row: PaymentRow): PaymentView {
  return {
    ...standingOf(row),
    chosenMethod: row.chosen_method,
    description: row.description,
    externalId: row.external_id,
    metadata: row.metadata,
    qr: qrOf(row, row.qr_expires_at),
    createdAtMs: row.created_at,
  }
}

/** What a change may write of a payment, in the order of the statement that saves it. */
export function changedColumns(payment: Payment): unknown[] {
  const { chosen } = payment
  const { qr_text, qr_url, qr_expires_at } = qrColumns(payment.qr)
  return [
    payment.id,
    statusOf(payment),
    statusDetailOf(payment),
    payment.cancelReason,
    payment.failureReason,
    chosen?.method ?? null,
    chosen?.mode ?? null,
    chosen?.rateBp ?? null,
    chosen?.stepTiyn ?? null,
    payment.paidTiyn,
    payment.creditedTiyn,
    payment.overpaidTiyn,
    payment.forgivenTiyn,
    payment.paidAtMs === null ? null : utcTime(payment.paidAtMs),
    payment.late,
    qr_text,
    qr_url,
    qr_expires_at,
    payment.sequence,
    payment.told,
    payment.refundedTiyn,
    payment.withheldTiyn,
    refundStatusOf(payment),
  ]
}
