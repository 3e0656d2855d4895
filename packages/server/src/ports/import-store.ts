// What is written of an earlier centre, and what of it is here already. A batch is one transaction, so whatever
// was committed is where the next run goes on.

import type {
  BookedFormer,
  ChosenMethod,
  HistoryWhat,
  Moment,
  PaymentStatus,
} from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

/** A payment as it comes into these books. */
export interface NewFormerPayment {
  readonly formerId: string
  readonly sourceId: number
  readonly countryIso: string
  readonly currency: string
  readonly originalTiyn: bigint
  readonly paidTiyn: bigint
  readonly toleranceTiyn: bigint
  readonly booked: BookedFormer
  readonly chosen: ChosenMethod | null
  readonly preselectedMethod: number | null
  /** Who took its money. */
  readonly terminalId: number | null
  readonly providerTransactionId: string | null
  readonly createdAtMs: Moment
  readonly expiresAtMs: Moment
  readonly updatedAtMs: Moment
  readonly externalId: string | null
  readonly description: string | null
  readonly customerPhone: string | null
  readonly customerEmail: string | null
  readonly customerName: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly webhookUrl: string | null
}

/** What is here of a payment that came over before. */
export interface BroughtOver {
  readonly paymentId: string
  readonly import: string
  readonly sourceId: number
  /** As it came over, whatever happened since. */
  readonly status: PaymentStatus
  readonly originalTiyn: bigint
  readonly paidTiyn: bigint
}

/** Why the books here do not take a row. */
export type BatchRefusal = 'id_taken' | 'external_id_taken' | 'money_booked_already'

export interface FormerStep {
  readonly formerId: string
  readonly what: HistoryWhat
  readonly status: PaymentStatus
  readonly atMs: Moment
}

/** Sums of what came over by one import, read from the payments and the postings themselves. */
export interface BroughtTotal {
  readonly sourceId: number
  readonly status: PaymentStatus
  readonly payments: bigint
  readonly originalTiyn: bigint
  /** Of the postings: what customers gave. */
  readonly paidTiyn: bigint
}

export type FormerKind = 'source' | 'terminal'

export interface ImportStore {
  /** What a former key is here; null when it has not come over. */
  keyOf(kind: FormerKind, name: string, formerKey: string): Promise<number | null>
  /** @returns false when it is noted already, by whoever was first. */
  noteKey(
    tx: Transaction,
    kind: FormerKind,
    name: string,
    formerKey: string,
    id: number,
  ): Promise<boolean>
  /** A source's own secret of before, beside its token's hash. */
  addToken(tx: Transaction, sourceId: number, tokenHash: Buffer): Promise<void>
  /** The one that stands for all terminals that did not come over: it is deleted, and takes nothing. */
  terminalOfBefore(tx: Transaction, system: string, countryIso: string): Promise<number>
  /** Former id in upper case → what is here of it. */
  known(formerIds: readonly string[]): Promise<ReadonlyMap<string, BroughtOver>>
  /** Adds the months of these moments that are not there yet. */
  ensureMonths(moments: readonly Moment[]): Promise<void>
  /** @returns former id → why it was not taken; all others are written whole. */
  add(
    tx: Transaction,
    name: string,
    payments: readonly NewFormerPayment[],
  ): Promise<ReadonlyMap<string, BatchRefusal>>
  /** Steps of payments that are here; written before they are left alone. @returns how many are new */
  addSteps(tx: Transaction, name: string, steps: readonly FormerStep[]): Promise<number>
  totals(name: string): Promise<BroughtTotal[]>
}

export interface FormerIdStore {
  /** Whether any payment came over at all. */
  areAny(): Promise<boolean>
  /** The payment that an earlier centre knew by this id, in any case of its letters. */
  find(formerId: string): Promise<{ readonly paymentId: string; readonly formerId: string } | null>
}
