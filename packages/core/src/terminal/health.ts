// How well a terminal has served lately, from what became of its last attempts. Pure; it says nothing of
// whether the terminal may be used now, which is availability.ts and breaker.ts.

import type { AttemptStateKind } from '../payment/attempt.ts'
import type { StartRefusal } from '../provider/observation.ts'
import { HOUR_MS, type Moment, SECOND_MS } from '../time.ts'

/** How many of its last attempts are looked at. */
export const TRIALS_LIMIT = 20

/** What is older says nothing of how it is now. */
export const TRIALS_AGE_MS = HOUR_MS

/** An attempt on a terminal that is over, or whose start is. */
export interface Trial {
  readonly state: AttemptStateKind
  /** Of a refused start; null otherwise. */
  readonly refusal: StartRefusal | null
  readonly startedAtMs: Moment
  /** From taking the terminal to its accepting the start; null when it never did. */
  readonly startMs: number | null
  /** From taking the terminal to letting it go; null while it is held. */
  readonly heldMs: number | null
  /** A camera had to read a QR and had the time to: nobody cancelled before it could. */
  readonly wasQrWanted: boolean
  readonly wasQrRead: boolean
}

export type Fault = 'not_connected' | 'start_refused' | 'start_lost' | 'qr_unread'

/** What the terminal or its camera did wrong; null when it served, whether or not anybody paid. */
export function faultOf({ refusal, startMs, state, wasQrRead, wasQrWanted }: Trial): Fault | null {
  if (state === 'lost' || state === 'stray' || state === 'abandoned') return 'start_lost'
  if (state === 'refused') return refusal === null ? 'start_refused' : FAULTS[refusal]
  if (startMs === null) return null
  return wasQrWanted && !wasQrRead ? 'qr_unread' : null
}

/** A sum or a method that a terminal does not take is no fault of its own; nor is another's operation. */
const FAULTS: Readonly<Record<StartRefusal, Fault | null>> = {
  not_connected: 'not_connected',
  no_internet: 'start_refused',
  payments_blocked: 'start_refused',
  not_registered: 'start_refused',
  access_denied: 'start_refused',
  method_not_supported: null,
  bad_request: null,
  terminal_busy: null,
  // Of a refund: the purchase is another's or too old, whatever this terminal is like.
  purchase_not_found: null,
  refund_not_allowed: null,
}

export interface Health {
  /** 0 to 100; 100 for one of which nothing is known. */
  readonly score: number
  readonly trials: number
  readonly faults: number
  /** The usual time of a start; null before there was one. */
  readonly startMs: number | null
  /** Of the QRs that were wanted, how many were read: 0 to 1; null when none was wanted. */
  readonly qrShare: number | null
}

/** Successes that a terminal is trusted for in advance, so that one fault does not condemn it. */
const TRUST = 4
const GOOD_START_MS = 3 * SECOND_MS
const BAD_START_MS = 12 * SECOND_MS
/** A slow terminal still takes money: slowness alone never costs more than half. */
const SLOWEST_SHARE = 0.5

/** Each of success, camera and speed is a share of 1; together they are the score. */
export function healthOf(trials: readonly Trial[], now: Moment): Health {
  const lately = trials.filter(({ startedAtMs }) => now - startedAtMs <= TRIALS_AGE_MS)
  const faults = lately.map(faultOf).filter((fault) => fault !== null)
  const unread = faults.filter((fault) => fault === 'qr_unread').length
  const wanted = lately.filter(({ startMs, wasQrWanted }) => wasQrWanted && startMs !== null).length
  const startMs = medianOf(lately.flatMap((trial) => trial.startMs ?? []))
  const success = trusted(lately.length - (faults.length - unread), lately.length)
  const camera = trusted(wanted - unread, wanted)
  return {
    score: Math.round(100 * success * camera * speedShare(startMs)),
    trials: lately.length,
    faults: faults.length,
    startMs,
    qrShare: wanted === 0 ? null : (wanted - unread) / wanted,
  }
}

function trusted(good: number, all: number): number {
  return (good + TRUST) / (all + TRUST)
}

function speedShare(startMs: number | null): number {
  if (startMs === null) return 1
  const slowness = (startMs - GOOD_START_MS) / (BAD_START_MS - GOOD_START_MS)
  return 1 - (1 - SLOWEST_SHARE) * Math.min(Math.max(slowness, 0), 1)
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}

/** Terminals of one class take turns; those of a worse one are taken when no better is free. */
export type HealthClass = 0 | 1 | 2

export function healthClassOf(score: number): HealthClass {
  if (score >= 80) return 0
  return score >= 50 ? 1 : 2
}
