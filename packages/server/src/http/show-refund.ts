// A refund as a source and as staff see it; each in their unit.

import type { RefundData, StaffRefundData } from '@byfly-pay/contract'
import { type AmountUnit, inUnit, localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { RefundLine } from '../ports/refund-store.ts'
import { qrImage, utcOrNull } from './show-payment.ts'

export function showRefund(centre: Centre, line: RefundLine, unit: AmountUnit): RefundData {
  const { createdAtMs, paymentId, refund } = line
  const { qr, state } = refund
  // A QR that nobody may scan any more is no help to anybody.
  const shown = state.kind === 'live' ? qr : null
  return {
    id: transactionIdOf(refund.id),
    transaction_id: transactionIdOf(paymentId),
    attempt_id: transactionIdOf(refund.attemptId),
    amount: inUnit(refund.amountTiyn, unit),
    credit_amount: inUnit(refund.creditTiyn, unit),
    overpaid_amount: inUnit(refund.overpaidTiyn, unit),
    state: state.kind,
    phase: 'phase' in state ? state.phase : null,
    failure_reason: 'reason' in state ? state.reason : null,
    reason: refund.reason,
    terminal_id: refund.terminalId,
    qr_code: shown?.text ?? null,
    payment_url: shown?.url ?? null,
    ...qrImage(centre, paymentId, shown, 'refund'),
    created_at: localTime(createdAtMs, centre.zone),
    created_at_utc: utcTime(createdAtMs),
    refunded_at_utc: utcOrNull(line.refundedAtMs),
  }
}

export function showStaffRefund(centre: Centre, line: RefundLine): StaffRefundData {
  const { refund, source } = line
  return {
    ...showRefund(centre, line, 'tiyn'),
    amount_unit: 'tiyn',
    currency: line.currency,
    source_id: source.id,
    source_name: source.name,
    commission_bearer: refund.bearer,
    note: refund.note,
    requested_by: refund.requestedBy.name,
    approved_by: refund.approvedBy?.name ?? null,
    stop_requested: refund.stopRequested,
    tries: refund.tries,
    updated_at_utc: utcTime(line.updatedAtMs),
  }
}
