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
  readonly lastSeenAtMs: Moment
  /** Until when a free terminal is kept for it; in the past when nobody came for it; null before. */
  readonly grantedUntilMs: Moment | null
}

export function isAlive(ticket: Ticket, now: Moment): boolean {
  return now - ticket.lastSeenAtMs <= TICKET_LIFE_MS
}

/** Living tickets in the order of service: every source's first, then every source's second, … */
export function orderTickets(tickets: readonly Ticket[], now: Moment): Ticket[] {
  const turns = new Map<number, number>()
  return tickets
    .filter((ticket) => isAlive(ticket, now))
    .sort((a, b) => a.enqueuedAtMs - b.enqueuedAtMs || (a.paymentId < b.paymentId ? -1 : 1))
    .map((ticket) => {
      const turn = turns.get(ticket.sourceId) ?? 0
      turns.set(ticket.sourceId, turn + 1)
      return { ticket, turn }
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ ticket }) => ticket)
}

/** The payments for whom the `free` terminals are now: the first tickets whose grant has not lapsed. */
export function grantsOf(tickets: readonly Ticket[], free: number, now: Moment): string[] {
  return orderTickets(tickets, now)
    .filter(({ grantedUntilMs }) => grantedUntilMs === null || grantedUntilMs > now)
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
