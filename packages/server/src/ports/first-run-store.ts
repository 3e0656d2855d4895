// The door of an empty centre, and how far its first run has come. Once closed it stays closed: the database
// itself sees to that.

import type { Transaction } from './transaction.ts'

/** What there is of a working centre. */
export interface FirstRunFacts {
  /** A terminal that let the centre in and waits for nobody. */
  readonly hasTerminal: boolean
  readonly hasSource: boolean
  /** Money was taken. */
  readonly hasPayment: boolean
}

export interface FirstRunStore {
  /** Whether there is nobody yet who may log in. */
  isOpen(): Promise<boolean>
  /** Replaces the code before it; false behind a closed door. */
  keepCode(tx: Transaction, codeHash: Buffer, lifeMs: number): Promise<boolean>
  /** The hash of the living code; null where there is none. */
  codeHash(): Promise<Buffer | null>
  /**
   * Holds the door until the transaction ends. False when it is closed, or when this code was replaced or
   * has run out.
   */
  holdDoor(tx: Transaction, codeHash: Buffer): Promise<boolean>
  facts(): Promise<FirstRunFacts>
}
