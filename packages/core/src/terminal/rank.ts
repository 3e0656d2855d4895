// Which free terminals to try, in which order. Pure; one statement of the storage then claims the
// first of them that is still free.

import type { Presence } from '../payment/attempt.ts'
import type { Moment } from '../time.ts'
import { availabilityOf, type TerminalFacts } from './availability.ts'

export interface Wanted {
  readonly presence: Presence
  /** Terminals that this call has already been refused by. */
  readonly tried: readonly number[]
  /** The one terminal that an `in_person` payment stands before; null for any. */
  readonly terminalId: number | null
}

/** Free terminals, best first: proven ones before probes, then the one that rested longest. */
export function rankTerminals(
  terminals: readonly TerminalFacts[],
  wanted: Wanted,
  now: Moment,
): TerminalFacts[] {
  return terminals
    .filter((terminal) => serves(terminal, wanted) && availabilityOf(terminal, now) === 'free')
    .filter(({ id }) => !wanted.tried.includes(id))
    .sort(
      (a, b) =>
        Number(a.needsProbe) - Number(b.needsProbe) ||
        (a.lastReservedAtMs ?? 0) - (b.lastReservedAtMs ?? 0) ||
        a.id - b.id,
    )
}

/** True when waiting can help: some terminal is only busy, not gone. */
export function hasHope(terminals: readonly TerminalFacts[], wanted: Wanted, now: Moment): boolean {
  return terminals.some((terminal) => {
    if (!serves(terminal, wanted) || wanted.tried.includes(terminal.id)) return false
    const availability = availabilityOf(terminal, now)
    return availability === 'free' || availability === 'busy'
  })
}

function serves(terminal: TerminalFacts, wanted: Wanted): boolean {
  if (wanted.terminalId !== null) return terminal.id === wanted.terminalId
  return terminal.hasCamera || wanted.presence === 'in_person'
}
