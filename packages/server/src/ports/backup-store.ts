// The whole database at one moment, and an empty one that is filled with it.

import type { BackupManifest } from './backup-folder.ts'

export interface SchemaVersion {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

export interface SequenceState {
  readonly name: string
  /** As text: it may be beyond what a number holds exactly. */
  readonly value: string
  readonly isCalled: boolean
}

export interface CaptureSum {
  readonly currency: string
  readonly captures: number
  /** Tiyn, as text. */
  readonly gross: string
  readonly credit: string
}

export interface AccountSum {
  /** Null where the payment itself is in an archive. */
  readonly currency: string | null
  readonly account: string
  readonly postings: number
  /** Tiyn, as text. */
  readonly sum: string
}

/** What the books come to, counted by the database from the rows themselves. */
export interface BookSums {
  readonly captures: readonly CaptureSum[]
  readonly accounts: readonly AccountSum[]
  /** Sets of postings that do not add up to zero. */
  readonly unbalanced: number
}

export interface CopiedTable {
  readonly name: string
  readonly columns: readonly string[]
}

/** The database as it was at one moment, however long it is looked at. */
export interface Snapshot {
  readonly facts: Omit<BackupManifest, 'format' | 'tables'>
  /** In the order in which foreign keys let them be loaded. */
  readonly tables: readonly CopiedTable[]
  /** COPY's text, always the same for the same rows in the same places. */
  copyOut(table: CopiedTable): AsyncIterable<Buffer>
}

export interface BackupSource {
  /** @throws OperatorError while a month is on its way into an archive or out of one */
  snapshot<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>
}

/** A database on its way from empty to whole, in one transaction. */
export interface FreshBooks {
  /**
   * The backup's own schema, with its partitions and without a single row.
   *
   * @throws OperatorError for a backup of another program
   */
  build(manifest: BackupManifest): Promise<void>
  load(table: CopiedTable, lines: AsyncIterable<Buffer>): Promise<void>
  copyOut(table: CopiedTable): AsyncIterable<Buffer>
  sums(): Promise<BookSums>
  /** Numbers go on where they were, triggers and seals stand again, and the books know that they are a copy. */
  finish(manifest: BackupManifest): Promise<void>
}

export interface RestoreTarget {
  /**
   * All of `work` is there afterwards, or nothing.
   *
   * @throws OperatorError when anything is in the database already
   */
  fill<T>(work: (books: FreshBooks) => Promise<T>): Promise<T>
}
