// What customers said of themselves, wherever it is kept, and its forgetting. Sums, states and times of a payment
// are nobody's personal data and stay.

import type { Transaction } from './transaction.ts'

export interface ForgetBatch {
  /** Those whose time has come and about which nothing is open. */
  readonly paymentIds: readonly string[]
  /** Every payment has been looked at; the next batch begins with the oldest again. */
  readonly isRoundDone: boolean
}

export interface CustomerStore {
  /** The next payments that ended so long ago; who asks in the same transaction moves the place on. */
  nextToForget(tx: Transaction, afterDays: number, limit: number): Promise<ForgetBatch>
  /** Those of `paymentIds` that have ended, with nothing open about them; locked. */
  ended(tx: Transaction, paymentIds: readonly string[]): Promise<string[]>
  /** Not forgotten yet, the newest first. */
  ofPhone(phone: string, limit: number): Promise<string[]>
  /** Takes everything away. Done again it changes nothing. */
  forget(tx: Transaction, paymentIds: readonly string[]): Promise<void>
}
