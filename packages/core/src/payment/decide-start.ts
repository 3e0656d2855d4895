// The first half of an attempt's life: from a reserved terminal to a live operation whose QR is
// read, or to the proof, or the lack of proof, that nothing was started (S6a, S9).

import { unreachable } from '../assert.ts'
import { type RejectionCode, rejected } from '../rejection.ts'
import { type Moment, SECOND_MS } from '../time.ts'
import type { Attempt, AttemptState, Qr } from './attempt.ts'
import { applied, withAttempt } from './change.ts'
import type { Decision, Effect } from './effect.ts'
import type { PaymentInput } from './input.ts'
import { closedWithoutMoney } from './rest.ts'
import type { Payment } from './state.ts'

/** How long after its start a terminal is sure to have given up (protocol, «Time»). */
export const UNRESOLVED_AFTER_MS = 250 * SECOND_MS

export function markCalling(payment: Payment, attempt: Attempt): Decision {
  if (attempt.state.kind === 'calling') return { kind: 'unchanged', payment, attempt }
  if (attempt.state.kind !== 'reserved') return rejected(whyNotCalled(payment))
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, state: { kind: 'calling' } }),
    what: 'start_called',
    attemptId: attempt.id,
  })
}

/** A reserved attempt that was released under its starter's hands; the caller is told why. */
function whyNotCalled(payment: Payment): RejectionCode {
  if (payment.paidAtMs !== null) return 'already_paid'
  return payment.cancelReason === null ? 'attempt_closed' : 'cancelled'
}

type Accepted = Pick<Extract<PaymentInput, { kind: 'start_accepted' }>, 'processId' | 'qr'>

/** The terminal took the start. A process id is saved whatever happened meanwhile (S6a). */
export function startAccepted(
  payment: Payment,
  attempt: Attempt,
  { processId, qr }: Accepted,
  now: Moment,
): Decision {
  if (attempt.processId !== null) return { kind: 'unchanged', payment, attempt }
  switch (attempt.state.kind) {
    case 'calling':
      return wentLive(payment, { ...attempt, qr: qr ?? attempt.qr }, processId, now)
    case 'held':
      return attempt.state.reason === 'start_lost_in_person'
        ? cameBack(payment, attempt, processId, now)
        : learnedOfBooked(payment, attempt, processId)
    case 'succeeded':
      return learnedOfBooked(payment, attempt, processId)
    case 'lost':
    case 'abandoned':
    case 'failed':
      return learnedLate(payment, attempt, processId, now)
    case 'reserved':
    case 'live':
    case 'unknown':
    case 'stray':
    case 'released':
    case 'refused':
      return rejected('attempt_closed')
    default:
      return unreachable(attempt.state)
  }
}

function wentLive(payment: Payment, attempt: Attempt, processId: string, now: Moment): Decision {
  const live: Attempt = {
    ...attempt,
    processId,
    state: { kind: 'live', phase: 'starting', sinceMs: now },
  }
  const after = withAttempt(payment, live)
  const isWanted = payment.cancelReason === null && payment.paidAtMs === null
  return applied({
    before: payment,
    after: isWanted
      ? {
          ...after,
          qr: attempt.qr ?? after.qr,
          chosen: attempt.quote,
          failureReason: null,
          told: null,
        }
      : after,
    what: 'start_accepted',
    attemptId: attempt.id,
    facts: { process: processId, charge_tiyn: attempt.quote.chargeTiyn.toString() },
  })
}

function learnedLate(payment: Payment, attempt: Attempt, processId: string, now: Moment): Decision {
  // After an abandonment, or an operator's word, the terminal may be carrying another operation, so
  // the stray one is watched without holding it; a lost one still does.
  const stray: Attempt = {
    ...attempt,
    processId,
    state: { kind: 'stray', phase: 'starting', sinceMs: now },
    stopRequested: true,
    holdsTerminal: attempt.holdsTerminal && attempt.state.kind === 'lost',
  }
  return applied({
    before: payment,
    after: withAttempt(payment, stray),
    what: 'start_learned_late',
    attemptId: attempt.id,
    facts: { process: processId },
  })
}

/**
 * Started in person and thought lost: the customer stands before that screen, so the attempt keeps the
 * payment. Its terminal was let go and may be carrying another operation by now.
 */
