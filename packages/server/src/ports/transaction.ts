// A handle of an open transaction, opaque to the middle. Whoever holds one makes no network call.

declare const mark: unique symbol

export interface Transaction {
  readonly [mark]: true
}

export interface UnitOfWork {
  /**
   * Runs `work` in one transaction. Serialization failures, deadlocks and races for a unique row
   * run it again, a bounded number of times; so may a lost answer to COMMIT, which is why `work` must
   * find its own earlier effect and leave it alone.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
}
