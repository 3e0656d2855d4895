// Queues for tests of the pool: a ticket is named after its source, `a1` and `a2` are of the source `a`.
// Nothing outside tests imports this.

import type { TerminalFacts } from '../terminal/availability.ts'
import { type Ticket, turnFor } from '../terminal/queue.ts'
import type { Wanted } from '../terminal/rank.ts'
import { terminalFacts } from './terminals.ts'

const NOW = 1_700_000_000_000

export function wantedBy(name: string): Wanted {
  const sourceId = name.charCodeAt(0)
  return {
    presence: 'remote',
    route: 'terminals_first',
    tried: [],
    terminalId: null,
    countryIso: 'KZ',
    sourceId,
  }
}

export function free(count: number): TerminalFacts[] {
  return Array.from({ length: count }, (_, n) => terminalFacts({ id: n + 1 }))
}

export function busy(count: number): TerminalFacts[] {
  return free(count).map((terminal) => ({ ...terminal, isHeld: true, lastReservedAtMs: NOW }))
}

/** A ticket of source `a`, `b`, …: named after it, in the order of joining. */
export function ticket(name: string, joined: number, changes: Partial<Ticket> = {}): Ticket {
  return {
    paymentId: name,
    wanted: wantedBy(name),
    enqueuedAtMs: NOW - 1_000 + joined,
    turn: 0,
    lastSeenAtMs: NOW,
    grantedUntilMs: null,
    ...changes,
  }
}

export function join(tickets: readonly Ticket[], name: string, joined: number): Ticket[] {
  const turn = turnFor(tickets, name.charCodeAt(0), NOW)
  return [...tickets, ticket(name, joined, { turn })]
}

export function queueOf(...names: string[]): Ticket[] {
  return names.reduce<Ticket[]>((tickets, name, index) => join(tickets, name, index), [])
}
