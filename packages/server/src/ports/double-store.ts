// Pairs of payments that may be one paid twice.

import type { Transaction } from './transaction.ts'

export interface FoundDouble {
  /** Of one order both, or of one customer, sum and quarter of an hour. */
  readonly kind: 'second_payment' | 'possible_duplicate'
  /** The later of the two. */
  readonly paymentId: string
  readonly otherId: string
  readonly order: string | null
  readonly sourceId: number
}

export interface DoubleStore {
  /** Among money that came since the last look. */
  find(tx: Transaction): Promise<FoundDouble[]>
  /** The next look begins a while before now. */
  noteSeen(tx: Transaction): Promise<void>
}
