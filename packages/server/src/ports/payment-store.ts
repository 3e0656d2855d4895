// Payments as the middle keeps them: created by one statement, changed under a lock, read for shows.

import type {
  AmountUnit,
  Applied,
  Attempt,
  EventKind,
  Figures,
  Moment,
  Payment,
  PaymentStatus,
  Qr,
  RefundStatus,
} from '@byfly-pay/core'
import type { IdempotencyClaim } from './idempotency-store.ts'
import type { Transaction } from './transaction.ts'

export interface NewPayment {
  readonly sourceId: number
  readonly countryIso: string
  readonly currency: string
  readonly originalTiyn: bigint
  readonly toleranceTiyn: bigint
  readonly lifetimeSeconds: number
  readonly description: string | null
  readonly customerPhone: string | null
  readonly customerEmail: string | null
  readonly customerName: string | null
  readonly preselectedMethod: number | null
  readonly webhookUrl: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly externalId: string | null
  readonly idempotency: IdempotencyClaim | null
}

export interface CreatedPayment {
  readonly id: string
  readonly createdAtMs: Moment
  readonly expiresAtMs: Moment
}

/** What is told of a payment beside its money. */
export interface PaymentFacts {
  readonly sourceId: number
  /** Of its source, as that was when the payment was created. */
  readonly countryIso: string
  readonly description: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly externalId: string | null
  readonly preselectedMethod: number | null
  readonly createdAtMs: Moment
  /** Where its events go: its own URL, else its source's; null when nobody is to be told. */
  readonly webhookUrl: string | null
  /** Events beside `paid` that the source switched on (W3). */
  /** What its source knows it by, where that is an earlier centre's id. */
  readonly formerId: string | null
  readonly webhookEvents: readonly string[]
  readonly amountUnit: AmountUnit
}

/** Who holds the watch over an open attempt. */
export interface Lease {
  readonly attemptId: string
  readonly owner: string
  readonly fence: bigint
}

export interface LockedPayment {
  readonly payment: Payment
  readonly facts: PaymentFacts
  /** The database's time, after the lock was had. */
  readonly now: Moment
  /** A fresh time-ordered id. */
  readonly freshId: string
  readonly leases: readonly Lease[]
}

export interface NewDelivery {
  readonly event: EventKind
  readonly sequence: number
  readonly url: string
  readonly body: string
  readonly held: boolean
}

/** Where a payment stands, as the status call tells it; one row, no lock. */
export interface PaymentStanding {
  readonly id: string
  readonly sourceId: number
  /** Counts the changes; the same on every instance, and it never goes back. */
  readonly version: number
  readonly status: PaymentStatus
  readonly statusDetail: string | null
  readonly cancelReason: string | null
  readonly failureReason: string | null
  readonly currency: string
  readonly figures: Figures
  readonly refundStatus: RefundStatus | null
  readonly late: boolean
  readonly expiresAtMs: Moment
  readonly paidAtMs: Moment | null
}

/** A payment as the info call tells it; one row, no lock. */
export interface PaymentView extends PaymentStanding {
  readonly chosenMethod: string | null
  readonly description: string | null
  readonly externalId: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly qr: Qr | null
  readonly createdAtMs: Moment
}

export interface HistoryLine {
  readonly atMs: Moment
  readonly what: string
  readonly attemptId: string | null
  readonly statusBefore: string | null
  readonly statusAfter: string
  readonly detail: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** The same source has used this `external_id` for another payment. */
export type CreateResult =
  | { readonly kind: 'created'; readonly payment: CreatedPayment }
  | { readonly kind: 'external_id_taken' }

export interface PaymentStore {
  create(payment: NewPayment): Promise<CreateResult>
  /** The same as a part of a transaction. */
  createIn(tx: Transaction, payment: NewPayment): Promise<CreateResult>
  /** Locks the payment's row and reads all its facts. Null when there is none. */
  lock(tx: Transaction, paymentId: string): Promise<LockedPayment | null>
  /** Reads the same without a lock, to see what to do; nothing may be decided on it alone. */
  peek(paymentId: string): Promise<LockedPayment | null>
  /** Writes everything a decision changed. `leaseOwner` takes the lease of a new attempt. */
  save(
    tx: Transaction,
    before: LockedPayment,
    applied: Applied,
    deliveries: readonly NewDelivery[],
    leaseOwner: string,
  ): Promise<void>
  /** True when the money of this transaction is booked already, on another attempt (rule 7). */
  isBookedElsewhere(
    tx: Transaction,
    attempt: Attempt,
    moneyKind: string,
    providerTransactionId: string,
  ): Promise<boolean>
  /** Keeps the QR for one attempt for ever; false when another attempt had it (I17). */
  claimQr(tx: Transaction, attemptId: string, text: string): Promise<boolean>
  /** The hottest read of all: it fetches no more than the status call tells. */
  standing(paymentId: string): Promise<PaymentStanding | null>
  view(paymentId: string): Promise<PaymentView | null>
  /** Many payments by one statement; those that do not exist are left out. */
  views(paymentIds: readonly string[]): Promise<PaymentView[]>
  /** Payment → its version now, by one statement; those that do not exist are left out. */
  versions(paymentIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  history(paymentId: string): Promise<HistoryLine[]>
  /** Payments past their term with nothing open, at most `limit` of them. */
  overdue(limit: number): Promise<string[]>
  /** Opens a task for each payment that has been partly paid and idle for 7 days (S2). */
  openIdleTasks(): Promise<number>
  /** Adds partitions so that the coming months have theirs. */
  ensurePartitions(): Promise<void>
}
