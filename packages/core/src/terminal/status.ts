// What staff is told of a terminal, in one word each for a list and for a look at the device itself
// (T6).

import type { AttemptStateKind } from '../payment/attempt.ts'
import type { Moment } from '../time.ts'
import {
  type Availability,
  availabilityOf,
  isQuarantined,
  type TerminalFacts,
} from './availability.ts'

export const TERMINAL_STATUSES = ['online', 'busy', 'offline', 'error', 'quarantined'] as const
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number]

/** State of the attempt that holds a terminal; null when none does. */
export type Holder = AttemptStateKind | null

/** What a look at the device came to: it is well, something is wrong, or nobody answered. */
export type Answer = 'well' | 'wrong' | 'silent'

/**
 * A terminal whose operation nobody can tell the end of is in quarantine, and not merely at work
 * (S6, S6a).
 */
export function isInDoubt(holder: Holder): boolean {
  return holder === 'lost' || holder === 'unknown'
}

/** As the pool sees it, but for an operation in doubt. */
export function standingOf(terminal: TerminalFacts, holder: Holder, now: Moment): Availability {
  const availability = availabilityOf(terminal, now)
  return availability === 'busy' && isInDoubt(holder) ? 'quarantined' : availability
}

/** Of the device itself, whether or not staff lets it take payments. */
export function statusOfTerminal(
  terminal: TerminalFacts,
  holder: Holder,
  answer: Answer,
  now: Moment,
): TerminalStatus {
  if (holder !== null) return isInDoubt(holder) ? 'quarantined' : 'busy'
  if (terminal.needsMending || answer === 'wrong') return 'error'
  if (isQuarantined(terminal, now)) return 'quarantined'
  return answer === 'silent' ? 'offline' : 'online'
}
