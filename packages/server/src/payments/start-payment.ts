// POST …/kaspi: from a payment to a QR that can be shown (S6a–S9a). Reserve a terminal and commit,
// mark the call and commit, call once, save what came of it. No call happens inside a transaction, and
// no start is ever repeated: the next try is another attempt.

import {
  type Attempt,
  type Figures,
  figuresOf,
  type Payment,
  planStart,
  type RejectionCode,
  type Route,
  type StartRequest,
} from '@byfly-pay/core'
import type { Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type QueuePlace, reserveTerminal } from '../terminals/reserve-terminal.ts'
import { applyInput } from './apply-input.ts'
import { beginAttempt } from './begin-attempt.ts'
import { findMethod, termsOf } from './method-terms.ts'
import { stopAttempt } from './stop-attempt.ts'
import { waitForQr } from './wait-for-qr.ts'

/** S9: after so many refusals the call gives up. */
const REFUSALS_LIMIT = 3

export interface StartCall {
  readonly source: Source
  readonly paymentId: string
  /** Code of a method, or null for the preselected one (N2). */
  readonly method: string | null
  /** A deliberate part of the price in tiyn (M8), or null. */
  readonly partTiyn: bigint | null
  readonly presence: 'remote' | 'in_person'
  /** The terminal an `in_person` customer stands before. */
  readonly terminalId: number | null
  /** Records in the transaction that takes the terminal which attempt the call brought about. */
  readonly onReserved?: (tx: Transaction, attemptId: string) => Promise<void>
  /** Aborted when nobody waits for the answer: no start without a live waiter (S8). */
  readonly signal?: AbortSignal
  /** How long to wait for a terminal before the place is told; the centre's own unless given. */
  readonly queueWaitMs?: number
}

export interface StartedPayment {
  readonly payment: Payment
  readonly attempt: Attempt
  readonly figures: Figures
}

export type StartOutcome =
  | ({ readonly kind: 'started' } & StartedPayment)
  | { readonly kind: 'refused'; readonly code: StartRefusalCode }
  | { readonly kind: 'queued'; readonly place: QueuePlace }

export type StartRefusalCode =
  | RejectionCode
  | 'payment_not_found'
  | 'payment_method_required'
  | 'unknown_method'
  | 'terminal_required'
  | 'taking_money_is_off'
  | 'limit_reached'
  | 'qr_not_ready'

/** What one round of the call came to: an answer, or another round. */
type Round = StartOutcome | { readonly kind: 'again' }

/** What the rounds of one call have learned. */
interface SoFar {
  readonly deadline: number
  /** Terminals that did not take the payment. */
  readonly tried: number[]
  /** Terminals whose token was exchanged for this call: once each, a second refusal counts (S9). */
  readonly renewed: number[]
}

export function startPayment(centre: Centre, call: StartCall): Promise<StartOutcome> {
  const { paymentId: payment } = call
  return centre.tracer.span('start payment', { payment }, async (span) => {
    const outcome = await untilStarted(centre, call)
    span.tell({ outcome: outcome.kind === 'refused' ? outcome.code : outcome.kind })
    return outcome
  })
}

async function untilStarted(centre: Centre, call: StartCall): Promise<StartOutcome> {
  const { clock, limits } = centre
  const started = clock.now()
  const deadline = started + limits.startCallMs
  const queueDeadline = started + Math.min(limits.queueWaitMs, call.queueWaitMs ?? Infinity)
  const so: SoFar = { deadline, tried: [], renewed: [] }
  while (clock.now() < deadline && call.signal?.aborted !== true) {
    const round = await startRound(centre, call, so)
    if (round.kind === 'queued' && clock.now() < queueDeadline) {
      await centre.notices.wait('terminal_freed', Math.min(500, limits.queueWaitMs), call.signal)
      continue
    }
    if (round.kind !== 'again') return round
  }
  return { kind: 'refused', code: 'qr_not_ready' }
}

