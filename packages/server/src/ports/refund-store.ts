// Refunds as they are listed, and what a request for one needs beside the payment itself. A refund changes
// with its payment, through the payment's one door.

import type { Moment, Refund, RefundReason, RefundStateKind, Scope } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface RefundLine {
  readonly refund: Refund
  readonly paymentId: string
  readonly currency: string
  readonly source: { readonly id: number; readonly name: string }
  readonly createdAtMs: Moment
  readonly updatedAtMs: Moment
  readonly refundedAtMs: Moment | null
}

export interface RefundFilter {
  readonly paymentId: string | null
  readonly sourceId: number | null
  readonly state: RefundStateKind | null
  readonly reason: RefundReason | null
  /** Only those before this one, the newest first. */
  readonly beforeId: string | null
  readonly limit: number
}

export interface RefundStore {
  page(scope: Scope, filter: RefundFilter): Promise<RefundLine[]>
  find(scope: Scope, refundId: string): Promise<RefundLine | null>
  /** As many fresh, time-ordered ids. */
  freshIds(tx: Transaction, count: number): Promise<string[]>
  /**
   * A new payment in the place of another, with what was asked for there; of its own term and money.
   * @returns null when the other has one already
   */
  addSuccessor(tx: Transaction, paymentId: string, lifetimeSeconds: number): Promise<string | null>
  /** What it takes the place of, and what takes its place. */
  linksOf(paymentId: string): Promise<PaymentLinks>
}

export interface PaymentLinks {
  readonly replaces: string | null
  readonly replacedBy: string | null
}
