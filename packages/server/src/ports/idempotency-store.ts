// Keys that callers send so that a retried request has one effect and one answer (T9). Sources have a store
// of theirs and staff another: the same text from both is two keys.

import type { Transaction } from './transaction.ts'

export interface IdempotencyClaim {
  /** The source, or the member of staff, whose key it is. */
  readonly callerId: number
  readonly key: string
}

export interface KeyRequest extends IdempotencyClaim {
  readonly route: string
  /** The payment in the path, null where one is created. */
  readonly target: string | null
  readonly bodyHash: Buffer
}

export interface StoredReply {
  readonly httpStatus: number
  /** The answer's exact bytes. */
  readonly body: string
}

export type ClaimResult =
  /** This call is the one to do the work; `effectId` is what an earlier one brought about. */
  | { readonly kind: 'claimed'; readonly effectId: string | null }
  | { readonly kind: 'replay'; readonly reply: StoredReply }
  /** The same key was used for something else. */
  | { readonly kind: 'mismatch' }
  /** Another call is at work on it now. */
  | { readonly kind: 'busy' }

export interface IdempotencyStore {
  claim(request: KeyRequest, busyForMs: number): Promise<ClaimResult>
  /**
   * What a call under the key has brought about by now, the key kept to the transaction's end: for a call that
   * outlived its claim while another did the work.
   */
  effectIn(tx: Transaction, claim: IdempotencyClaim): Promise<string | null>
  /** Writes what the claimed call brings about, in the very transaction that brings it about. */
  recordEffect(tx: Transaction, claim: IdempotencyClaim, effectId: string): Promise<void>
  finish(claim: IdempotencyClaim, reply: StoredReply): Promise<void>
  /** Ends this call's work without an answer to keep; the next call goes on. */
  release(claim: IdempotencyClaim): Promise<void>
  /** Forgets keys older than 24 h. */
  forgetOld(): Promise<number>
}
