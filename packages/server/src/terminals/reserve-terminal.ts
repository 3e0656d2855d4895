// Takes a terminal for a payment: core says who is next and which terminal is best, one statement
// claims the first that is still free, all under the payment's lock and the pool's.

import {
  GRANT_LIFE_MS,
  hasHope,
  matchTickets,
  type Payment,
  placeOf,
  planStart,
  rankTerminals,
  rejected,
  type StartRequest,
  type TerminalFacts,
  type Ticket,
  takesMany,
  turnFor,
  type Wanted,
  type Way,
} from '@byfly-pay/core'
import { type ApplyResult, applyInput } from '../payments/apply-input.ts'
import type { Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { PoolView } from '../ports/pool-store.ts'
import type { Transaction } from '../ports/transaction.ts'

export interface QueuePlace {
  readonly position: number
  readonly etaSeconds: number
}

export type ReserveOutcome =
  | Exclude<ApplyResult, { kind: 'rejected' }>
  /** No terminal for this payment yet; it has a ticket. */
  | { readonly kind: 'queued'; readonly place: QueuePlace }
  /** No terminal that could ever come free. */
  | { readonly kind: 'none' }
  | { readonly kind: 'limit_reached' }
  | Extract<ApplyResult, { kind: 'rejected' }>

export interface FoundTerminal {
  readonly kind: 'found'
  readonly terminalId: number
  /** Since it has its ticket; 0 when it never had one. */
  readonly waitedMs: number
}

type TerminalRefusal = Extract<ReserveOutcome, { kind: 'queued' | 'none' | 'limit_reached' }>

export interface ReserveCall {
  readonly paymentId: string
  readonly source: Pick<Source, 'id' | 'countryIso' | 'openAttemptsLimit'>
  readonly system: string
  readonly request: StartRequest
  readonly wanted: Omit<Wanted, 'sourceId' | 'countryIso'>
  /** Runs in the transaction that takes the terminal. */
  readonly onReserved: (tx: Transaction, attemptId: string) => Promise<void>
}

export function reserveTerminal(centre: Centre, call: ReserveCall): Promise<ReserveOutcome> {
  const { paymentId: payment } = call
  return centre.tracer.span('reserve terminal', { payment }, async (span) => {
    const outcome = await reserve(centre, call)
    span.tell({ outcome: outcome.kind })
    // One in the queue is asked for again and again; that it waits shows by the time between.
    if (outcome.kind === 'queued') span.drop()
    return outcome
  })
}

async function reserve(centre: Centre, call: ReserveCall): Promise<ReserveOutcome> {
  // Told by the closure rather than by the door's answer: a ticket is no change of the payment.
  let instead: ReserveOutcome | null = null
  let waitedMs = 0
  const result = await applyInput(
    centre,
    call.paymentId,
    async (tx, locked) => {
      instead = null
      // Another call may have begun meanwhile; then no terminal is wanted any more.
      const plan = planStart(locked.payment, call.request, locked.now)
      if (plan.kind === 'rejected') return plan
      if (plan.kind !== 'start') {
        const { payment } = locked
        instead = { kind: 'unchanged', payment, attempt: plan.attempt }
        return rejected('attempt_in_progress')
      }
      const found = await findTerminal(centre, tx, call, locked)
      if (found.kind === 'found') {
        const { freshId: attemptId } = locked
        waitedMs = found.waitedMs
        return { kind: 'reserve', attemptId, request: call.request, ...takenAs(found) }
      }
      instead = found
      return rejected('terminals_unavailable')
    },
    {
      alsoInTransaction: async (tx, decision) => {
        if (decision.kind !== 'applied' || decision.attempt === null) return
        await centre.storage.pool.dropTicket(tx, call.paymentId)
        await call.onReserved(tx, decision.attempt.id)
      },
    },
  )
  if (result.kind === 'applied') centre.meter.leftQueue(waitedMs)
  return instead ?? result
}

/** What is looked for: a terminal of a system, for a payment or a refund of it. */
export interface TerminalWish
  extends Pick<ReserveCall, 'paymentId' | 'source' | 'system' | 'wanted'> {
  /** Taken before others where it may be: the one that took the money knows it for certain. */
  readonly preferred?: number
}

export interface FoundTerminal {
  readonly kind: 'found'
  readonly terminalId: number
  readonly way: Way
  readonly waitedMs: number
}

/** How it is taken: one that carries many at once is kept from nobody. */
export function takenAs({ terminalId, way }: Pick<FoundTerminal, 'terminalId' | 'way'>) {
  return { terminalId, ...(takesMany(way) ? { isShared: true as const } : {}) }
}

/** A terminal, or why there is none now. */
export async function findTerminal(
  centre: Centre,
  tx: Transaction,
  call: TerminalWish,
  locked: LockedPayment,
): Promise<FoundTerminal | TerminalRefusal> {
  const { pool } = centre.storage
  const { now } = locked
  const view = await pool.lockPool(tx, call.system)
  const open = view.openBySource.get(call.source.id) ?? 0
  const { openAttemptsLimit } = call.source
  if (openAttemptsLimit !== null && open >= openAttemptsLimit) return { kind: 'limit_reached' }
  const wanted = { ...call.wanted, sourceId: call.source.id, countryIso: call.source.countryIso }
  if (!hasHope(view.terminals, wanted, now)) return { kind: 'none' }
  const own = ticketFor(locked.payment, wanted, view.tickets, now)
  const tickets = [...view.tickets.filter(({ paymentId }) => paymentId !== own.paymentId), own]
  const matches = matchTickets(tickets, view.terminals, now)
  const best = rankFor(own, matches, view, now)
  const ranked = best.toSorted(
    (a, b) => Number(b === call.preferred) - Number(a === call.preferred),
  )
  const claimed = ranked.length === 0 ? null : await pool.claimFirstFree(tx, ranked)
  const way = view.terminals.find(({ id }) => id === claimed)?.way
  if (claimed !== null && way !== undefined) {
    return { kind: 'found', terminalId: claimed, way, waitedMs: now - own.enqueuedAtMs }
  }
  await pool.keepTicket(tx, own)
  await pool.grant(tx, newGrants(matches, tickets), GRANT_LIFE_MS)
  const place = placeOf(tickets, own.paymentId, view.terminals, view.timesMs, now)
  return { kind: 'queued', place: place ?? { position: 1, etaSeconds: 0 } }
}

/** The terminal kept for it first, then those kept for nobody; none while none is kept for it. */
function rankFor(
  { paymentId, wanted }: Ticket,
  matches: ReadonlyMap<string, number>,
  { terminals }: PoolView,
  now: number,
): number[] {
  const kept = matches.get(paymentId)
  if (kept === undefined) return []
  const taken = new Set(matches.values())
  const isSpare = ({ id, way }: TerminalFacts) => takesMany(way) || !taken.has(id)
  const spare = rankTerminals(terminals, wanted, now).filter(isSpare)
  return [kept, ...spare.map(({ id }) => id)]
}

/** The caller stands in the queue as it would after this call: alive, any lapsed grant forgotten. */
function ticketFor(
  { id: paymentId }: Payment,
  wanted: Wanted,
  tickets: readonly Ticket[],
  now: number,
): Ticket {
  const own = tickets.find((ticket) => ticket.paymentId === paymentId)
  const grantedUntilMs = own?.grantedUntilMs ?? null
  return {
    paymentId,
    wanted,
    enqueuedAtMs: own?.enqueuedAtMs ?? now,
    turn: own?.turn ?? turnFor(tickets, wanted.sourceId, now),
    lastSeenAtMs: now,
    grantedUntilMs: grantedUntilMs !== null && grantedUntilMs > now ? grantedUntilMs : null,
  }
}

/** A grant runs from when it was first given, so it is written once. */
function newGrants(matches: ReadonlyMap<string, number>, tickets: readonly Ticket[]): string[] {
  return tickets.flatMap(({ grantedUntilMs, paymentId }) =>
    matches.has(paymentId) && grantedUntilMs === null ? paymentId : [],
  )
}
