// All that is kept sealed, as the change of the secret key sees it: where it lies, not what it says.

import type { Transaction } from './transaction.ts'

/** Kinds of secrets that are sealed, in the order in which they are sealed anew. */
export const SEALED_KINDS = [
  'webhook_secrets',
  'second_factors',
  'terminal_tokens',
  'bank_accounts',
  'camera_logins',
  'sms_account',
  'sms_texts',
] as const
export type SealedKind = (typeof SEALED_KINDS)[number]

export interface Resealed {
  /** Rows that are under the current key since. */
  readonly rows: number
  /** Rows that no key at hand opens; left as they were. */
  readonly unopened: number
  /** Where the next batch goes on; null when this was the last. */
  readonly next: string | null
}

export interface SealedStore {
  /** Rows with anything that is not sealed under the current key. */
  stale(): Promise<Readonly<Record<SealedKind, number>>>
  /**
   * Seals at most `limit` stale rows of a kind under the current key, the first ones after `after` (null:
   * of all). A second factor loses its recovery codes: their hashes are of the former key and no code
   * can be read out of them.
   */
  reseal(tx: Transaction, kind: SealedKind, after: string | null, limit: number): Promise<Resealed>
}
