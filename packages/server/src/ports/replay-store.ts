// Replays: deliveries of a period given out again, the same ids and the same bytes, a few at a time (W4).

import type { EventKind, Moment } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface ReplayTerms {
  readonly fromMs: Moment
  readonly beforeMs: Moment
  readonly events: readonly EventKind[]
  /** Only what the centre has given up on. */
  readonly onlyParked: boolean
}

export interface NewReplay extends ReplayTerms {
  readonly sourceId: number
  readonly requestKey: string
  readonly askedBy: string
  readonly total: number
}

export interface Replay extends NewReplay {
  readonly id: string
  readonly createdAtMs: Moment
  /** How many were given out again so far. */
  readonly released: number
  readonly finishedAtMs: Moment | null
  readonly stoppedBy: string | null
}

export interface ReplayStore {
  /** The newest first. */
  list(sourceId: number, limit: number): Promise<Replay[]>
  ofKey(tx: Transaction, sourceId: number, requestKey: string): Promise<Replay | null>
  going(tx: Transaction, sourceId: number): Promise<Replay | null>
  /** How many deliveries the terms mean, counted up to `limit`. */
  count(tx: Transaction, sourceId: number, terms: ReplayTerms, limit: number): Promise<number>
  add(tx: Transaction, replay: NewReplay): Promise<string>
  /** @returns false when there is none that goes on */
  stop(tx: Transaction, sourceId: number, id: string, by: string): Promise<boolean>
  find(tx: Transaction, sourceId: number, id: string): Promise<Replay | null>

  /** Every one that goes on. */
  unfinished(limit: number): Promise<string[]>
  /**
   * Gives out the next ones while fewer than `inTheAir` of the source wait, in the order in which they
   * were written, and moves the replay on. Finishes it when nothing is left.
   */
  release(tx: Transaction, id: string, inTheAir: number): Promise<void>
}
