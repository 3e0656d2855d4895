// The queue for a terminal (S8): one ticket per payment, round robin between sources, first come
// first served inside one. A freed terminal is granted to the head for 10 s; who does not come for it
// keeps the place but is passed over.

import { type Moment, SECOND_MS } from '../time.ts'
import { availabilityOf, type TerminalFacts } from './availability.ts'
import { type Occupation, type WaitOf, waitsFor } from './estimate.ts'
import { rankTerminals, serves, type Wanted } from './rank.ts'
import { takesMany } from './way.ts'

/** A ticket is kept this long after the last call for its payment. */
export const TICKET_LIFE_MS = 60 * SECOND_MS

/** How long a grant waits for a live call. */
export const GRANT_LIFE_MS = 10 * SECOND_MS

export interface Ticket {
  readonly paymentId: string
  readonly wanted: Wanted
  readonly enqueuedAtMs: Moment
  /**
   * Its round, given by `turnFor` when it joined and kept with it: counted anew from who still waits,
   * rounds would forget who was served, and the longest queue would go first.
   */
  readonly turn: number
  readonly lastSeenAtMs: Moment
  /** Until when a free terminal is kept for it; in the past when nobody came for it; null before. */
  readonly grantedUntilMs: Moment | null
}

export function isAlive(ticket: Ticket, now: Moment): boolean {
  return now - ticket.lastSeenAtMs <= TICKET_LIFE_MS
}

/**
 * The round in which a new ticket of `sourceId` is served: after its source's own tickets, and not
 * before the round that is being served now, so that a source which was away saves up no turns.
 */
export function turnFor(tickets: readonly Ticket[], sourceId: number, now: Moment): number {
  const waiting = tickets.filter((ticket) => isAlive(ticket, now) && !isLapsed(ticket, now))
  const rounds = waiting.map(({ turn }) => turn)
  const own = tickets
    .filter((ticket) => isAlive(ticket, now) && ticket.wanted.sourceId === sourceId)
    .map(({ turn }) => turn + 1)
  return Math.max(rounds.length === 0 ? 0 : Math.min(...rounds), ...own)
}

/** Living tickets in the order of service: a round is one ticket of every source that waits. */
export function orderTickets(tickets: readonly Ticket[], now: Moment): Ticket[] {
  return tickets
    .filter((ticket) => isAlive(ticket, now))
    .sort(
      (a, b) =>
        a.turn - b.turn || a.enqueuedAtMs - b.enqueuedAtMs || (a.paymentId < b.paymentId ? -1 : 1),
    )
}

/** A terminal was kept for it and nobody came; its next call makes the ticket good again. */
function isLapsed({ grantedUntilMs }: Ticket, now: Moment): boolean {
  return grantedUntilMs !== null && grantedUntilMs <= now
}

/**
 * For which payment each free terminal is kept now: in the order of service everybody has the best that
 * they can use and nobody before them has; those whose grant has lapsed are passed over.
 */
export function matchTickets(
  tickets: readonly Ticket[],
  terminals: readonly TerminalFacts[],
  now: Moment,
): ReadonlyMap<string, number> {
  let free = terminals.filter((terminal) => availabilityOf(terminal, now) === 'free')
  const matches = new Map<string, number>()
  for (const ticket of orderTickets(tickets, now)) {
    if (free.length === 0) break
    if (isLapsed(ticket, now)) continue
    const [best] = rankTerminals(free, ticket.wanted, now)
    if (best === undefined) continue
    matches.set(ticket.paymentId, best.id)
    if (!takesMany(best.way)) free = free.filter(({ id }) => id !== best.id)
  }
  return matches
}

export interface Place {
  /** 1 is the next to be served, of those who wait for the same terminals. */
  readonly position: number
  readonly etaSeconds: number
}

