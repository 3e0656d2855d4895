// The pool of terminals, the queue before it, and the leases over what runs on them.

import type {
  Breaker,
  Health,
  Moment,
  QuarantineReason,
  TerminalFacts,
  Ticket,
  Trial,
} from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface PoolView {
  readonly terminals: readonly TerminalFacts[]
  readonly tickets: readonly Ticket[]
  /** How long operations held terminals lately, as `measureTerminals` found it last. */
  readonly timesMs: readonly number[]
  /** How many attempts each source has open. */
  readonly openBySource: ReadonlyMap<number, number>
}

/** The pool without a lock. */
export interface QueueSight {
  readonly view: PoolView
  /** The database's time. */
  readonly now: Moment
}

/** What a terminal is at work on: taking money, or giving it back. */
export type Purpose = 'payment' | 'refund'

/** An open attempt, or a refund at work, whose watch was taken over. */
export interface LeasedAttempt {
  readonly purpose: Purpose
  /** The refund's id where it is one. */
  readonly attemptId: string
  readonly paymentId: string
  readonly terminalId: number
  readonly fence: bigint
}

/** What one terminal's health and breaker are judged by. */
export interface TerminalTrials {
  readonly terminalId: number
  /** The newest first, of a day. */
  readonly trials: readonly Trial[]
  readonly breaker: Breaker
  readonly nowMs: Moment
}

export interface TerminalMeasure {
  readonly terminalId: number
  readonly health: Health
  readonly timesMs: readonly number[]
}

/** How terminals served, and which of them are suspended until a self-test goes well. */
export interface HealthStore {
  /** Of terminals that were at work within a day. */
  trials(): Promise<TerminalTrials[]>
  /** Writes only what differs. */
  keep(measures: readonly TerminalMeasure[]): Promise<void>
  /** @returns false where somebody was first */
  suspend(terminalId: number, breaker: Extract<Breaker, { kind: 'suspended' }>): Promise<boolean>
  /** Suspended ones whose self-test is due, for this caller alone during `forMs`. */
  claimTests(limit: number, forMs: number): Promise<number[]>
  breakerOf(terminalId: number): Promise<{ readonly breaker: Breaker; readonly nowMs: Moment }>
  /** What a self-test of a suspended terminal came to. */
  keepTested(terminalId: number, breaker: Breaker): Promise<void>
}

export interface PoolStore {
  /** Serialises the pool's decisions among all instances and shows it as it is. */
  lockPool(tx: Transaction, system: string): Promise<PoolView>
  /** The pool while the payment waits in its queue, else null. To be told, never to be decided on. */
  lookAtQueue(paymentId: string, system: string): Promise<QueueSight | null>
  /** Claims the first of the ranked terminals that is still free; null when none is. */
  claimFirstFree(tx: Transaction, ranked: readonly number[]): Promise<number | null>
  /** Writes the payment's ticket, or keeps the one it has alive; a lapsed grant is forgotten. */
  keepTicket(tx: Transaction, ticket: Pick<Ticket, 'paymentId' | 'turn' | 'wanted'>): Promise<void>
  grant(tx: Transaction, paymentIds: readonly string[], forMs: number): Promise<void>
  dropTicket(tx: Transaction, paymentId: string): Promise<void>
  dropDeadTickets(): Promise<number>

  quarantine(terminalId: number, reason: QuarantineReason, forMs: number): Promise<void>
  /** A start was accepted: the terminal is proven idle before it. */
  proveIdle(terminalId: number): Promise<void>
  markOffline(terminalId: number, forMs: number): Promise<void>
  /** It answers again, sooner than was thought. */
  markOnline(terminalId: number): Promise<void>

  /** Extends the leases that `owner` holds; returns those it still holds. */
  renewLeases(owner: string, attemptIds: readonly string[], forMs: number): Promise<string[]>
  /** Takes over open attempts whose lease has run out. */
  takeOver(owner: string, forMs: number, limit: number): Promise<LeasedAttempt[]>
  /** Lets go of everything `owner` holds, so that another instance may take it at once. */
  releaseLeases(owner: string): Promise<void>
  leaseOf(attemptId: string): Promise<LeasedAttempt | null>
  /** Others that the terminal is still asked about by the process id that it has just given to this one. */
  sharingProcess(leased: LeasedAttempt, processId: string): Promise<LeasedAttempt[]>
}

/** Named leases for what runs once among all instances. */
export interface LeaseStore {
  acquire(name: string, owner: string, forMs: number): Promise<boolean>
  /** Before its time; nothing happens when it is another's by now. */
  release(name: string, owner: string): Promise<void>
  now(): Promise<Moment>
}
