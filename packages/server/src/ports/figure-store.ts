// Figures of turnover as the middle asks for them. Each is a sum over rows (M14), exact at the moment it
// is read; none is an estimate.

import type { PaymentStatus, Scope } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export type FigureGroup =
  | 'day'
  | 'source'
  | 'method'
  | 'product'
  | 'terminal'
  | 'country'
  | 'system'

/**
 * Payments by the day they were created, with all that ever came of them; or money by the day it was
 * booked, with the payments that became paid on it (T1).
 */
export type FigureDateField = 'created_at' | 'paid_at'

export interface FigureFilter {
  /** Days of the figures' zone, YYYY-MM-DD, both inclusive. */
  readonly dayFrom: string
  readonly dayTo: string
  readonly dateField: FigureDateField
  /** Sums of two currencies are never added. */
  readonly currency: string
  readonly sourceId: number | null
  readonly method: string | null
  readonly product: string | null
  readonly terminalId: number | null
  readonly countryIso: string | null
  readonly system: string | null
}

/** Of payments as they stand; of money and attempts as each attempt was. Sums in tiyn. */
export interface FigureSums {
  readonly byStatus: Readonly<Record<PaymentStatus, bigint>>
  readonly originalTiyn: bigint
  /** Σ over the paid ones, from their creation to `paid`. */
  readonly payMs: bigint
  readonly attemptsStarted: bigint
  readonly attemptsSucceeded: bigint
  /** What customers gave. */
  readonly grossTiyn: bigint
  readonly creditedTiyn: bigint
  readonly commissionTiyn: bigint
  readonly roundingTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly forgivenTiyn: bigint
  /** What the provider is expected to keep. */
  readonly feeTiyn: bigint
  /** What was given back to customers, gross (M15). */
  readonly refundedTiyn: bigint
}

export type FigureKey = Readonly<Partial<Record<FigureGroup, string | number | null>>>

export interface FigureLine {
  readonly key: FigureKey
  readonly sums: FigureSums
}

/** A place where kept figures and rows disagree, and by how much: rows less figures. */
export interface FigureDifference {
  readonly day: string
  readonly moneyDay: string | null
  readonly sourceId: number
  readonly status: PaymentStatus | null
  readonly payments: bigint
  readonly grossTiyn: bigint
}

export interface FigureStore {
  /** Lines with anything in them, in the order of their keys; at most `limit`. */
  read(
    scope: Scope,
    filter: FigureFilter,
    groups: readonly FigureGroup[],
    limit: number,
  ): Promise<FigureLine[]>
  /** Folds up to `limit` deltas; @returns how many. None while another holds the figures. */
  fold(tx: Transaction, limit: number): Promise<number>
  /** The zone whose days the figures are kept by. */
  zone(): Promise<string>
  /** Takes `zone` while nothing is folded yet; @returns the zone that holds. */
  adoptZone(tx: Transaction, zone: string): Promise<string>
  /** Keeps folding away to the end of the transaction, and makes `zone` the figures'. */
  beginRebuild(tx: Transaction, zone: string): Promise<void>
  /** First and last day of which there may be anything; null when there is nothing at all. */
  span(tx?: Transaction): Promise<{ readonly first: string; readonly last: string } | null>
  /** What is wrong with the payments created on `day`. */
  differences(day: string): Promise<FigureDifference[]>
  /** The same, mended. */
  mend(tx: Transaction, day: string): Promise<FigureDifference[]>
}
