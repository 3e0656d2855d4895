// Closed months in the database: which there are, whether one may leave, and each step of its way out and
// back. Every step may be taken again after it was cut short.

import type { Coverage, Moment } from '@byfly-pay/core'
import type { AuditStore } from './audit-store.ts'
import type { Transaction, UnitOfWork } from './transaction.ts'

/** `YYYY-MM`, in UTC, as partitions are cut. */
export type Month = string

/** Where the partition of one table is. */
export type Place =
  | 'attached'
  /** Its detaching was cut short; it is to be finished. */
  | 'detaching'
  /** A table by itself, which nothing of the centre reads. */
  | 'detached'
  | 'absent'

export interface MonthTable {
  /** The partitioned table's. */
  readonly name: string
  readonly place: Place
}

export interface TableSize {
  readonly name: string
  readonly rows: bigint
  /** With its indexes. */
  readonly bytes: bigint
}

/** What keeps a month from being archived, and how many of it. */
export interface Hindrance {
  readonly reason: HindranceReason
  readonly count: number
}

export type HindranceReason =
  | 'too_young'
  /** An older month is still here: a payment's later rows must not leave before it. */
  | 'earlier_month'
  | 'open_payments'
  | 'open_attempts'
  | 'open_refunds'
  | 'open_deliveries'
  | 'open_tasks'
  | 'open_reconciliation'
  | 'unfolded_figures'
  | 'wrong_figures'
  /** Rows whose payment is of a later month, after a clock that went back. */
  | 'later_payments'

export interface ArchivedMonth {
  /** Null while it is on its way. */
  readonly archivedAtMs: Moment | null
  /** Of the manifest's text; null while the month is on its way. */
  readonly manifestHash: string | null
}

/** What is counted in a table, or in a file of it. */
export interface Tally {
  readonly rows: number
  /** Tiyn by account, as text; empty for what holds no postings. */
  readonly sums: Readonly<Record<string, string>>
}

export interface MonthStore extends UnitOfWork {
  readonly audit: AuditStore
  /** Runs `work` while nobody else archives or restores. @returns null when somebody does. */
  alone<T>(work: () => Promise<T>): Promise<T | null>
  /** Months that are attached or archived, the oldest first. */
  months(): Promise<Month[]>
  sizes(month: Month): Promise<TableSize[]>
  tables(month: Month): Promise<MonthTable[]>
  archived(month: Month): Promise<ArchivedMonth | null>
  /** The newest migration. */
  schemaVersion(): Promise<number>
  hindrances(month: Month, leastAgeMonths: number, tx?: Transaction): Promise<Hindrance[]>
  /** Days of creation whose figures could not be told again without this month. */
  days(month: Month): Promise<string[]>
  /** From the transaction's end nothing of the month's partitions changes. */
  seal(tx: Transaction, month: Month): Promise<void>
  columns(month: Month, table: string): Promise<string[]>
  tally(month: Month, table: string): Promise<Tally>
  /** The rows as COPY's text, in the order of their ids. */
  copyOut(month: Month, table: string, columns: readonly string[]): AsyncIterable<Buffer>
  /** Waits for whoever still reads; outside of transactions. */
  detach(month: Month, table: string): Promise<void>
  /** A fresh table by itself with the rows of `lines`, whole or not at all, in place of a detached one. */
  load(
    month: Month,
    table: string,
    columns: readonly string[],
    lines: AsyncIterable<Buffer>,
  ): Promise<void>
  attach(tx: Transaction, month: Month): Promise<void>
  dropDetached(tx: Transaction, month: Month): Promise<void>
  finish(tx: Transaction, month: Month, manifestHash: string): Promise<void>
  /** The month is back, or never left. */
  forget(tx: Transaction, month: Month): Promise<void>
}

/** Whether what is not found lies in an archive; read by the centre's own role. */
export interface ArchiveStore {
  /** The month of a payment's id when it is archived or on its way. */
  monthOf(paymentId: string): Promise<Month | null>
  /** The oldest month that the time touches and that is archived or on its way. */
  monthWithin(period: Coverage): Promise<Month | null>
  /** Whether any month is archived or on its way. */
  isAnyAway(): Promise<boolean>
}
