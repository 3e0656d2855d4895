// Money on its way back to a customer (M15): one refund is one operation on a terminal, for one capture.
// Nothing but the predicates here may decide whether a refund holds its sum, its terminal or its payment.

import type { Qr } from '../payment/attempt.ts'
import type { NoMoneyReason, Phase } from '../provider/observation.ts'
import type { Moment } from '../time.ts'

/**
 * Who bears the commission of what is given back. `source`: the customer gets the gross, the source owes
 * all of it. `customer`: the commission is kept. `centre`: the charged commission is given up.
 */
export const COMMISSION_BEARERS = ['source', 'customer', 'centre'] as const
export type CommissionBearer = (typeof COMMISSION_BEARERS)[number]

export const REFUND_REASONS = [
  'customer_request',
  'service_cancelled',
  'duplicate_payment',
  'overpaid',
  'late_money',
  'pay_again',
  'other',
] as const
export type RefundReason = (typeof REFUND_REASONS)[number]

export type RefundHoldReason =
  | 'start_lost'
  | 'sum_unreadable'
  | 'sum_too_large'
  | 'process_forgotten'

export type RefundFailure =
  | NoMoneyReason
  | 'resolved_by_operator'
  /** A person had said so; then its process was learned, and its sum had been asked back by another. */
  | 'found_late'

export type RefundState =
  /** Above the sum that one person may give back. */
  | { readonly kind: 'awaiting_approval' }
  /** May be started as soon as the customer is there to scan. */
  | { readonly kind: 'approved' }
  /** A terminal is taken, nothing was called. */
  | { readonly kind: 'reserved' }
  /** The refund call may have been sent. */
  | { readonly kind: 'calling' }
  | { readonly kind: 'live'; readonly phase: Phase; readonly sinceMs: Moment }
  /** The process is known, its result cannot be learned yet. */
  | { readonly kind: 'unknown'; readonly sinceMs: Moment }
  /** Called, and no process id came back: it is never started again (M15). */
  | { readonly kind: 'lost'; readonly sinceMs: Moment }
  /** Its terminal is free, and only a person can tell what became of it. */
  | { readonly kind: 'held'; readonly reason: RefundHoldReason }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly reason: RefundFailure }
  /** The second person said no. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'cancelled' }

export type RefundStateKind = RefundState['kind']

/** What a state stands for; the compiler asks for every state. */
interface Standing {
  /** Its sum may not be given back a second time. */
  readonly holdsSum: boolean
  readonly terminal: boolean
  /** No other operation of its payment while it stands. */
  readonly atWork: boolean
  /** There is something for a watcher to do. */
  readonly watched: boolean
}

const DEAD: Standing = { holdsSum: false, terminal: false, atWork: false, watched: false }
const RESTING: Standing = { ...DEAD, holdsSum: true }
const ON_TERMINAL: Standing = { holdsSum: true, terminal: true, atWork: true, watched: true }

const STANDINGS: Readonly<Record<RefundStateKind, Standing>> = {
  awaiting_approval: RESTING,
  approved: RESTING,
  reserved: ON_TERMINAL,
  calling: ON_TERMINAL,
  live: ON_TERMINAL,
  unknown: ON_TERMINAL,
  // Nobody was given its QR, so another refund of the payment may go on meanwhile.
  lost: { ...ON_TERMINAL, atWork: false },
  held: RESTING,
  succeeded: RESTING,
  failed: DEAD,
  declined: DEAD,
  cancelled: DEAD,
}

export const REFUND_STATES = Object.keys(STANDINGS) as readonly RefundStateKind[]

/** Who asked or approved: for the rule of the second person, and by name for people. */
export interface Party {
  /** `admin:7`, `source:3`, `cli:root`. */
  readonly id: string
  readonly name: string
}

/** Each try begins at a fencing number of its own, so that no watcher of an earlier one can speak for it. */
export const FENCES_PER_TRY = 1_000_000n

/** The fencing number with which a refund's newest try begins. */
export function firstFenceOf({ tries }: Pick<Refund, 'tries'>): bigint {
  return BigInt(tries) * FENCES_PER_TRY
}

export interface Refund {
  readonly id: string
  /** The attempt whose capture is given back. */
  readonly attemptId: string
  /** What the terminal is asked to give back; once it has, what it reported. Tiyn, gross. */
  readonly amountTiyn: bigint
  /** How much of the source's credit goes with it. */
  readonly creditTiyn: bigint
  /** How much of it was overpaid: that part goes first (M15). */
  readonly overpaidTiyn: bigint
  readonly bearer: CommissionBearer
  readonly reason: RefundReason
  /** In the words of whoever asked; null without any. */
  readonly note: string | null
  readonly requestedBy: Party
  readonly approvedBy: Party | null
  readonly state: RefundState
  /** Of the newest try. */
  readonly terminalId: number | null
  readonly processId: string | null
  /** Of the newest try: the terminal did not know its process once, as with attempts. */
  readonly forgotten: boolean
  readonly qr: Qr | null
  /** The terminal was asked, or is to be asked, to stop; it has the last word. */
  readonly stopRequested: boolean
  /** As with attempts: false too where one carries many at once. */
  readonly holdsTerminal: boolean
  /** How often a terminal was reserved for it. */
  readonly tries: number
}

/** Requested, running, unknown or done: all of that counts against the capture (M15). */
export function holdsSum({ state }: Refund): boolean {
  return STANDINGS[state.kind].holdsSum
}

export function refundOccupiesTerminal({ state, holdsTerminal }: Refund): boolean {
  return STANDINGS[state.kind].terminal && holdsTerminal
}

export function isRefundAtWork({ state }: Refund): boolean {
  return STANDINGS[state.kind].atWork
}

/** True while a watcher, by its lease, has to see it to its end. */
export function isRefundWatched({ state }: Refund): boolean {
  return STANDINGS[state.kind].watched
}

/** Nobody knows what became of it; a person is asked. */
export function isRefundUnclear({ state }: Refund): boolean {
  switch (state.kind) {
    case 'unknown':
    case 'lost':
    case 'held':
      return true
    default:
      return state.kind === 'failed' && state.reason === 'found_late'
  }
}

/** Neither done nor given up. */
export function isRefundOpen(refund: Refund): boolean {
  return holdsSum(refund) && refund.state.kind !== 'succeeded'
}
