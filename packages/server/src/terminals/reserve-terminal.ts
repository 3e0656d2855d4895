// Takes a terminal for a payment: core says who is next and which terminal is best, one statement
// claims the first that is still free, all under the payment's lock and the pool's.

import {
  GRANT_LIFE_MS,
  grantsOf,
  hasHope,
  type Payment,
  placeOf,
  planStart,
  rankTerminals,
  rejected,
  type StartRequest,
  type TerminalFacts,
  type Ticket,
  TYPICAL_OPERATION_MS,
  turnFor,
  type Wanted,
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

type TerminalRefusal = Extract<ReserveOutcome, { kind: 'queued' | 'none' | 'limit_reached' }>

export interface ReserveCall {
  readonly paymentId: string
  readonly source: Pick<Source, 'id' | 'openAttemptsLimit'>
  readonly system: string
  readonly request: StartRequest
  readonly wanted: Wanted
  /** Runs in the transaction that takes the terminal. */
  readonly onReserved: (tx: Transaction, attemptId: string) => Promise<void>
}

export async function reserveTerminal(centre: Centre, call: ReserveCall): Promise<ReserveOutcome> {
  // Told by the closure rather than by the door's answer: a ticket is no change of the payment.
  let instead: ReserveOutcome | null = null
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
      if (typeof found === 'number') {
        const { freshId: attemptId } = locked
        return { kind: 'reserve', attemptId, terminalId: found, request: call.request }
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
  return instead ?? result
}

/** What is looked for: a terminal of a system, for a payment or a refund of it. */
export interface TerminalWish
  extends Pick<ReserveCall, 'paymentId' | 'source' | 'system' | 'wanted'> {
  /** Taken before others where it is free: the one that took the money knows it for certain. */
  readonly preferred?: number
}

/** A terminal's number, or why there is none now. */
export async function findTerminal(
  centre: Centre,
  tx: Transaction,
  call: TerminalWish,
  locked: LockedPayment,
): Promise<number | TerminalRefusal> {
  const { pool } = centre.storage
  const { now } = locked
  const view = await pool.lockPool(tx, call.system)
  const open = view.openBySource.get(call.source.id) ?? 0
  const { openAttemptsLimit } = call.source
  if (openAttemptsLimit !== null && open >= openAttemptsLimit) return { kind: 'limit_reached' }
  if (!hasHope(view.terminals, call.wanted, now)) return { kind: 'none' }
  const tickets = withTicketFor(locked.payment, call.source, view.tickets, now)
  const free = rankTerminals(view.terminals, { ...call.wanted, tried: [] }, now)
  const granted = grantsOf(tickets, free.length, now)
  if (granted.includes(call.paymentId)) {
    const best = rankTerminals(view.terminals, call.wanted, now).map(({ id }) => id)
    const ranked = best.toSorted(
      (a, b) => Number(b === call.preferred) - Number(a === call.preferred),
    )
    const claimed = ranked.length === 0 ? null : await pool.claimFirstFree(tx, ranked)
    if (claimed !== null) return claimed
  }
  await pool.keepTicket(tx, call.paymentId, call.source.id, turnIn(tickets, call.paymentId))
  await pool.grant(tx, newGrants(granted, tickets), GRANT_LIFE_MS)
  return { kind: 'queued', place: placeFor(tickets, call.paymentId, view, now) }
}

/** The caller stands in the queue as it would after this call: alive, any lapsed grant forgotten. */
function withTicketFor(
  { id: paymentId }: Payment,
  { id: sourceId }: Pick<Source, 'id'>,
  tickets: readonly Ticket[],
  now: number,
): Ticket[] {
  const own = tickets.find((ticket) => ticket.paymentId === paymentId)
  const grantedUntilMs = own?.grantedUntilMs ?? null
  return [
    ...tickets.filter((ticket) => ticket !== own),
    {
      paymentId,
      sourceId,
      enqueuedAtMs: own?.enqueuedAtMs ?? now,
      turn: own?.turn ?? turnFor(tickets, sourceId, now),
      lastSeenAtMs: now,
      grantedUntilMs: grantedUntilMs !== null && grantedUntilMs > now ? grantedUntilMs : null,
    },
  ]
}

function turnIn(tickets: readonly Ticket[], paymentId: string): number {
  return tickets.find((ticket) => ticket.paymentId === paymentId)?.turn ?? 0
}

/** A grant runs from when it was first given, so it is written once. */
function newGrants(granted: readonly string[], tickets: readonly Ticket[]): string[] {
  return granted.filter((paymentId) =>
    tickets.some((ticket) => ticket.paymentId === paymentId && ticket.grantedUntilMs === null),
  )
}

function placeFor(
  tickets: readonly Ticket[],
  paymentId: string,
  view: PoolView,
  now: number,
): QueuePlace {
  const working = view.terminals.filter(isWorking).length
  const operationMs = view.operationMs ?? TYPICAL_OPERATION_MS
  return placeOf(tickets, paymentId, working, operationMs, now) ?? { position: 1, etaSeconds: 0 }
}

function isWorking({ isActive, isTakenOut, hasCamera }: TerminalFacts): boolean {
  return isActive && !isTakenOut && hasCamera
}
