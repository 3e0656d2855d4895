// A payment as staff see it: the documented names, sums in tiyn whatever the source's unit (M1).

import type { TransactionData } from '@byfly-pay/contract'
import { inUnit, localTime, percentOf, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { LedgerLine } from '../../ports/payment-ledger.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'

export function showTransaction(line: LedgerLine, zone: string): TransactionData {
  const { customer, figures } = line
  return {
    transaction_id: transactionIdOf(line.id),
    source_id: line.source.id,
    source_name: line.source.name,
    status: line.status,
    amount: tiyn(figures.amountTiyn),
    currency: line.currency,
    paid_amount: tiyn(figures.paidTiyn),
    remaining_amount: tiyn(figures.remainingTiyn),
    description: line.description,
    customer_phone: customer.phone,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_forgotten_at: localOrNull(line.customerForgottenAtMs, zone),
    payment_method: line.chosenMethod,
    created_at: localTime(line.createdAtMs, zone),
    paid_at: localOrNull(line.paidAtMs, zone),
    amount_unit: 'tiyn',
    original_amount: tiyn(figures.originalTiyn),
    commission_amount: tiyn(figures.commissionTiyn),
    commission_percent: percentOf(figures.rateBp),
    credited_amount: tiyn(figures.creditedTiyn),
    remaining_credit: tiyn(figures.remainingCreditTiyn),
    overpaid_amount: tiyn(figures.overpaidTiyn),
    refunded_amount: tiyn(figures.refundedTiyn),
    refund_status: line.refundStatus,
    late: line.late,
    status_detail: line.statusDetail,
    cancel_reason: line.cancelReason,
    failure_reason: line.failureReason,
    payment_method_name: line.chosenMethodName,
    used_methods: [...line.usedMethods],
    provider_transaction_ids: [...line.providerTransactionIds],
    terminal_id: line.terminal?.id ?? null,
    terminal_name: line.terminal?.name ?? null,
    external_id: line.externalId,
    order: line.order,
    country_iso: line.countryIso,
    has_task: line.hasTask,
    created_at_utc: utcTime(line.createdAtMs),
    paid_at_utc: utcOrNull(line.paidAtMs),
    expires_at: localTime(line.expiresAtMs, zone),
    expires_at_utc: utcTime(line.expiresAtMs),
  }
}

export function tiyn(sum: bigint): number {
  return inUnit(sum, 'tiyn')
}
