// An approved refund gets its terminal and its QR, as a payment does: reserve and commit, mark and commit,
// call once, save what came of it. Only a certain refusal goes on with another terminal; a lost start never
// (M15).

import {
  firstFenceOf,
  type Payment,
  type Refund,
  type RejectionCode,
  refusalOfStart,
  rejected,
} from '@byfly-pay/core'
import { applyInput } from '../payments/apply-input.ts'
import { beginOperation } from '../payments/begin-operation.ts'
import type { Centre } from '../ports/centre.ts'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { findTerminal, type QueuePlace, takenAs } from '../terminals/reserve-terminal.ts'
import { type RefundRoad, refundRoad } from './refund-road.ts'
import { waitForRefundQr } from './wait-for-refund-qr.ts'

/** S9: after so many refusals the call gives up. */
const REFUSALS_LIMIT = 3

export interface StartRefundCall {
  readonly paymentId: string
  readonly refundId: string
  readonly isVisible?: (tx: Transaction) => Promise<boolean>
  /** Aborted when nobody waits for the answer. */
  readonly signal?: AbortSignal
}

export type StartRefundCode =
  | RejectionCode
  | 'purchase_unknown'
  | 'limit_reached'
  | 'qr_not_ready'
  | 'refund_not_found'

export type StartRefundOutcome =
  /** Its QR is there, or it is already past needing one. */
  | { readonly kind: 'started'; readonly payment: Payment; readonly refund: Refund }
  | { readonly kind: 'refused'; readonly code: StartRefundCode }
  | { readonly kind: 'queued'; readonly place: QueuePlace }

type Round = StartRefundOutcome | { readonly kind: 'again' }

interface Taken {
  readonly terminalId: number
  readonly tries: number
}

interface SoFar {
  readonly deadline: number
  readonly tried: number[]
  readonly renewed: number[]
}

export function startRefund(centre: Centre, call: StartRefundCall): Promise<StartRefundOutcome> {
  const facts = { payment: call.paymentId, attempt: call.refundId }
  return centre.tracer.span('start refund', facts, async (span) => {
    const outcome = await untilStarted(centre, call)
    span.tell({ outcome: outcome.kind === 'refused' ? outcome.code : outcome.kind })
    return outcome
  })
}

async function untilStarted(centre: Centre, call: StartRefundCall): Promise<StartRefundOutcome> {
  const { clock, limits } = centre
  const began = clock.now()
  const so: SoFar = { deadline: began + limits.startCallMs, tried: [], renewed: [] }
  while (clock.now() < so.deadline && call.signal?.aborted !== true) {
    const round = await startRound(centre, call, so)
    if (round.kind === 'queued' && clock.now() < began + limits.queueWaitMs) {
      await centre.notices.wait('terminal_freed', Math.min(500, limits.queueWaitMs), call.signal)
      continue
    }
    if (round.kind !== 'again') return round
  }
  return { kind: 'refused', code: 'qr_not_ready' }
}

async function startRound(centre: Centre, call: StartRefundCall, so: SoFar): Promise<Round> {
  const seen = await centre.storage.payments.peek(call.paymentId)
  const refund = seen?.payment.refunds.find(({ id }) => id === call.refundId)
  if (seen === null || refund === undefined) return refused('refund_not_found')
  switch (refund.state.kind) {
    case 'reserved':
    case 'calling':
    case 'live':
      return waitForRefundQr(centre, call.paymentId, call.refundId, so.deadline)
    default:
      break
  }
  const refusal = refusalOfStart(seen.payment, refund)
  if (refusal !== null) return refused(refusal.code)
  if (so.tried.length >= REFUSALS_LIMIT) return refused('terminals_unavailable')
  const capture = seen.payment.captures.find(({ attemptId }) => attemptId === refund.attemptId)
  if (capture === undefined || capture.providerTransactionId === null) {
    return refused('purchase_unknown')
  }
  const road = await refundRoad(centre, capture)
  if (road === null) return refused('terminals_unavailable')
  if (road.kind === 'none') return refused('refund_not_supported')
  const taking = seen.payment.attempts.find(({ id }) => id === refund.attemptId)
  const purchase = {
    moneyKind: capture.moneyKind,
    providerTransactionId: capture.providerTransactionId,
    processId: taking?.processId ?? null,
    refundTiyn: refund.amountTiyn,
  }
  const taken = await reserve(centre, call, so, seen, { ...road, preferred: capture.terminalId })
  if ('kind' in taken) return taken
  const { terminalId } = taken
  const begun = await beginOperation(centre, {
    leased: {
      purpose: 'refund',
      attemptId: call.refundId,
      paymentId: call.paymentId,
      terminalId,
      fence: firstFenceOf(taken),
    },
    call: ({ device, provider }, hear) => provider.refund(device, purchase, hear),
    hasRenewed: so.renewed.includes(terminalId),
  })
  switch (begun.kind) {
    case 'live':
      return waitForRefundQr(centre, call.paymentId, call.refundId, so.deadline)
    case 'refused':
      if (begun.hasNewToken && !so.renewed.includes(terminalId)) so.renewed.push(terminalId)
      else so.tried.push(terminalId)
      return { kind: 'again' }
    case 'lost':
      return refused('refund_in_progress')
    case 'rejected':
      return begun.code === 'attempt_closed' ? { kind: 'again' } : refused(begun.code)
  }
}

function refused(code: StartRefundCode): StartRefundOutcome {
  return { kind: 'refused', code }
}

/** The try with its terminal, once that is taken and committed. */
async function reserve(
  centre: Centre,
  call: StartRefundCall,
  { tried }: SoFar,
  { facts }: LockedPayment,
  { preferred, system, wanted }: RefundRoad & { readonly preferred: number },
): Promise<Taken | Round> {
  let instead: Round | null = null
  const result = await applyInput(
    centre,
    call.paymentId,
    async (tx, locked) => {
      instead = null
      const refund = locked.payment.refunds.find(({ id }) => id === call.refundId)
      if (refund === undefined) return rejected('refund_not_found')
      const refusal = refusalOfStart(locked.payment, refund)
      // Another call may have begun meanwhile; the next round finds what it came to.
      if (refusal !== null) return refusal
      const found = await findTerminal(
        centre,
        tx,
        {
          paymentId: call.paymentId,
          source: { id: facts.sourceId, countryIso: facts.countryIso, openAttemptsLimit: null },
          system,
          wanted: { presence: 'remote', tried, ...wanted },
          preferred,
        },
        locked,
      )
      if (found.kind === 'found') {
        const step = { kind: 'reserve', ...takenAs(found) } as const
        return { kind: 'refund', refundId: call.refundId, step }
      }
      instead = found.kind === 'queued' ? found : refused('terminals_unavailable')
      return rejected('terminals_unavailable')
    },
    {
      ...(call.isVisible === undefined ? {} : { isVisible: call.isVisible }),
      alsoInTransaction: (tx) => centre.storage.pool.dropTicket(tx, call.paymentId),
    },
  )
  if (instead !== null) return instead
  if (result.kind === 'not_found') return refused('refund_not_found')
  if (result.kind === 'rejected') {
    return result.code === 'refund_in_progress' ? { kind: 'again' } : refused(result.code)
  }
  const refund = result.payment.refunds.find(({ id }) => id === call.refundId)
  if (result.kind === 'unchanged' || refund === undefined) return { kind: 'again' }
  const { terminalId, tries } = refund
  return terminalId === null ? { kind: 'again' } : { terminalId, tries }
}
