// Whether a terminal may take a payment now, and the times of its quarantine. A terminal is busy
// exactly while an attempt holds it; there is no flag beside that to forget.

import { HOUR_MS, MINUTE_MS, type Moment, SECOND_MS } from '../time.ts'
import type { Way } from './way.ts'

/** After a lost start, or an operation that is not ours, for this long (protocol, rule 3). */
export const QUARANTINE_MS = 300 * SECOND_MS

/** How often a terminal in quarantine is looked at again while its camera still shows a QR. */
export const QUARANTINE_EXTENSION_MS = 30 * SECOND_MS

export interface TerminalFacts {
  readonly id: number
  /** How it takes money: a device on a desk, or the bank's own server. */
  readonly way: Way
  readonly isActive: boolean
  /** Staff keeps it out of the pool for a while: to mend it, to test it. */
  readonly isTakenOut: boolean
  /** False for a terminal in front of which no camera looks; it only takes `in_person`. */
  readonly hasCamera: boolean
  /** An attempt holds it, or as many as it carries at once. */
  readonly isHeld: boolean
  /** Nobody can speak to it before a person has acted: it must be registered, or its certificate looked at. */
  readonly needsMending: boolean
  /** Until when it is kept out of the pool; null when it is not. */
  readonly quarantinedUntilMs: Moment | null
  /** Its next start is the probe that shows whether it is idle (protocol, rule 3). */
  readonly needsProbe: boolean
  /** Until when it is passed over because it could not be reached. */
  readonly offlineUntilMs: Moment | null
  readonly lastReservedAtMs: Moment | null
  /** Its breaker took it out of the pool until a self-test goes well (breaker.ts). */
  readonly isSuspended: boolean
  /** 0 to 100, by how it served lately (health.ts). */
  readonly health: number
  /** Whose payments alone it takes; null when anybody's. */
  readonly reservedFor: Reservation | null
}

/** For these sources and for every source of this country, and for nobody else. */
export interface Reservation {
  readonly sourceIds: readonly number[]
  /** ISO 3166-1 alpha-2; null when only sources are named. */
  readonly countryIso: string | null
}

export const AVAILABILITIES = [
  'free',
  'busy',
  'taken_out',
  'error',
  'quarantined',
  'suspended',
  'offline',
  'disabled',
] as const
export type Availability = (typeof AVAILABILITIES)[number]

export function availabilityOf(terminal: TerminalFacts, now: Moment): Availability {
  if (!terminal.isActive) return 'disabled'
  if (terminal.isHeld) return 'busy'
  if (terminal.isTakenOut) return 'taken_out'
  if (terminal.needsMending) return 'error'
  if (isQuarantined(terminal, now)) return 'quarantined'
  if (terminal.isSuspended) return 'suspended'
  if (terminal.offlineUntilMs !== null && terminal.offlineUntilMs > now) return 'offline'
  return 'free'
}

export function isQuarantined(
  { quarantinedUntilMs }: Pick<TerminalFacts, 'quarantinedUntilMs'>,
  now: Moment,
): boolean {
  return quarantinedUntilMs !== null && quarantinedUntilMs > now
}

/**
 * When an attempt whose result is unknown is asked again: at least 10 s apart, then every minute,
 * every 5 minutes, every hour; never given up by a timer (S6).
 */
export function nextCheckAfterMs(unknownForMs: number): number {
  if (unknownForMs < 5 * MINUTE_MS) return 10 * SECOND_MS
  if (unknownForMs < HOUR_MS) return MINUTE_MS
  if (unknownForMs < 6 * HOUR_MS) return 5 * MINUTE_MS
  return HOUR_MS
}
