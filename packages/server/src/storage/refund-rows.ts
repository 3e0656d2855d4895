// Captures and refunds as columns and back, the whole of a refund's state in both directions. A word that
// this release does not know stops the work, as with attempts.

import {
  type Capture,
  type CommissionBearer,
  isRefundWatched,
  type MoneyKind,
  type Refund,
  type RefundFailure,
  type RefundHoldReason,
  type RefundReason,
  type RefundState,
  type RefundStateKind,
  refundOccupiesTerminal,
  utcTime,
} from '@byfly-pay/core'
import {
  FAILURE_REASONS,
  phaseOf,
  type QrColumns,
  qrColumns,
  qrOf,
  sinceOf,
  type Words,
  wordOf,
} from './attempt-rows.ts'
import { momentOrNull } from './type-parsers.ts'

/** A row of `captures` as JSON carries it. */
export interface CaptureRow {
  readonly attempt_id: string
  readonly terminal_id: number
  readonly kind: MoneyKind
  readonly provider_transaction_id: string | null
  readonly gross_tiyn: number
  readonly credit_tiyn: number
  readonly overpaid_tiyn: number
  readonly used_method: string | null
  readonly product_word: string
  readonly rate_bp: number
  readonly late: boolean
}

export function captureOf(row: CaptureRow): Capture {
  return {
    attemptId: row.attempt_id,
    terminalId: row.terminal_id,
    moneyKind: row.kind,
    providerTransactionId: row.provider_transaction_id,
    grossTiyn: BigInt(row.gross_tiyn),
    creditTiyn: BigInt(row.credit_tiyn),
    overpaidTiyn: BigInt(row.overpaid_tiyn),
    usedMethod: row.used_method,
    productWord: row.product_word,
    rateBp: row.rate_bp,
    late: row.late,
  }
}

/** A row of `refunds` as JSON carries it. */
export interface RefundRow extends QrColumns {
  readonly id: string
  readonly attempt_id: string
  readonly amount_tiyn: number
  readonly credit_tiyn: number
  readonly overpaid_tiyn: number
  readonly bearer: CommissionBearer
  readonly why: RefundReason
  readonly note: string | null
  readonly requested_by: string
  readonly requested_by_name: string
  readonly approved_by: string | null
  readonly approved_by_name: string | null
  readonly state: RefundStateKind
  readonly reason: string | null
  readonly phase: string | null
  readonly since: string | null
  readonly terminal_id: number | null
  readonly process_id: string | null
  readonly forgotten: boolean
  readonly qr_expires_at: string | null
  readonly stop_requested: boolean
  readonly holds_terminal: boolean
  readonly tries: number
}

const REFUND_FAILURES: Words<RefundFailure> = { ...FAILURE_REASONS, found_late: true }

const HOLD_REASONS: Words<RefundHoldReason> = {
  start_lost: true,
  sum_unreadable: true,
  sum_too_large: true,
  process_forgotten: true,
}

export function refundOf(row: RefundRow): Refund {
  const { approved_by: approvedBy, approved_by_name: approvedByName } = row
  return {
    id: row.id,
    attemptId: row.attempt_id,
    amountTiyn: BigInt(row.amount_tiyn),
    creditTiyn: BigInt(row.credit_tiyn),
    overpaidTiyn: BigInt(row.overpaid_tiyn),
    bearer: row.bearer,
    reason: row.why,
    note: row.note,
    requestedBy: { id: row.requested_by, name: row.requested_by_name },
    approvedBy: approvedBy === null ? null : { id: approvedBy, name: approvedByName ?? approvedBy },
    state: stateOf(row),
    terminalId: row.terminal_id,
    processId: row.process_id,
    forgotten: row.forgotten,
    qr: qrOf(row, momentOrNull(row.qr_expires_at)),
    stopRequested: row.stop_requested,
    holdsTerminal: row.holds_terminal,
    tries: row.tries,
  }
}

function stateOf(row: RefundRow): RefundState {
  const { state: kind } = row
  switch (kind) {
    case 'live':
      return { kind, phase: phaseOf(row), sinceMs: sinceOf(row) }
    case 'unknown':
    case 'lost':
      return { kind, sinceMs: sinceOf(row) }
    case 'held':
      return { kind, reason: wordOf(HOLD_REASONS, row.reason) }
    case 'failed':
      return { kind, reason: wordOf(REFUND_FAILURES, row.reason) }
    case 'awaiting_approval':
    case 'approved':
    case 'reserved':
    case 'calling':
    case 'succeeded':
    case 'declined':
    case 'cancelled':
      return { kind }
  }
}

/** What is written of a refund: its columns, and what its row in `open_attempts` comes to. */
export function refundColumns(refund: Refund) {
  const { approvedBy, requestedBy, state } = refund
  return {
    id: refund.id,
    attempt_id: refund.attemptId,
    amount_tiyn: String(refund.amountTiyn),
    credit_tiyn: String(refund.creditTiyn),
    overpaid_tiyn: String(refund.overpaidTiyn),
    bearer: refund.bearer,
    why: refund.reason,
    note: refund.note,
    requested_by: requestedBy.id,
    requested_by_name: requestedBy.name,
    approved_by: approvedBy?.id ?? null,
    approved_by_name: approvedBy?.name ?? null,
    state: state.kind,
    reason: 'reason' in state ? state.reason : null,
    phase: 'phase' in state ? state.phase : null,
    since: 'sinceMs' in state ? utcTime(state.sinceMs) : null,
    terminal_id: refund.terminalId,
    process_id: refund.processId,
    forgotten: refund.forgotten,
    ...qrColumns(refund.qr),
    stop_requested: refund.stopRequested,
    holds_terminal: refund.holdsTerminal,
    tries: refund.tries,
    is_watched: isRefundWatched(refund),
    occupies_terminal: refundOccupiesTerminal(refund),
  }
}
