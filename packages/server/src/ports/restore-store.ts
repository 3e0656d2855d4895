// Whether the database is still the one that the books were last seen in, and what is put on a desk when
// it is not (I18).

import type { Moment } from '@byfly-pay/core'
import type { LeasedAttempt } from './pool-store.ts'
import type { Transaction } from './transaction.ts'

/** An attempt or a refund that the books believe was never called. */
export type ReservedAttempt = Pick<LeasedAttempt, 'attemptId' | 'paymentId' | 'purpose'>

/** The books go back to `sinceMs`: what happened between then and now they may not know. */
export interface Doubt {
  readonly sinceMs: Moment
  readonly untilMs: Moment
}

export interface RestoreStore {
  /**
   * Leaves a sign of life when the database is the one that was seen last, or none ever was. Otherwise
   * nothing is written, and the answer says since when the books are in doubt.
   */
  keepAlive(): Promise<Doubt | null>
  /** Open attempts that are still `reserved` at a moment which may be in the past. */
  reserved(): Promise<ReservedAttempt[]>
  /**
   * Takes this database for the books' own from now on and opens a task for every terminal in use.
   *
   * @returns how many, to the one instance that did it; null when another was quicker
   */
  adopt(tx: Transaction, doubt: Doubt): Promise<number | null>
  /** The same for a database that looks unchanged: a folder that was copied back. */
  doubtTerminals(tx: Transaction, doubt: Doubt): Promise<number>
  now(): Promise<Moment>
}