async function startRound(centre: Centre, call: StartCall, so: SoFar): Promise<Round> {
  const seen = await centre.storage.payments.peek(call.paymentId)
  if (seen === null || seen.facts.sourceId !== call.source.id) {
    return { kind: 'refused', code: 'payment_not_found' }
  }
  const asked = await readCall(centre, call, seen)
  if ('code' in asked) return { kind: 'refused', code: asked.code }
  const plan = planStart(seen.payment, asked.request, seen.now)
  switch (plan.kind) {
    case 'rejected':
      return { kind: 'refused', code: plan.code }
    case 'same':
      if (plan.attempt.stopRequested) {
        await applyInput(centre, call.paymentId, { kind: 'resume', attemptId: plan.attempt.id })
      }
      return answerWithQr(centre, call.paymentId, plan.attempt.id, so.deadline)
    case 'stop_first': {
      const stopped = await stopAttempt(centre, call.paymentId, plan.attempt)
      return stopped ? { kind: 'again' } : { kind: 'refused', code: 'attempt_in_progress' }
    }
    case 'start':
      return takeTerminal(centre, call, asked, so)
  }
}

/** What the call asks for, and whose terminals can do it. */
interface Asked {
  readonly request: StartRequest
  readonly system: string
  readonly route: Route
}

async function readCall(
  centre: Centre,
  call: StartCall,
  { facts }: LockedPayment,
): Promise<Asked | { readonly code: StartRefusalCode }> {
  const { accounts } = centre.storage
  if (!(await accounts.isTakingMoney())) return { code: 'taking_money_is_off' }
  if (call.method === null && facts.preselectedMethod === null) {
    return { code: 'payment_method_required' }
  }
  if (call.presence === 'in_person' && call.terminalId === null)
    return { code: 'terminal_required' }
  const methods = await accounts.methods()
  const method = findMethod(methods, call.method, facts.preselectedMethod)
  if (method === null) return { code: 'unknown_method' }
  const terms = termsOf(method, methods, call.source)
  const request = { terms, partTiyn: call.partTiyn, presence: call.presence }
  return { request, system: method.system, route: method.route }
}

async function takeTerminal(
  centre: Centre,
  call: StartCall,
  { request, route, system }: Asked,
  so: SoFar,
): Promise<Round> {
  const { tried } = so
  if (tried.length >= REFUSALS_LIMIT) return { kind: 'refused', code: 'terminals_unavailable' }
  const { presence, terminalId } = call
  const reserved = await reserveTerminal(centre, {
    paymentId: call.paymentId,
    source: call.source,
    system,
    request,
    wanted: { presence, route, terminalId, tried },
    onReserved: call.onReserved ?? (async () => {}),
  })
  switch (reserved.kind) {
    case 'queued':
      return reserved
    case 'none':
      if (tried.length === 0) centre.log.warn({ source: call.source.id }, 'Нет ни одного терминала')
      return { kind: 'refused', code: 'terminals_unavailable' }
    case 'limit_reached':
      return { kind: 'refused', code: 'limit_reached' }
    case 'not_found':
      return { kind: 'refused', code: 'payment_not_found' }
    case 'rejected':
      return { kind: 'refused', code: reserved.code }
    case 'unchanged':
      // Another call was quicker; the next round finds its attempt.
      return { kind: 'again' }
    case 'applied':
      return startOn(centre, call, reserved.attempt, so)
  }
}

async function startOn(
  centre: Centre,
  call: StartCall,
  attempt: Attempt | null,
  { deadline, renewed, tried }: SoFar,
): Promise<Round> {
  if (attempt === null) return { kind: 'again' }
  const { terminalId } = attempt
  const hasRenewed = renewed.includes(terminalId)
  const begun = await beginAttempt(centre, call.paymentId, attempt, hasRenewed)
  switch (begun.kind) {
    case 'live':
      return answerWithQr(centre, call.paymentId, attempt.id, deadline)
    case 'refused':
      if (begun.hasNewToken && !hasRenewed) renewed.push(terminalId)
      else tried.push(terminalId)
      return { kind: 'again' }
    case 'lost':
      tried.push(terminalId)
      return { kind: 'again' }
    case 'rejected':
      // Taken from under this call by late money or a cancel: what is so now, the next round sees.
      return begun.code === 'attempt_closed'
        ? { kind: 'again' }
        : { kind: 'refused', code: begun.code }
  }
}

async function answerWithQr(
  centre: Centre,
  paymentId: string,
  attemptId: string,
  deadline: number,
): Promise<Round> {
  const waited = await waitForQr(centre, paymentId, attemptId, deadline)
  switch (waited.kind) {
    case 'ready': {
      const { payment, attempt } = waited
      return { kind: 'started', payment, attempt, figures: figuresOf(payment) }
    }
    case 'never_live':
      return { kind: 'again' }
    case 'refused':
      return { kind: 'refused', code: waited.code }
  }
}
