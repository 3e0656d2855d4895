// All that the database says of the payment road at one moment: what invariants are checked on. Read whole
// and at once, from memory or from PostgreSQL.

import type { AuditLine } from '../../../packages/server/src/ports/audit-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import type {
  AttemptRow,
  CaptureRow,
  DeliveryRow,
  HistoryRow,
  OpenRow,
  PaymentRow,
  PostingRow,
  ReconciliationRow,
  RefundRow,
  TaskRow,
} from './rows.ts'

/** A payment as the books have it; what it was asked with is told in full by memory alone. */
export interface BookedPayment extends Omit<PaymentRow, 'asked'> {
  readonly sourceId: number
  readonly externalId: string | null
}

export interface Books {
  readonly nowMs: number
  readonly payments: readonly BookedPayment[]
  /** Oldest first. */
  readonly attempts: readonly AttemptRow[]
  /** Oldest first. */
  readonly refunds: readonly RefundRow[]
  readonly open: readonly OpenRow[]
  /** By payment and version. */
  readonly history: readonly HistoryRow[]
  readonly captures: readonly CaptureRow[]
  readonly postings: readonly PostingRow[]
  readonly deliveries: readonly DeliveryRow[]
  readonly tasks: readonly TaskRow[]
  readonly reconciliation: readonly ReconciliationRow[]
  readonly audit: readonly Pick<AuditLine, 'action'>[]
}

export function memoryBooks(database: MemoryDatabase): Books {
  return database.statement((tx) => ({
    nowMs: database.now(),
    payments: tx.values('payments').map(({ asked, ...row }) => ({
      ...row,
      sourceId: asked.sourceId,
      externalId: asked.externalId,
    })),
    attempts: tx.values('attempts').sort((a, b) => (a.attempt.id < b.attempt.id ? -1 : 1)),
    refunds: tx.values('refunds').sort((a, b) => (a.refund.id < b.refund.id ? -1 : 1)),
    open: tx.values('open_attempts'),
    history: tx.values('payment_history').sort(byPaymentAndVersion),
    captures: tx.values('captures').sort((a, b) => a.atMs - b.atMs),
    postings: tx.values('postings'),
    deliveries: tx.values('deliveries'),
    tasks: tx.values('tasks'),
    reconciliation: tx.values('reconciliation'),
    audit: tx.values('audit'),
  }))
}

function byPaymentAndVersion(a: HistoryRow, b: HistoryRow): number {
  if (a.paymentId !== b.paymentId) return a.paymentId < b.paymentId ? -1 : 1
  return a.version - b.version
}
