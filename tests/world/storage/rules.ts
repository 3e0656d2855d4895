// What the database itself refuses, said once more for memory: the unique indexes, checks and triggers of
// the schema that stand on the payment road. The store contract holds the two lists equal.

import type { CaptureRow, PaymentRow, RefundRow, Rows, TableName } from './rows.ts'

export interface UniqueRule<Name extends TableName = TableName> {
  readonly name: string
  readonly table: Name
  /** Null where the rule does not hold for the row. */
  readonly keyOf: (row: Rows[Name]) => string | null
  /** Two transactions may both find the row missing; the loser runs again. */
  readonly isRaced: boolean
}

function unique<Name extends TableName>(rule: UniqueRule<Name>): UniqueRule {
  return rule as unknown as UniqueRule
}

export const UNIQUE_RULES: readonly UniqueRule[] = [
  unique({
    name: 'open_attempts_terminal',
    table: 'open_attempts',
    keyOf: ({ holdsTerminal, terminalId }) => (holdsTerminal ? String(terminalId) : null),
    isRaced: true,
  }),
  unique({
    name: 'open_attempts_one_per_payment',
    table: 'open_attempts',
    keyOf: ({ holdsPayment, paymentId }) => (holdsPayment ? paymentId : null),
    isRaced: true,
  }),
  unique({
    name: 'open_attempts_process',
    table: 'open_attempts',
    keyOf: ({ device, forgotten, processId, state }) =>
      processId === null || state === 'held' || forgotten ? null : `${device} ${processId}`,
    isRaced: false,
  }),
  unique({
    name: 'captures_money_once',
    table: 'captures',
    keyOf: ({ device, moneyKind, providerTransactionId }) =>
      providerTransactionId === null ? null : `${device} ${moneyKind} ${providerTransactionId}`,
    isRaced: true,
  }),
]

/** Tables whose rows are never written twice, with what a second write is called. */
export const INSERT_ONLY: ReadonlyMap<TableName, { name: string; isRaced: boolean }> = new Map([
  ['captures', { name: 'captures_pkey', isRaced: false }],
  ['reconciliation', { name: 'reconciliation_attempt_id_key', isRaced: false }],
  ['qr_seen', { name: 'qr_seen_pkey', isRaced: true }],
  ['external_ids', { name: 'external_ids_once', isRaced: false }],
  ['payment_history', { name: 'payment_history_append_only', isRaced: false }],
  ['postings', { name: 'postings_append_only', isRaced: false }],
])

/** @returns the name of the check that refuses the row, or null. */
export function refusalOfPayment(before: PaymentRow | undefined, after: PaymentRow): string | null {
  const { facts, status } = after
  const { creditedTiyn, originalTiyn, paidTiyn, refundedTiyn, withheldTiyn } = facts
  if (!isPaidByCredits(after)) return 'payments_paid_by_credits'
  if ((status === 'paid') !== (facts.paidAtMs !== null)) return 'payments_paid_status'
  if ((status === 'cancelled') !== (facts.cancelReason !== null)) return 'payments_cancelled_status'
  if (creditedTiyn - withheldTiyn > originalTiyn && !facts.late) return 'payments_credits_bounded'
  if (creditedTiyn + facts.overpaidTiyn > paidTiyn) return 'payments_gross_covers'
  if (withheldTiyn > creditedTiyn) return 'payments_withheld_bounded'
  if (refundedTiyn > paidTiyn) return 'payments_refunded_bounded'
  return before === undefined || areFactsKept(before, after) ? null : 'payments_facts'
}

/** Counted when first reached (I7). */
function isPaidByCredits({ facts }: PaymentRow): boolean {
  const { creditedTiyn, originalTiyn, paidAtMs, toleranceTiyn, withheldTiyn } = facts
  const enough = originalTiyn - toleranceTiyn
  return paidAtMs === null
    ? creditedTiyn === withheldTiyn || creditedTiyn - withheldTiyn < enough
    : creditedTiyn > 0n && creditedTiyn >= enough
}

/** @returns the name of the check that refuses the refund, or null. */
export function refusalOfRefund(before: RefundRow | undefined, after: RefundRow): string | null {
  const { amountTiyn, approvedBy, creditTiyn, overpaidTiyn, requestedBy, state } = after.refund
  if (amountTiyn <= 0n) return 'refunds_amount_tiyn_check'
  if (creditTiyn + overpaidTiyn > amountTiyn) return 'refunds_parts_within'
  if (approvedBy !== null && approvedBy.id === requestedBy.id) return 'refunds_second_person'
  if ((state.kind === 'succeeded') !== (after.refundedAtMs !== null)) return 'refunds_done_has_time'
  if (before === undefined) return null
  const isDone = before.refund.state.kind === 'succeeded'
  const isChanged = state.kind !== 'succeeded' || amountTiyn !== before.refund.amountTiyn
  const isMoved =
    before.paymentId !== after.paymentId || before.refund.attemptId !== after.refund.attemptId
  return isMoved || (isDone && isChanged) ? 'refunds_facts' : null
}

/** @returns the name of the check that refuses the capture, or null. */
export function refusalOfCapture({ grossTiyn, returningTiyn }: CaptureRow): string | null {
  return returningTiyn > grossTiyn || returningTiyn < 0n ? 'captures_returned_within' : null
}

function areFactsKept({ facts: before, asked }: PaymentRow, after: PaymentRow): boolean {
  const { facts } = after
  return (
    asked.sourceId === after.asked.sourceId &&
    before.currency === facts.currency &&
    before.originalTiyn === facts.originalTiyn &&
    before.toleranceTiyn === facts.toleranceTiyn &&
    (before.paidAtMs === null || before.paidAtMs === facts.paidAtMs) &&
    facts.paidTiyn >= before.paidTiyn &&
    facts.creditedTiyn >= before.creditedTiyn
  )
}
