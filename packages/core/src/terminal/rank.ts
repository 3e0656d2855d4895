// Which free terminals to try, in which order. Pure; one statement of the storage then claims the
// first of them that is still free.

import type { Presence } from '../payment/attempt.ts'
import type { Moment } from '../time.ts'
import { availabilityOf, type TerminalFacts } from './availability.ts'
import { healthClassOf } from './health.ts'
import { leadsBy, type Route } from './way.ts'

export interface Wanted {
  readonly presence: Presence
  /** Which ways the money may go. */
  readonly route: Route
  /** Terminals that this call has already been refused by. */
  readonly tried: readonly number[]
  /** The one terminal that an `in_person` payment stands before; null for any. */
  readonly terminalId: number | null
  /** Who takes the money, since terminals may be reserved for some. */
  readonly sourceId: number
  /** The source's country, ISO 3166-1 alpha-2. */
  readonly countryIso: string
}

/**
 * Free terminals, best first: devices before the bank's own server, proven ones before probes, healthy ones before ailing, those reserved for
 * the asker before those that everybody may need, then the one that rested longest.
 */
export function rankTerminals(
  terminals: readonly TerminalFacts[],
  wanted: Wanted,
  now: Moment,
): TerminalFacts[] {
  return terminals
    .filter((terminal) => serves(terminal, wanted) && availabilityOf(terminal, now) === 'free')
    .sort(
      (a, b) =>
        Number(a.way !== 'terminal') - Number(b.way !== 'terminal') ||
        Number(a.needsProbe) - Number(b.needsProbe) ||
        healthClassOf(a.health) - healthClassOf(b.health) ||
        Number(a.reservedFor === null) - Number(b.reservedFor === null) ||
        (a.lastReservedAtMs ?? 0) - (b.lastReservedAtMs ?? 0) ||
        a.id - b.id,
    )
}

/** True when waiting can help: some terminal is only busy, not gone. */
export function hasHope(terminals: readonly TerminalFacts[], wanted: Wanted, now: Moment): boolean {
  return terminals.some((terminal) => {
    if (!serves(terminal, wanted)) return false
    const availability = availabilityOf(terminal, now)
    return availability === 'free' || availability === 'busy'
  })
}

/** Whether it could ever take this payment, free or not. */
export function serves(terminal: TerminalFacts, wanted: Wanted): boolean {
  if (wanted.tried.includes(terminal.id) || !isOpenTo(terminal, wanted)) return false
  if (!leadsBy(wanted.route, terminal.way)) return false
  // It has no screen to stand before, and needs no camera: its QR comes with its answer.
  const isBank = terminal.way === 'qr_api'
  if (isBank && wanted.presence === 'in_person') return false
  if (wanted.terminalId !== null) return terminal.id === wanted.terminalId
  return isBank || terminal.hasCamera || wanted.presence === 'in_person'
}

function isOpenTo(
  { reservedFor }: TerminalFacts,
  { countryIso, sourceId }: Pick<Wanted, 'countryIso' | 'sourceId'>,
): boolean {
  if (reservedFor === null) return true
  return reservedFor.sourceIds.includes(sourceId) || reservedFor.countryIso === countryIso
}
