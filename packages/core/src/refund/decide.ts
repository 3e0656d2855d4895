// The state machine of refunds: facts + input + the moment → new facts and what must follow, or a refusal.
// Pure. A start is decided once for each try, a lost one never again (M15); what was given back is booked
// in refund/book.ts.

import { assert, unreachable } from '../assert.ts'
import { isAtWork } from '../payment/attempt.ts'
import { applied } from '../payment/change.ts'
import type { Decision, Effect } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { rejected } from '../rejection.ts'
import type { Moment } from '../time.ts'
import { refundApplied, refundEnded } from './change.ts'
import { withRefunds } from './figures.ts'
import type { RefundInput, RefundStep } from './input.ts'
import { refundObserved, refundResolved } from './observe.ts'
import { planRefund } from './plan.ts'
import { refundAccepted, refundLost, refundRefused } from './start.ts'
import { holdsSum, isRefundAtWork, type Refund } from './state.ts'

/** How often terminals are tried for one refund before a new one has to be asked for. */
export const REFUND_TRIES_LIMIT = 20

export function requestRefund(
  payment: Payment,
  { refundIds, request }: Extract<RefundInput, { kind: 'request_refund' }>,
): Decision {
  const plan = planRefund(payment, request)
  if (plan.kind === 'rejected') return plan
  assert(plan.parts.length <= refundIds.length, 'для возвратов не хватило номеров')
  // What is asked for in pieces is weighed together, or a sum would be split past its approver.
  const asked = payment.refunds.filter(holdsSum).reduce((sum, one) => sum + one.amountTiyn, 0n)
  const { approvalAboveTiyn, bearer, note, reason, requestedBy } = request
  const needsApproval = approvalAboveTiyn !== null && asked + plan.totalTiyn > approvalAboveTiyn
  const added = plan.parts.map(
    (part, index): Refund => ({
      ...part,
      id: refundIds[index] ?? '',
      bearer,
      reason,
      note,
      requestedBy,
      approvedBy: null,
      state: { kind: needsApproval ? 'awaiting_approval' : 'approved' },
      terminalId: null,
      processId: null,
      forgotten: false,
      qr: null,
      stopRequested: false,
      holdsTerminal: true,
      tries: 0,
    }),
  )
  const approval: Effect = { kind: 'task', task: 'refund_approval', attemptId: null }
  return applied({
    before: payment,
    after: withRefunds(payment, [...payment.refunds, ...added]),
    what: 'refund_requested',
    attemptId: added[0]?.attemptId ?? null,
    facts: {
      amount_tiyn: plan.totalTiyn.toString(),
      parts: added.length,
      reason,
      needs_approval: needsApproval,
    },
    effects: needsApproval ? [approval] : [],
  })
}

export function decideRefund(
  payment: Payment,
  refundId: string,
  step: RefundStep,
  now: Moment,
): Decision {
  const refund = payment.refunds.find(({ id }) => id === refundId)
  if (refund === undefined) return rejected('refund_not_found')
  switch (step.kind) {
    case 'approve':
    case 'decline':
      return judged(payment, refund, step, now)
    case 'cancel':
      return cancelled(payment, refund, now)
    case 'reserve':
      return reserved(payment, refund, step)
    case 'mark_calling':
      return markCalling(payment, refund)
    case 'start_accepted':
      return refundAccepted(payment, refund, step, now)
    case 'start_refused':
      return refundRefused(payment, refund, step.reason, now)
    case 'start_lost':
      return refundLost(payment, refund, now)
    case 'release':
      return released(payment, refund)
    case 'qr_read':
      return qrRead(payment, refund, step)
    case 'observed':
      return refundObserved(payment, refund, step.observation, now)
    case 'abandon':
      return abandoned(payment, refund)
    case 'resolve':
      return refundResolved(payment, refund, step.resolution, now)
    default:
      return unreachable(step)
  }
}

function unchanged(payment: Payment): Decision {
  return { kind: 'unchanged', payment, attempt: null }
}

/** A second person's word: never that of whoever asked. Said again it changes nothing. */
function judged(
  payment: Payment,
  refund: Refund,
  { by, kind }: Extract<RefundStep, { kind: 'approve' | 'decline' }>,
  now: Moment,
): Decision {
  const isSaid = kind === 'approve' ? refund.approvedBy !== null : refund.state.kind === 'declined'
  if (isSaid) return unchanged(payment)
  if (refund.state.kind !== 'awaiting_approval') return rejected('refund_settled')
  if (by.id === refund.requestedBy.id) return rejected('refund_same_person')
  const effects = approvalDone(payment, refund)
  if (kind === 'approve') {
    const approved: Refund = { ...refund, approvedBy: by, state: { kind: 'approved' } }
    return refundApplied({ payment, refund: approved, what: 'refund_approved', effects })
  }
  const declined: Refund = { ...refund, state: { kind: 'declined' } }
  return refundEnded({ payment, refund: declined, what: 'refund_declined', effects }, now)
}

