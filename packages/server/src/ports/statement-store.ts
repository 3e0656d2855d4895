// Statements of the bank as they are kept, what their operations came to, and the books beside them. One
// country and one payment system at a time.

import type {
  BankLine,
  BookEntry,
  Coverage,
  Difference,
  Moment,
  PostingSet,
  Scope,
  StatementColumns,
  StatementRow,
} from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface Ledger {
  readonly system: string
  readonly countryIso: string
}

export interface Heading {
  readonly system: string
  readonly cells: readonly string[]
  readonly columns: StatementColumns
  /** The bank's word in small letters → code of the method. */
  readonly products: Readonly<Record<string, string>>
}

export interface NewStatement extends Ledger {
  readonly fileName: string | null
  readonly fileHash: Buffer
  readonly covers: Coverage
  readonly operations: number
  readonly uploadedBy: string
}

export interface Statement extends Omit<NewStatement, 'fileHash'> {
  readonly id: bigint
  readonly repeated: number
  readonly uploadedAtMs: Moment
}

export const VERDICTS = ['matched', 'different', 'ambiguous', 'missing_here'] as const
export type OperationVerdict = (typeof VERDICTS)[number]

export interface VerdictCount {
  readonly verdict: OperationVerdict
  readonly operations: bigint
  readonly tiyn: bigint
}

export interface NewOperation extends StatementRow {
  readonly key: string
  readonly method: string | null
}

export interface OperationLine extends StatementRow {
  readonly id: bigint
  readonly method: string | null
  readonly verdict: OperationVerdict | null
  readonly differences: readonly Difference[]
  readonly paymentId: string | null
  /** The entry of a desk that waits because of it. */
  readonly entryId: bigint | null
}

export interface BankOperation extends BankLine {
  readonly payoutTiyn: bigint | null
  readonly verdict: OperationVerdict | null
  /** What it is paired with as yet. */
  readonly entryId: string | null
  readonly differences: readonly Difference[]
}

/** A capture beside the statement, whose id is its attempt's, or a refund that was done. */
export interface BookedMoney extends BookEntry {
  readonly paymentId: string
  readonly terminalId: number
  readonly sourceId: number
  readonly rateBp: number
  readonly hasRealFee: boolean
  readonly hasPayout: boolean
}

export interface Judged {
  readonly id: string
  readonly verdict: OperationVerdict
  readonly entryId: string | null
  readonly differences: readonly Difference[]
}

/** A sum that a statement showed of one capture, and its postings where it has any. */
export interface ShownSum {
  readonly entryId: string
  readonly paymentId: string
  readonly operationId: string
  readonly tiyn: bigint
  readonly set: PostingSet
}

export interface StatementStore {
  headings(system: string): Promise<Heading[]>
  headingsIn(scope: Scope): Promise<Heading[]>
  saveHeading(tx: Transaction, heading: Heading): Promise<void>

  /** Until the transaction ends nobody else reads a statement into this ledger. */
  lock(tx: Transaction, ledger: Ledger): Promise<void>
  byFile(tx: Transaction, ledger: Ledger, fileHash: Buffer): Promise<Statement | null>
  /** What is not told yet of an operation that was known is added to it. */
  add(
    tx: Transaction,
    statement: NewStatement,
    operations: readonly NewOperation[],
  ): Promise<Statement>
  statement(scope: Scope, id: bigint): Promise<Statement | null>
  /** The newest first, before this one. */
  page(scope: Scope, beforeId: bigint | null, limit: number): Promise<Statement[]>
  counts(statementId: bigint): Promise<VerdictCount[]>
  operations(
    statementId: bigint,
    verdict: OperationVerdict | null,
    afterId: bigint | null,
    limit: number,
  ): Promise<OperationLine[]>

  coverage(tx: Transaction, ledger: Ledger, within: Coverage): Promise<Coverage[]>
  /** Operations of that time, and any other that names one of these numbers. */
  bankSide(
    tx: Transaction,
    ledger: Ledger,
    within: Coverage,
    numbers: readonly string[],
  ): Promise<BankOperation[]>
  /** Captures of that time, and any other with one of these numbers. */
  bookSide(
    tx: Transaction,
    ledger: Ledger,
    within: Coverage,
    numbers: readonly string[],
  ): Promise<BookedMoney[]>
  judge(tx: Transaction, judged: readonly Judged[]): Promise<void>
  /** Operation → payments whose attempts may have been it and booked nothing. */
  likelyPayments(
    tx: Transaction,
    ledger: Ledger,
    operations: readonly BankOperation[],
  ): Promise<ReadonlyMap<string, readonly string[]>>
  /** Each capture's once for ever. @returns how many were new. */
  bookFees(tx: Transaction, fees: readonly ShownSum[]): Promise<number>
  bookPayouts(tx: Transaction, payouts: readonly ShownSum[]): Promise<number>

  /** Ledgers with findings that wait, and the time that these are of. */
  unexplained(): Promise<readonly (Ledger & Coverage)[]>
}
