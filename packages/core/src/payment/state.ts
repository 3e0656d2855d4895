// A payment as the rules see it: facts (what was asked, what was taken, what is open), never a
// stored opinion. The status and every figure are derived from these facts in one place each.

import type { Pricing } from '../commission.ts'
import type { Refund } from '../refund/state.ts'
import type { Moment } from '../time.ts'
import type { Attempt, Qr } from './attempt.ts'
import type { Capture } from './effect.ts'

/** The six documented statuses (S1). */
export type PaymentStatus =
  | 'pending'
  | 'processing'
  | 'paid'
  | 'partially_paid'
  | 'cancelled'
  | 'failed'

export const PAYMENT_STATUSES: readonly PaymentStatus[] = [
  'pending',
  'processing',
  'paid',
  'partially_paid',
  'cancelled',
  'failed',
]

/** What a source may be told: the statuses at which a payment rests, and money given back (W3). */
export type EventKind = 'paid' | 'partially_paid' | 'failed' | 'cancelled' | 'refunded'

export type CancelReason = 'requested' | 'expired'

/** The price terms of the method chosen last; they price the rest (M7). */
export interface ChosenMethod extends Pricing {
  readonly method: string
}

/** What to do with more money than was due (M10). */
export type OverpaidPolicy = 'task' | 'keep'

export interface Payment {
  readonly id: string
  readonly currency: string
  readonly originalTiyn: bigint
  /** How far below the original the credits may stay and the payment still be paid (M9). */
  readonly toleranceTiyn: bigint
  readonly overpaidPolicy: OverpaidPolicy
  readonly expiresAtMs: Moment
  readonly chosen: ChosenMethod | null
  /** Σ gross of the captures. */
  readonly paidTiyn: bigint
  /** Σ credits of the captures. */
  readonly creditedTiyn: bigint
  /** Σ overpaid of the captures, less what has been refunded of it (M10). */
  readonly overpaidTiyn: bigint
  /** Σ of the refunds that are done, gross. */
  readonly refundedTiyn: bigint
  /** Σ credits of refunds requested, running, unknown or done: they count towards no `paid` (S5). */
  readonly withheldTiyn: bigint
  readonly forgivenTiyn: bigint
  /** The first moment of `paid`; never moves, never reverts (I5). */
  readonly paidAtMs: Moment | null
  /** Money came after a cancel, an expiry, a failure or a lost start (S5). */
  readonly late: boolean
  readonly cancelReason: CancelReason | null
  readonly failureReason: string | null
  /** The last QR given out; kept after the payment ended (N4). */
  readonly qr: Qr | null
  /** The number of the last event told to the source, counted per payment (W4). */
  readonly sequence: number
  /** What that event said; null again once there is news: a live attempt, or money. */
  readonly told: EventKind | null
  /** Every attempt, oldest first. */
  readonly attempts: readonly Attempt[]
  /** Every capture, oldest first. */
  readonly captures: readonly Capture[]
  /** Every refund, oldest first. */
  readonly refunds: readonly Refund[]
}
