// What is said of a payment, in every language: the parts that a sentence is told with, and the tables, whole by
// their types, so that a language that lacks a sentence does not compile.

import type {
  AttemptState,
  EntryKind,
  HistoryWhat,
  HoldReason,
  NoMoneyReason,
  PaymentStatus,
  Phase,
  RefundHoldReason,
  StartRefusal,
  StatusDetail,
} from '@byfly-pay/core'

export type UnknownWhy = 'unknown' | 'not_found' | 'no_answer' | 'waits_too_long'
export type FailureReason = NoMoneyReason | 'resolved_by_operator'

/** What a line of the history is told with; each part is a text of the language already. */
export interface Told {
  readonly terminal: string
  readonly method: string
  readonly product: string
  readonly charge: string
  readonly sum: string
  readonly gross: string
  readonly credit: string
  /** Null where there is none. */
  readonly overpaid: string | null
  readonly forgiven: string | null
  readonly isLate: boolean
  readonly needsApproval: boolean
  readonly refusal: string
  readonly failure: string
  readonly unknown: string
  readonly hold: string
  readonly refundHold: string
  readonly phase: string
  /** Null where the former centre gave none. */
  readonly formerId: string | null
}

type Sentence = string | ((told: Told) => string)

/** An operator's decision as the audit has it; evidence and reason are their own texts. */
export interface Decision {
  readonly found: string
  readonly evidence: string
  readonly reason: string
}

/** Sums of a payment, in figures. */
export interface Sums {
  readonly credited: string
  readonly original: string
  readonly remaining: string
}

export interface PaymentWords {
  readonly history: Readonly<Record<HistoryWhat, Sentence>>
  readonly refusals: Readonly<Record<StartRefusal, string>>
  readonly failures: Readonly<Record<FailureReason, string>>
  readonly holds: Readonly<Record<HoldReason, string>>
  readonly refundHolds: Readonly<Record<RefundHoldReason, string>>
  readonly refundPhases: Readonly<Record<Phase, string>>
  readonly unknowns: Readonly<Record<UnknownWhy, string>>
  readonly attempts: Readonly<Record<AttemptState['kind'], string>>
  readonly tasks: Readonly<Record<EntryKind, string>>
  /** In the place of what is not known. */
  readonly noReason: string
  readonly noSum: string
  /** Null for one that is not known by its name. */
  readonly terminal: (name: string | null) => string
  /** Follows a sentence that was an operator's word. */
  readonly byOperator: string
  readonly held: (why: string) => string
  /** Follow what a terminal's word is not believed for. */
  readonly toldFailed: (why: string) => string
  readonly toldSucceeded: (sum: string, number: string | null) => string
  readonly audit: {
    readonly cancelled: string
    readonly linkSent: string
    readonly paid: (sum: string) => string
    readonly notPaid: string
    readonly attempt: (decision: Decision) => string
    readonly refundRequested: (sum: string) => string
    readonly refundApproved: string
    readonly refundDeclined: string
    readonly refundCancelled: string
    readonly refunded: string
    readonly notRefunded: string
    readonly refund: (decision: Decision) => string
    readonly resent: (event: string) => string
  }
  readonly why: {
    readonly details: Readonly<Record<StatusDetail, string>>
    /** With the detail where there is one; no full stop. */
    readonly status: Readonly<Record<Extract<PaymentStatus, 'pending' | 'processing'>, string>>
    readonly paid: (sum: string) => string
    readonly overpaid: (sum: string) => string
    readonly late: string
    readonly watched: string
    readonly partly: (sums: Sums) => string
    readonly expired: string
    readonly cancelled: string
    readonly taken: (sum: string) => string
    readonly nothingTaken: string
    readonly failed: (why: string) => string
  }
}
