// Attempts that are over and that their terminal may still remember, one after another.

import type { MoneyKind } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface EndedAttempt {
  readonly id: string
  readonly paymentId: string
  readonly sourceId: number
  readonly terminalId: number
  readonly processId: string
  /** What is booked of it; null when nothing is. */
  readonly grossTiyn: bigint | null
  readonly startedAtMs: number
}

export interface RecheckStore {
  /**
   * The next ones since the last look, the oldest first: none that began within 20 minutes, none that began
   * 23 hours ago, none of a device that was swapped or registered anew since.
   */
  next(limit: number): Promise<EndedAttempt[]>
  /** The next look begins after this one. */
  noteLooked(tx: Transaction, attemptId: string): Promise<void>
  /** Whether some other attempt on its device has booked this very money. */
  isBookedElsewhere(
    attemptId: string,
    moneyKind: MoneyKind,
    providerTransactionId: string,
  ): Promise<boolean>
}
