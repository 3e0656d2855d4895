// Payments as staff look for them: lists with filters and search, and one payment's whole story. Only what
// is in the asked scope exists here (L4).

import type { Moment, PaymentStatus, Scope } from '@byfly-pay/core'
import type { DeliveryLine } from './delivery-store.ts'
import type { HistoryLine, PaymentView } from './payment-store.ts'
import type { Transaction } from './transaction.ts'

/** Half open: from the first to before the second; null leaves a side open. */
export interface Period {
  readonly by: 'created_at' | 'paid_at'
  readonly fromMs: Moment | null
  readonly beforeMs: Moment | null
}

/** The six documented filters but for the page; a count of them alone is always exact (T4). */
export interface PaymentFilter {
  readonly sourceId: number | null
  readonly status: PaymentStatus | null
  readonly period: Period
}

export interface LedgerFilter extends PaymentFilter {
  readonly search: LedgerSearch | null
  /** Code of the method chosen last. */
  readonly method: string | null
  /** Code of a method really used, as a terminal told. */
  readonly usedMethod: string | null
  readonly terminalId: number | null
  /** Of the original sum, both inclusive. */
  readonly fromTiyn: bigint | null
  readonly toTiyn: bigint | null
  readonly hasTask: boolean | null
  readonly late: boolean | null
  readonly overpaid: boolean | null
  /** True for what was paid once, whatever became of it since; null for all. */
  readonly wasPaid: true | null
}

export interface LedgerSearch {
  readonly text: string
  /** Whether phone, e-mail and name are looked through: they are found by those who may see them. */
  readonly amongCustomers: boolean
}

export const LEDGER_SORTS = ['created_at', 'paid_at', 'amount'] as const

export interface LedgerOrder {
  /** `amount` is the original sum. By `paid_at` only what was paid can be sorted: ask for it. */
  readonly by: (typeof LEDGER_SORTS)[number]
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: its last row. */
export interface LedgerPlace {
  readonly id: string
  /** Of the sorted column; null when that is the id itself. */
  readonly value: bigint | null
}

export interface LedgerPage {
  readonly order: LedgerOrder
  readonly limit: number
  readonly from:
    | { readonly kind: 'offset'; readonly offset: number }
    | { readonly kind: 'after'; readonly place: LedgerPlace }
}

export interface Customer {
  readonly phone: string | null
  readonly email: string | null
  readonly name: string | null
}

export interface NamedThing {
  readonly id: number
  readonly name: string
}

/** One payment in a list. */
export interface LedgerLine extends PaymentView {
  readonly countryIso: string
  readonly source: NamedThing
  readonly customer: Customer
  /** When what the customer had said of themselves was deleted; null where it was not. */
  readonly customerForgottenAtMs: Moment | null
  /** What a source called its order in the metadata. */
  readonly order: string | null
  readonly chosenMethodName: string | null
  /** Methods really used, by code; one for each capture whose product is known. */
  readonly usedMethods: readonly string[]
  /** Kaspi's numbers of the captures. */
  readonly providerTransactionIds: readonly string[]
  /** Of the last attempt; null before there is one, and when it is out of the scope. */
  readonly terminal: NamedThing | null
  /** When money went back last; null while none has. */
  readonly lastRefundAtMs: Moment | null
  readonly hasTask: boolean
}

export interface LedgerAnswer {
  readonly lines: readonly LedgerLine[]
  /** Where the next page begins; null after the last row. */
  readonly next: LedgerPlace | null
}

export interface Total {
  readonly total: number
  /** False when a search found more than were counted. */
  readonly isExact: boolean
}

export interface StoryAttempt {
  readonly id: string
  readonly terminal: NamedThing | null
  readonly presence: string
  readonly state: string
  readonly reason: string | null
  readonly phase: string | null
  readonly processId: string | null
  readonly method: string
  readonly chargeTiyn: bigint
  readonly originalTiyn: bigint
  readonly rateBp: number
  readonly stopRequested: boolean
  readonly createdAtMs: Moment
  readonly endedAtMs: Moment | null
}

export interface StoryCapture {
  readonly attemptId: string
  readonly kind: string
  readonly providerTransactionId: string | null
  readonly grossTiyn: bigint
  readonly creditTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly usedMethod: string | null
  readonly productWord: string
  readonly rateBp: number
  readonly late: boolean
  readonly atMs: Moment
}

export interface StoryTask {
  readonly id: bigint
  readonly kind: string
  readonly attemptId: string | null
  readonly openedAtMs: Moment
  readonly closedAtMs: Moment | null
}

/** One payment with everything that happened to it, oldest first. */
export interface LedgerStory {
  readonly line: LedgerLine
  readonly attempts: readonly StoryAttempt[]
  readonly captures: readonly StoryCapture[]
  /** The sum of each account's postings (M14). */
  readonly postings: readonly { readonly account: string; readonly tiyn: bigint }[]
  readonly history: readonly HistoryLine[]
  readonly deliveries: readonly DeliveryLine[]
  readonly tasks: readonly StoryTask[]
}

export interface PaymentLedger {
  /** @throws QueryTooWide when it takes longer than a list may */
  page(scope: Scope, filter: LedgerFilter, page: LedgerPage): Promise<LedgerAnswer>
  /** @throws QueryTooWide */
  count(scope: Scope, filter: LedgerFilter): Promise<Total>
  story(scope: Scope, paymentId: string): Promise<LedgerStory | null>
  /** In the transaction that is about to write, after its lock was had. */
  isInScope(tx: Transaction, scope: Scope, paymentId: string): Promise<boolean>
  /** Ends the open tasks and the difference that only waited for a word about this attempt. */
  closeTasksOf(tx: Transaction, attemptId: string): Promise<void>
}