function cameBack(payment: Payment, attempt: Attempt, processId: string, now: Moment): Decision {
  return wentLive(payment, { ...attempt, holdsTerminal: false }, processId, now)
}

/** An operator has booked its money, or is about to; watching it would book that a second time. */
function learnedOfBooked(payment: Payment, attempt: Attempt, processId: string): Decision {
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, processId }),
    what: 'start_learned_late',
    attemptId: attempt.id,
    facts: { process: processId },
  })
}

export function startRefused(
  payment: Payment,
  attempt: Attempt,
  reason: Extract<AttemptState, { kind: 'refused' }>['reason'],
  now: Moment,
): Decision {
  if (attempt.state.kind !== 'calling') return rejected('attempt_closed')
  const { terminalId } = attempt
  const effects: Effect[] = []
  // 107: an operation IS alive on that terminal, whoever began it.
  if (reason === 'terminal_busy') effects.push({ kind: 'quarantine', terminalId, reason })
  return closedWithoutMoney(
    payment,
    { ...attempt, state: { kind: 'refused', reason } },
    { what: 'start_refused', facts: { reason }, effects },
    now,
  )
}

/** Called, and no answer that proves anything: never a failure, the terminal stays taken. */
export function startLost(payment: Payment, attempt: Attempt, now: Moment): Decision {
  if (attempt.state.kind === 'lost') return { kind: 'unchanged', payment, attempt }
  if (attempt.state.kind !== 'calling') return rejected('attempt_closed')
  const { terminalId } = attempt
  // In person the customer may have paid on the screen they stand before: only somebody who saw
  // it can tell (S6a), so the payment is held and the terminal waits in quarantine.
  if (attempt.presence === 'in_person') {
    return closedWithoutMoney(
      payment,
      { ...attempt, lostAtMs: now, state: { kind: 'held', reason: 'start_lost_in_person' } },
      {
        what: 'start_lost',
        effects: [
          { kind: 'quarantine', terminalId, reason: 'start_lost' },
          { kind: 'task', task: 'settle_by_hand', attemptId: attempt.id },
        ],
      },
      now,
    )
  }
  return closedWithoutMoney(
    payment,
    { ...attempt, lostAtMs: now, state: { kind: 'lost', sinceMs: now } },
    { what: 'start_lost', effects: [{ kind: 'task', task: 'start_lost', attemptId: attempt.id }] },
    now,
  )
}

export function release(payment: Payment, attempt: Attempt, now: Moment): Decision {
  if (attempt.state.kind === 'released') return { kind: 'unchanged', payment, attempt }
  if (attempt.state.kind !== 'reserved') return rejected('attempt_closed')
  return closedWithoutMoney(
    payment,
    { ...attempt, state: { kind: 'released' } },
    { what: 'terminal_released' },
    now,
  )
}

/** The quarantine after a lost start is over; what is not known stays listed (S6a). */
export function abandon(payment: Payment, attempt: Attempt, now: Moment): Decision {
  if (attempt.state.kind === 'abandoned') return { kind: 'unchanged', payment, attempt }
  if (attempt.state.kind !== 'lost') return rejected('attempt_closed')
  const { id: attemptId, terminalId } = attempt
  const reconcile: Effect = { kind: 'reconcile', attemptId, terminalId }
  const quarantine: Effect = {
    kind: 'quarantine',
    terminalId,
    reason: 'start_lost',
    isServed: true,
  }
  return closedWithoutMoney(
    payment,
    { ...attempt, state: { kind: 'abandoned' } },
    {
      what: 'attempt_abandoned',
      effects: attempt.holdsTerminal ? [reconcile, quarantine] : [reconcile],
    },
    now,
  )
}

export function qrRead(payment: Payment, attempt: Attempt, qr: Qr): Decision {
  if (attempt.qr !== null) return { kind: 'unchanged', payment, attempt }
  if (attempt.state.kind !== 'live') return rejected('attempt_closed')
  const after = withAttempt(payment, { ...attempt, qr })
  const isWanted = payment.cancelReason === null && payment.paidAtMs === null
  return applied({
    before: payment,
    after: isWanted ? { ...after, qr } : after,
    what: 'qr_read',
    attemptId: attempt.id,
  })
}
