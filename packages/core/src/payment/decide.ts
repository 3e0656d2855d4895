// The payment's state machine: facts + input + the moment → new facts and what must follow, or a
// refusal. Pure; the middle's apply-input is the only one to write what it returns.

import { unreachable } from '../assert.ts'
import { decideRefund, requestRefund } from '../refund/decide.ts'
import { isRefundDue } from '../refund/figures.ts'
import { rejected } from '../rejection.ts'
import type { Moment } from '../time.ts'
import { type Attempt, occupiesPayment, stopped } from './attempt.ts'
import { applied, withAttempt } from './change.ts'
import { observed, resolved } from './decide-result.ts'
import {
  abandon,
  markCalling,
  qrRead,
  release,
  startAccepted,
  startLost,
  startRefused,
} from './decide-start.ts'
import type { Decision } from './effect.ts'
import type { PaymentInput } from './input.ts'
import { planStart } from './start.ts'
import type { Payment } from './state.ts'
import { openAttemptOf, statusOf } from './status.ts'

export function decide(payment: Payment, input: PaymentInput, now: Moment): Decision {
  switch (input.kind) {
    case 'reserve':
      return reserve(payment, input, now)
    case 'cancel':
      return cancel(payment, now)
    case 'expire':
      return expire(payment, now)
    case 'request_refund':
      return requestRefund(payment, input)
    case 'refund':
      return decideRefund(payment, input.refundId, input.step, now)
    default:
      return decideOnAttempt(payment, input, now)
  }
}

type AttemptInput = Extract<PaymentInput, { attemptId: string }> & {
  readonly kind: Exclude<PaymentInput['kind'], 'reserve'>
}

function decideOnAttempt(payment: Payment, input: AttemptInput, now: Moment): Decision {
  const attempt = payment.attempts.find(({ id }) => id === input.attemptId)
  if (attempt === undefined) return rejected('attempt_not_found')
  switch (input.kind) {
    case 'mark_calling':
      return markCalling(payment, attempt)
    case 'start_accepted':
      return startAccepted(payment, attempt, input, now)
    case 'start_refused':
      return startRefused(payment, attempt, input.reason, now)
    case 'start_lost':
      return startLost(payment, attempt, now)
    case 'release':
      return release(payment, attempt, now)
    case 'qr_read':
      return qrRead(payment, attempt, input.qr)
    case 'observed':
      return observed(payment, attempt, input.observation, input.duplicate, now)
    case 'stop':
      return stop(payment, attempt, now)
    case 'resume':
      return resume(payment, attempt)
    case 'abandon':
      return abandon(payment, attempt, now)
    case 'resolve':
      return resolved(payment, attempt, input.resolution, now)
    default:
      return unreachable(input)
  }
}

function reserve(
  payment: Payment,
  input: Extract<PaymentInput, { kind: 'reserve' }>,
  now: Moment,
): Decision {
  const plan = planStart(payment, input.request, now)
  switch (plan.kind) {
    case 'rejected':
      return plan
    case 'same':
      return { kind: 'unchanged', payment, attempt: plan.attempt }
    case 'stop_first':
      return rejected('attempt_in_progress')
    case 'start':
      break
    default:
      return unreachable(plan)
  }
  const attempt: Attempt = {
    id: input.attemptId,
    terminalId: input.terminalId,
    presence: input.request.presence,
    quote: plan.quote,
    state: { kind: 'reserved' },
    processId: null,
    forgotten: false,
    qr: null,
    stopRequested: false,
    holdsTerminal: input.isShared !== true,
    lostAtMs: null,
  }
  return applied({
    before: payment,
    after: { ...payment, attempts: [...payment.attempts, attempt] },
    what: 'terminal_reserved',
    attemptId: attempt.id,
    facts: { terminal: attempt.terminalId, method: attempt.quote.method },
  })
}

function cancel(payment: Payment, now: Moment): Decision {
  if (payment.paidAtMs !== null) return rejected('already_paid')
  // An expired payment is a cancelled one (S2): 200 again, and its reason stays. So is one whose term
  // ran out before the sweeper noticed.
  if (payment.cancelReason !== null) return { kind: 'unchanged', payment, attempt: null }
  if (isOverdue(payment, now)) return expire(payment, now)
  const open = openAttemptOf(payment)
  return applied({
    before: payment,
    after: {
      ...payment,
      cancelReason: 'requested',
      attempts: payment.attempts.map(stopped),
    },
    what: 'cancelled',
    attemptId: open?.id ?? null,
    effects: isRefundDue(payment) ? [{ kind: 'task', task: 'refund_due', attemptId: null }] : [],
  })
}

function expire(payment: Payment, now: Moment): Decision {
  if (!isOverdue(payment, now)) return { kind: 'unchanged', payment, attempt: null }
  return applied({
    before: payment,
    after: { ...payment, cancelReason: 'expired' },
    what: 'expired',
    attemptId: null,
  })
}

/** Past its term, with nothing open and nothing taken: neither is ever touched by a timer (S2). */
function isOverdue(payment: Payment, now: Moment): boolean {
  const status = statusOf(payment)
  const canExpire = status === 'pending' || status === 'failed'
  return canExpire && now >= payment.expiresAtMs
}

function stop(payment: Payment, attempt: Attempt, now: Moment): Decision {
  if (attempt.state.kind === 'reserved') return release(payment, attempt, now)
  if (!occupiesPayment(attempt)) return rejected('attempt_closed')
  if (attempt.stopRequested) return { kind: 'unchanged', payment, attempt }
  return applied({
    before: payment,
    after: withAttempt(payment, stopped(attempt)),
    what: 'stop_requested',
    attemptId: attempt.id,
  })
}

/** A stop that the terminal did not follow would still end the QR that is given out again (S7). */
function resume(payment: Payment, attempt: Attempt): Decision {
  if (attempt.state.kind !== 'live') return rejected('attempt_closed')
  const isUnwanted = payment.cancelReason !== null || payment.paidAtMs !== null
  if (!attempt.stopRequested || isUnwanted) return { kind: 'unchanged', payment, attempt }
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, stopRequested: false }),
    what: 'stop_withdrawn',
    attemptId: attempt.id,
  })
}
