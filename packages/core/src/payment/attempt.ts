// One try to take money on one terminal: its states, and which of them hold the terminal or the
// payment. Nothing but these predicates may decide whether something is busy.

import type { CommissionMode } from '../commission.ts'
import type { NoMoneyReason, Phase, StartRefusal } from '../provider/observation.ts'
import type { Moment } from '../time.ts'

/** What was asked for when the attempt began; never changes. */
export interface Quote {
  /** Code of the chosen payment method. */
  readonly method: string
  readonly mode: CommissionMode
  readonly rateBp: number
  readonly stepTiyn: bigint
  /** What the terminal was asked to take. */
  readonly chargeTiyn: bigint
  /** How much of the original that charge pays when the chosen product is used. */
  readonly originalTiyn: bigint
  /** The rates of the provider's methods at that moment, by code (M11). */
  readonly rates: Readonly<Record<string, number>>
}

/** `in_person`: the customer stands before the terminal, no camera takes part (S9a). */
export type Presence = 'remote' | 'in_person'

export type HoldReason =
  | 'sum_unreadable'
  | 'possible_duplicate'
  | 'start_lost_in_person'
  | 'process_forgotten'

export type AttemptState =
  /** A terminal is taken, nothing was called. */
  | { readonly kind: 'reserved' }
  /** The start call may have been sent. */
  | { readonly kind: 'calling' }
  | { readonly kind: 'live'; readonly phase: Phase; readonly sinceMs: Moment }
  /** The process is known, its result cannot be learned yet (S6). */
  | { readonly kind: 'unknown'; readonly sinceMs: Moment }
  /** Called, and no process id came back (S6a). */
  | { readonly kind: 'lost'; readonly sinceMs: Moment }
  /** A lost start whose process id was learned late: watched, but its QR is never given out. */
  | { readonly kind: 'stray'; readonly phase: Phase; readonly sinceMs: Moment }
  /** Money moved, or may have, in a way that only a person can book (S6b). */
  | { readonly kind: 'held'; readonly reason: HoldReason }
  | { readonly kind: 'released' }
  | { readonly kind: 'refused'; readonly reason: StartRefusal }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly reason: NoMoneyReason | 'resolved_by_operator' }
  | { readonly kind: 'abandoned' }

export type AttemptStateKind = AttemptState['kind']

export const ATTEMPT_STATES: readonly AttemptStateKind[] = [
  'reserved',
  'calling',
  'live',
  'unknown',
  'lost',
  'stray',
  'held',
  'released',
  'refused',
  'succeeded',
  'failed',
  'abandoned',
]

/** The QR of an attempt as the camera read it, and the same token as a phone's link. */
export interface Qr {
  readonly text: string
  readonly url: string
  /** When the terminal will have given up waiting for a scan. */
  readonly expiresAtMs: Moment
}

export interface Attempt {
  readonly id: string
  readonly terminalId: number
  readonly presence: Presence
  readonly quote: Quote
  readonly state: AttemptState
  readonly processId: string | null
  /**
   * The terminal did not know the process once. A device that was reset gives the same id to another
   * operation, so a final word about it is for a person to weigh (S6b).
   */
  readonly forgotten: boolean
  readonly qr: Qr | null
  /** The terminal was asked, or is to be asked, to stop; best effort, it has the last word. */
  readonly stopRequested: boolean
  /**
   * False when its terminal may have been given to others before its process was learned of, and always
   * where one carries many at once.
   */
  readonly holdsTerminal: boolean
  /** When its start was lost, for the limit of S6a; null when it never was. */
  readonly lostAtMs: Moment | null
}

/** What a state stands for; the compiler asks for every state, so that no new one is forgotten. */
interface Standing {
  /** Something about it is still to be learned or done. */
  readonly open: boolean
  /** The terminal may be carrying it, or is reserved for it. */
  readonly terminal: boolean
  /** No other start of the payment while it stands. */
  readonly payment: boolean
  /** There is a process to ask the terminal about. */
  readonly watched: boolean
}

const CLOSED: Standing = { open: false, terminal: false, payment: false, watched: false }

const STANDINGS: Readonly<Record<AttemptStateKind, Standing>> = {
  reserved: { open: true, terminal: true, payment: true, watched: false },
  calling: { open: true, terminal: true, payment: true, watched: false },
  live: { open: true, terminal: true, payment: true, watched: true },
  unknown: { open: true, terminal: true, payment: true, watched: true },
  lost: { open: true, terminal: true, payment: false, watched: false },
  stray: { open: true, terminal: true, payment: false, watched: true },
  held: { open: true, terminal: false, payment: true, watched: false },
  released: CLOSED,
  refused: CLOSED,
  succeeded: CLOSED,
  failed: CLOSED,
  abandoned: CLOSED,
}

/** True while the terminal may be carrying this operation, or is reserved for it (I1). */
export function occupiesTerminal({ state, holdsTerminal }: Attempt): boolean {
  return STANDINGS[state.kind].terminal && holdsTerminal
}

/** True while the payment may not start another attempt; a lost one does not count (S6a). */
export function occupiesPayment({ state }: Attempt): boolean {
  return STANDINGS[state.kind].payment
}

/**
 * True for the one attempt of a payment that may be at work on a terminal (I2). A held one is not: its
 * terminal is free, and a stray that comes to be held may stand beside the attempt at work.
 */
export function isAtWork({ state }: Attempt): boolean {
  return STANDINGS[state.kind].payment && STANDINGS[state.kind].terminal
}

/** True while something about this attempt is still to be learned or done. */
export function isOpen({ state }: Attempt): boolean {
  return STANDINGS[state.kind].open
}

/** True when there is a process to ask the terminal about. */
export function isWatched({ state }: Attempt): boolean {
  return STANDINGS[state.kind].watched
}

/** A reserved attempt was never called, so it simply ends; any other is asked to stop and watched. */
export function stopped(attempt: Attempt): Attempt {
  if (attempt.state.kind === 'reserved') return { ...attempt, state: { kind: 'released' } }
  return isOpen(attempt) ? { ...attempt, stopRequested: true } : attempt
}
