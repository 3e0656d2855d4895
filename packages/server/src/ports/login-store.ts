// What logging in has used up: codes and tries of phones, budgets of callers. Phones are known here by
// `LoginSecrets.phoneKey` alone, and an admin's is kept like any other.

import type { Budget, Moment, PhoneStanding } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface ClaimedTry {
  readonly codeHash: Buffer
  /** By the database's clock. */
  readonly nowMs: Moment
}

export interface LoginStore {
  /** Null: no code was asked for it lately. */
  standing(
    phoneKey: Buffer,
  ): Promise<{ readonly standing: PhoneStanding; readonly nowMs: Moment } | null>
  /** Uses a budget once. @returns 0, or how many ms until that is possible again */
  take(tx: Transaction, budget: Budget): Promise<number>
  /** A new code, which ends the one before it; false when another was sent a moment ago. */
  keepCode(tx: Transaction, phoneKey: Buffer, codeHash: Buffer): Promise<boolean>
  /**
   * Counts a try and only then hands out what to compare with, in one statement of its own (A1); null
   * when there is no living code, or no try left of it or of the day.
   */
  claimTry(phoneKey: Buffer): Promise<ClaimedTry | null>
  /** Ends a code that was right; false when it was used, or replaced, meanwhile. */
  useCode(tx: Transaction, phoneKey: Buffer, codeHash: Buffer): Promise<boolean>
  /** Gives a phone its tries and codes back; false when it has used none. */
  unlock(tx: Transaction, phoneKey: Buffer): Promise<boolean>
  forgetOld(): Promise<void>
}
