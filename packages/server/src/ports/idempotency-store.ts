// Keys that clients send so that a retried request has one effect and one answer (T9).

import type { Transaction } from './transaction.ts'

export interface IdempotencyClaim {
  readonly sourceId: number
  readonly key: string
}

export interface KeyRequest extends IdempotencyClaim {
  readonly route: string
  /** The payment in the path, null at init. */
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
  /** Writes what the claimed call brings about, in the very transaction that brings it about. */
  recordEffect(tx: Transaction, claim: IdempotencyClaim, effectId: string): Promise<void>
  finish(claim: IdempotencyClaim, reply: StoredReply): Promise<void>
  /** Ends this call's work without an answer to keep; the next call goes on. */
  release(claim: IdempotencyClaim): Promise<void>
  /** Forgets keys older than 24 h. */
  forgetOld(): Promise<number>
}
