// The queue for a terminal (S8): one ticket per payment, round robin between sources, first come
// first served inside one. A freed terminal is granted to the head for 10 s; who does not come for it
// keeps the place but is passed over.

import { type Moment, SECOND_MS } from '../time.ts'

/** A ticket is kept this long after the last call for its payment. */
export const TICKET_LIFE_MS = 60 * SECOND_MS

/** How long a grant waits for a live call. */
export const GRANT_LIFE_MS = 10 * SECOND_MS

/** The usual time of one operation, until the pool has figures of its own. */
export const TYPICAL_OPERATION_MS = 60 * SECOND_MS

export interface Ticket {
  readonly paymentId: string
  readonly sourceId: number
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
    .filter((ticket) => isAlive(ticket, now) && ticket.sourceId === sourceId)
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

/** The payments for whom the `free` terminals are now: the first tickets whose grant has not lapsed. */
export function grantsOf(tickets: readonly Ticket[], free: number, now: Moment): string[] {
  return orderTickets(tickets, now)
    .filter((ticket) => !isLapsed(ticket, now))
    .slice(0, free)
    .map(({ paymentId }) => paymentId)
}

export interface Place {
  /** 1 is the next to be served. */
  readonly position: number
  readonly etaSeconds: number
}

export function placeOf(
  tickets: readonly Ticket[],
  paymentId: string,
  terminals: number,
  operationMs: number,
  now: Moment,
): Place | null {
  const index = orderTickets(tickets, now).findIndex((ticket) => ticket.paymentId === paymentId)
  if (index < 0) return null
  const rounds = Math.ceil((index + 1) / Math.max(terminals, 1))
  return { position: index + 1, etaSeconds: Math.ceil((rounds * operationMs) / SECOND_MS) }
}
