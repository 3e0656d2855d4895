// What an upgrade would do to the database, and how it goes on a copy of it.

import type { BookSums } from './backup-store.ts'

/** What nobody else could do for as long as the migration took. */
export interface HeldTable {
  readonly table: string
  readonly stops: 'writes' | 'everything'
}

export interface RehearsedMigration {
  readonly name: string
  readonly tookMs: number
  /** Tables that were there before it. */
  readonly held: readonly HeldTable[]
}

/** A copy that may be changed. */
export interface UpgradeStage {
  /** @throws OperatorError naming the migration that did not apply */
  upgrade(): Promise<RehearsedMigration[]>
  sums(): Promise<BookSums>
}