/** Nothing of the payment waits for a second person but this refund. */
function approvalDone({ refunds }: Payment, { id }: Refund): Effect[] {
  const isLast = !refunds.some(
    (other) => other.id !== id && other.state.kind === 'awaiting_approval',
  )
  return isLast ? [{ kind: 'tasks_done', tasks: ['refund_approval'] }] : []
}

/** Before a terminal was called it simply ends; after that the terminal has the last word. */
function cancelled(payment: Payment, refund: Refund, now: Moment): Decision {
  switch (refund.state.kind) {
    case 'awaiting_approval':
    case 'approved':
    case 'reserved': {
      const ended: Refund = { ...refund, state: { kind: 'cancelled' } }
      const isWaiting = refund.state.kind === 'awaiting_approval'
      const effects = isWaiting ? approvalDone(payment, refund) : []
      return refundEnded({ payment, refund: ended, what: 'refund_cancelled', effects }, now)
    }
    case 'calling':
    case 'live':
      return refund.stopRequested
        ? unchanged(payment)
        : refundApplied({
            payment,
            refund: { ...refund, stopRequested: true },
            what: 'refund_stop_requested',
          })
    case 'cancelled':
      return unchanged(payment)
    case 'unknown':
    case 'lost':
    case 'held':
      return rejected('refund_in_progress')
    case 'succeeded':
    case 'failed':
    case 'declined':
      return rejected('refund_settled')
    default:
      return unreachable(refund.state)
  }
}

function reserved(
  payment: Payment,
  refund: Refund,
  { isShared, terminalId }: Extract<RefundStep, { kind: 'reserve' }>,
): Decision {
  if (isRefundAtWork(refund)) return unchanged(payment)
  const refusal = refusalOfStart(payment, refund)
  if (refusal !== null) return refusal
  return refundApplied({
    payment,
    refund: {
      ...refund,
      terminalId,
      state: { kind: 'reserved' },
      processId: null,
      forgotten: false,
      qr: null,
      holdsTerminal: isShared !== true,
      tries: refund.tries + 1,
    },
    what: 'refund_reserved',
    facts: { terminal: terminalId },
  })
}

/** Why no terminal may be taken for this refund now. */
export function refusalOfStart(payment: Payment, refund: Refund) {
  switch (refund.state.kind) {
    case 'approved':
      break
    case 'awaiting_approval':
      return rejected('refund_not_approved')
    case 'succeeded':
    case 'failed':
    case 'declined':
    case 'cancelled':
      return rejected('refund_settled')
    default:
      return rejected('refund_in_progress')
  }
  if (payment.attempts.some(isAtWork)) return rejected('attempt_in_progress')
  if (payment.refunds.some(isRefundAtWork)) return rejected('refund_in_progress')
  return refund.tries >= REFUND_TRIES_LIMIT ? rejected('too_many_attempts') : null
}

function markCalling(payment: Payment, refund: Refund): Decision {
  if (refund.state.kind === 'calling') return unchanged(payment)
  if (refund.state.kind !== 'reserved') return rejected('attempt_closed')
  return refundApplied({
    payment,
    refund: { ...refund, state: { kind: 'calling' } },
    what: 'refund_called',
  })
}

/** Its starter is gone and nothing was called: it may be started again. */
function released(payment: Payment, refund: Refund): Decision {
  if (refund.state.kind === 'approved') return unchanged(payment)
  if (refund.state.kind !== 'reserved') return rejected('attempt_closed')
  const free: Refund = { ...refund, state: { kind: 'approved' } }
  return refundApplied({ payment, refund: free, what: 'refund_released' })
}

function qrRead(
  payment: Payment,
  refund: Refund,
  { qr }: Extract<RefundStep, { kind: 'qr_read' }>,
): Decision {
  if (refund.qr !== null) return unchanged(payment)
  if (refund.state.kind !== 'live') return rejected('attempt_closed')
  return refundApplied({ payment, refund: { ...refund, qr }, what: 'refund_qr_read' })
}

/** The terminal is free after its quarantine; the refund stays unknown, a person's to settle (M15). */
function abandoned(payment: Payment, refund: Refund): Decision {
  const { terminalId } = refund
  if (refund.state.kind === 'held') return unchanged(payment)
  if (refund.state.kind !== 'lost' || terminalId === null) return rejected('attempt_closed')
  return refundApplied({
    payment,
    refund: { ...refund, state: { kind: 'held', reason: 'start_lost' } },
    what: 'refund_held',
    facts: { reason: 'start_lost' },
    effects: refund.holdsTerminal
      ? [{ kind: 'quarantine', terminalId, reason: 'start_lost', isServed: true }]
      : [],
  })
}