/** `times`: how long operations held terminals lately, in ms. Null for who does not wait. */
export function placeOf(
  tickets: readonly Ticket[],
  paymentId: string,
  terminals: readonly TerminalFacts[],
  times: readonly number[],
  now: Moment,
): Place | null {
  const line = orderTickets(tickets, now)
  const index = line.findIndex((ticket) => ticket.paymentId === paymentId)
  const own = line[index]
  if (own === undefined) return null
  const usable = terminals.filter((terminal) => serves(terminal, own.wanted))
  const before = line
    .slice(0, index)
    .filter(({ wanted }) => usable.some((terminal) => serves(terminal, wanted)))
  const place = 1 + before.filter((ticket) => !isLapsed(ticket, now)).length
  const occupations = usable.flatMap((terminal) => occupationOf(terminal, now) ?? [])
  const waitOf = waitsFor(occupations, times, now)
  const waitMs = waitOf === null ? place * HOPELESS_MS : waitAmong(line, own, place, waitOf, now)
  return { position: before.length + 1, etaSeconds: Math.ceil(waitMs / SECOND_MS) }
}

export interface Line {
  /** Who waits for a terminal now. */
  readonly waiting: number
  /** How long one who comes now would wait, free to take any; null while no terminal is at work. */
  readonly etaSeconds: number | null
}

/** The queue as a newcomer before no particular terminal would find it. */
export function lineOf(
  tickets: readonly Ticket[],
  terminals: readonly TerminalFacts[],
  times: readonly number[],
  now: Moment,
): Line {
  const waiting = orderTickets(tickets, now)
  const usable = terminals.filter(
    ({ hasCamera, reservedFor, way }) => way === 'terminal' && hasCamera && reservedFor === null,
  )
  const before = waiting.filter((ticket) => !isLapsed(ticket, now)).length
  const occupations = usable.flatMap((terminal) => occupationOf(terminal, now) ?? [])
  const waitOf = waitsFor(occupations, times, now)
  return {
    waiting: waiting.length,
    etaSeconds: waitOf === null ? null : Math.ceil(waitOf(before + 1) / SECOND_MS),
  }
}

/** Others who will come meanwhile and be served before, since sources take turns, count too. */
function waitAmong(
  line: readonly Ticket[],
  own: Ticket,
  place: number,
  waitOf: WaitOf,
  now: Moment,
): number {
  const rivals = rivalsOf(line, own, now)
  let waitMs = waitOf(place)
  for (let round = 0; round < ROUNDS && rivals.length > 0; round += 1) {
    const overtaking = rivals.map(({ perMs, room }) => Math.min(room, perMs * waitMs))
    waitMs = waitOf(place + overtaking.reduce((sum, count) => sum + count, 0))
  }
  return waitMs
}

/** The wait and the number of those who come during it hang on each other; this often is near enough. */
const ROUNDS = 4

interface Rival {
  /** How many of its payments come in a millisecond, as its queue has grown so far. */
  readonly perMs: number
  /** How many more of them would have an earlier turn. */
  readonly room: number
}

function rivalsOf(line: readonly Ticket[], own: Ticket, now: Moment): Rival[] {
  const sources = new Set(line.map(({ wanted }) => wanted.sourceId))
  sources.delete(own.wanted.sourceId)
  return [...sources].map((sourceId) => {
    const theirs = line.filter(({ wanted }) => wanted.sourceId === sourceId)
    const sinceMs = now - Math.min(...theirs.map(({ enqueuedAtMs }) => enqueuedAtMs))
    const last = Math.max(...theirs.map(({ turn }) => turn))
    return {
      perMs: sinceMs > 0 ? theirs.length / sinceMs : 0,
      room: Math.max(0, own.turn - 1 - last),
    }
  })
}

/** What is said a place while no terminal is at work: about an operation. */
const HOPELESS_MS = 60 * SECOND_MS

/** Null for a terminal that nobody can tell the return of. */
function occupationOf(terminal: TerminalFacts, now: Moment): Occupation | null {
  const availability = availabilityOf(terminal, now)
  switch (availability) {
    case 'free':
      return { kind: 'free_at', atMs: now }
    case 'busy':
      return { kind: 'held_since', sinceMs: terminal.lastReservedAtMs ?? now }
    case 'quarantined':
      return { kind: 'free_at', atMs: terminal.quarantinedUntilMs ?? now }
    case 'taken_out':
    case 'error':
    case 'suspended':
    case 'offline':
    case 'disabled':
      return null
  }
}
