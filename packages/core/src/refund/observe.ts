// What the terminal says of a live refund, what an operator says where no program can tell, and how money
// given back is booked (M14, M15). Not learned is not failed.

import { assert, unreachable } from '../assert.ts'
import { commissionOf } from '../commission.ts'
import { least } from '../money.ts'
import { usedPricing } from '../payment/capture.ts'
import { UNRESOLVED_AFTER_MS } from '../payment/decide-start.ts'
import type { Capture, Decision, Effect, HistoryEntry } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { type RefundParts, refundPostings } from '../postings.ts'
import type { NoMoneyReason, Observation, Phase, Success } from '../provider/observation.ts'
import { toldOf } from '../provider/told.ts'
import { rejected } from '../rejection.ts'
import type { Moment } from '../time.ts'
import { doneTasks, refundApplied, refundEnded } from './change.ts'
import { leftOf } from './figures.ts'
import type { RefundResolution } from './input.ts'
import { sharesOf } from './plan.ts'
import { isRefundUnclear, type Refund, type RefundHoldReason } from './state.ts'

export function refundObserved(
  payment: Payment,
  refund: Refund,
  observation: Observation,
  now: Moment,
): Decision {
  const { state } = refund
  if (state.kind !== 'live' && state.kind !== 'unknown') return rejected('attempt_closed')
  switch (observation.kind) {
    case 'waiting':
      return waiting(payment, refund, observation.phase, now)
    case 'succeeded':
    case 'failed':
      if (refund.forgotten) {
        return held(payment, refund, 'process_forgotten', toldOf(observation))
      }
      return observation.kind === 'succeeded'
        ? succeeded(payment, refund, observation.success)
        : notRefunded(payment, refund, observation.reason, now)
    case 'unknown':
      return becameUnknown(payment, refund, observation.kind, now)
    case 'not_found':
      return forgot(payment, refund, now)
    case 'no_answer':
      return now - state.sinceMs > UNRESOLVED_AFTER_MS
        ? becameUnknown(payment, refund, observation.kind, now)
        : { kind: 'unchanged', payment, attempt: null }
    default:
      return unreachable(observation)
  }
}

function waiting(payment: Payment, refund: Refund, phase: Phase, now: Moment): Decision {
  const { state } = refund
  if (state.kind !== 'live') return { kind: 'unchanged', payment, attempt: null }
  if (now - state.sinceMs > UNRESOLVED_AFTER_MS) {
    return becameUnknown(payment, refund, 'waits_too_long', now)
  }
  if (state.phase === phase) return { kind: 'unchanged', payment, attempt: null }
  return refundApplied({
    payment,
    refund: { ...refund, state: { ...state, phase } },
    what: 'refund_waiting',
    facts: { phase },
  })
}

function becameUnknown(payment: Payment, refund: Refund, why: string, now: Moment): Decision {
  if (refund.state.kind !== 'live') return { kind: 'unchanged', payment, attempt: null }
  return refundApplied({
    payment,
    refund: { ...refund, state: { kind: 'unknown', sinceMs: now } },
    what: 'refund_unknown',
    facts: { why },
    effects: [{ kind: 'task', task: 'refund_unclear', attemptId: refund.attemptId }],
  })
}

/** As with attempts: what is said of its process from now on may be another operation's. */
function forgot(payment: Payment, refund: Refund, now: Moment): Decision {
  const known: Refund = { ...refund, forgotten: true }
  if (refund.state.kind === 'live') return becameUnknown(payment, known, 'not_found', now)
  if (refund.forgotten) return { kind: 'unchanged', payment, attempt: null }
  return refundApplied({ payment, refund: known, what: 'refund_process_forgotten' })
}

/** Proved: nothing went back. Nobody came to scan in time: the same refund may be started again. */
function notRefunded(
  payment: Payment,
  refund: Refund,
  reason: NoMoneyReason | 'resolved_by_operator',
  now: Moment,
): Decision {
  const effects = clearedTasks(payment, refund)
  if (refund.stopRequested && reason !== 'resolved_by_operator') {
    const ended: Refund = { ...refund, state: { kind: 'cancelled' } }
    return refundEnded({ payment, refund: ended, what: 'refund_cancelled', effects }, now)
  }
  if (reason === 'ran_out') {
    const again: Refund = { ...refund, state: { kind: 'approved' }, qr: null }
    return refundApplied({ payment, refund: again, what: 'refund_ran_out', effects })
  }
  const failed: Refund = { ...refund, state: { kind: 'failed', reason } }
  return refundEnded(
    { payment, refund: failed, what: 'refund_failed', facts: { reason }, effects },
    now,
  )
}

/** Tasks are the payment's: while another refund of it is unclear, somebody still has to look. */
function clearedTasks({ refunds }: Payment, { id, state }: Refund): Effect[] {
  const isLast = !refunds.some((other) => other.id !== id && isRefundUnclear(other))
  return state.kind !== 'live' && isLast ? [{ kind: 'tasks_done', tasks: ['refund_unclear'] }] : []
}

function succeeded(payment: Payment, refund: Refund, { refundTiyn }: Success): Decision {
  if (refundTiyn === undefined || refundTiyn <= 0n) return held(payment, refund, 'sum_unreadable')
  return givenBack(payment, refund, refundTiyn)
}

function held(
  payment: Payment,
  refund: Refund,
  reason: RefundHoldReason,
  told: HistoryEntry['facts'] = {},
): Decision {
  return refundApplied({
    payment,
    refund: { ...refund, state: { kind: 'held', reason } },
    what: 'refund_held',
    facts: { reason, ...told },
    effects: [{ kind: 'task', task: 'refund_unclear', attemptId: refund.attemptId }],
  })
}

/** Money is a fact: what the terminal gave back is booked, unless the capture never had as much. */
function givenBack(payment: Payment, refund: Refund, amountTiyn: bigint): Decision {
  const capture = captureOf(payment, refund)
  const left = leftOf(capture, payment.refunds, refund.id)
  if (amountTiyn > left.grossTiyn) return held(payment, refund, 'sum_too_large')
  const asAsked = amountTiyn === refund.amountTiyn
  const shares = asAsked ? refund : sharesOf(capture, left, amountTiyn, refund.bearer)
  const { creditTiyn, overpaidTiyn } = shares
  const done: Refund = {
    ...refund,
    amountTiyn,
    creditTiyn,
    overpaidTiyn,
    state: { kind: 'succeeded' },
  }
  const set = refundPostings(partsOf(payment, capture, done))
  const differs: Effect = { kind: 'task', task: 'sum_differs', attemptId: refund.attemptId }
  const after = { ...payment, overpaidTiyn: payment.overpaidTiyn - overpaidTiyn }
  return refundApplied({
    payment,
    onto: after,
    refund: done,
    what: 'refunded',
    facts: { amount_tiyn: amountTiyn.toString(), credit_tiyn: creditTiyn.toString() },
    effects: [
      { kind: 'posted', set },
      ...(asAsked ? [] : [differs]),
      ...clearedTasks(payment, refund),
      ...doneTasks(after, done),
    ],
    tells: 'refunded',
  })
}

function captureOf({ captures }: Payment, { attemptId }: Refund): Capture {
  const capture = captures.find((candidate) => candidate.attemptId === attemptId)
  assert(capture !== undefined, 'возврат не своей оплаты')
  return capture
}

/** Out of whose pocket: beyond credit and what was overpaid there is commission, and then rounding. */
function partsOf(payment: Payment, capture: Capture, refund: Refund): RefundParts {
  const { amountTiyn, bearer, creditTiyn, overpaidTiyn } = refund
  const rest = amountTiyn - creditTiyn - overpaidTiyn
  const nothing = { overpaidTiyn, commissionTiyn: 0n, roundingTiyn: 0n }
  switch (bearer) {
    case 'source':
      return { ...nothing, sourceTiyn: creditTiyn + rest }
    case 'customer':
      return { ...nothing, sourceTiyn: creditTiyn, roundingTiyn: rest }
    case 'centre': {
      const commissionTiyn = commissionPart(payment, capture, refund, rest)
      const roundingTiyn = rest - commissionTiyn
      return { overpaidTiyn, sourceTiyn: creditTiyn, commissionTiyn, roundingTiyn }
    }
    default:
      return unreachable(bearer)
  }
}

/** Commission first, rounding last, over all refunds of the capture, so that both end at nothing. */
function commissionPart(
  payment: Payment,
  capture: Capture,
  refund: Refund,
  restTiyn: bigint,
): bigint {
  const attempt = payment.attempts.find(({ id }) => id === capture.attemptId)
  assert(attempt !== undefined, 'у оплаты нет попытки')
  const used = {
    ...usedPricing(attempt.quote, { methodCode: capture.usedMethod, word: capture.productWord }),
    rateBp: capture.rateBp,
  }
  const charged = commissionOf(capture.creditTiyn, used)
  const before = payment.refunds
    .filter(
      ({ attemptId, bearer, id, state }) =>
        attemptId === capture.attemptId &&
        bearer === 'centre' &&
        id !== refund.id &&
        state.kind === 'succeeded',
    )
    .reduce((sum, one) => sum + one.amountTiyn - one.creditTiyn - one.overpaidTiyn, 0n)
  return least(before + restTiyn, charged) - least(before, charged)
}

/** An operator's word, with evidence, on a refund that no terminal can tell of. */
export function refundResolved(
  payment: Payment,
  refund: Refund,
  resolution: RefundResolution,
  now: Moment,
): Decision {
  const decision = decideResolution(payment, refund, resolution, now)
  if (decision.kind !== 'applied') return decision
  // The history must tell a person's word from a terminal's.
  const { history } = decision
  return { ...decision, history: { ...history, facts: { ...history.facts, by: 'operator' } } }
}

function decideResolution(
  payment: Payment,
  refund: Refund,
  resolution: RefundResolution,
  now: Moment,
): Decision {
  switch (refund.state.kind) {
    case 'reserved':
    case 'calling':
    case 'live':
      return rejected('refund_in_progress')
    default:
      if (!isRefundUnclear(refund)) return rejected('refund_settled')
  }
  if (resolution.kind === 'not_refunded') {
    return notRefunded(payment, refund, 'resolved_by_operator', now)
  }
  const { amountTiyn } = resolution
  const { grossTiyn } = leftOf(captureOf(payment, refund), payment.refunds, refund.id)
  if (amountTiyn > grossTiyn) return rejected('refund_too_large')
  return givenBack(payment, refund, amountTiyn)
}
