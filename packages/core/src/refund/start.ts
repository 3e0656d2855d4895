// What became of the refund call: accepted, refused for certain, or lost (protocol, rules 1 and 3). Only a
// certain refusal lets a refund be started again.

import { unreachable } from '../assert.ts'
import type { Decision, Effect } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import type { StartRefusal } from '../provider/observation.ts'
import { rejected } from '../rejection.ts'
import type { Moment } from '../time.ts'
import { refundApplied, refundEnded } from './change.ts'
import { leftOf } from './figures.ts'
import type { RefundStep } from './input.ts'
import type { Refund } from './state.ts'

/** The terminal took the call. A process id is saved whatever happened meanwhile. */
export function refundAccepted(
  payment: Payment,
  refund: Refund,
  { processId, qr }: Extract<RefundStep, { kind: 'start_accepted' }>,
  now: Moment,
): Decision {
  if (refund.processId === processId) return { kind: 'unchanged', payment, attempt: null }
  const facts = { process: processId, amount_tiyn: refund.amountTiyn.toString() }
  const live: Refund = {
    ...refund,
    processId,
    qr: qr ?? refund.qr,
    state: { kind: 'live', phase: 'starting', sinceMs: now },
  }
  const stray: Refund = { ...live, stopRequested: true, holdsTerminal: false }
  switch (refund.state.kind) {
    case 'calling':
      return refundApplied({ payment, refund: live, what: 'refund_accepted', facts })
    case 'lost': {
      const found: Refund = { ...live, stopRequested: true }
      return refundApplied({ payment, refund: found, what: 'refund_learned_late', facts })
    }
    case 'held':
      return refund.state.reason === 'start_lost'
        ? refundApplied({ payment, refund: stray, what: 'refund_learned_late', facts })
        : rejected('attempt_closed')
    case 'failed':
      return learnedAfterWord(payment, refund, stray, facts)
    case 'awaiting_approval':
    case 'approved':
    case 'reserved':
    case 'live':
    case 'unknown':
    case 'succeeded':
    case 'declined':
    case 'cancelled':
      return rejected('attempt_closed')
    default:
      return unreachable(refund.state)
  }
}

/** An operator said that nothing went back, and the process is known after all: it holds its sum again. */
function learnedAfterWord(
  payment: Payment,
  refund: Refund,
  stray: Refund,
  facts: Readonly<Record<string, string>>,
): Decision {
  if (refund.processId !== null) return rejected('attempt_closed')
  const capture = payment.captures.find(({ attemptId }) => attemptId === refund.attemptId)
  const left = capture === undefined ? 0n : leftOf(capture, payment.refunds).grossTiyn
  const fits = refund.amountTiyn <= left
  const task: Effect = { kind: 'task', task: 'refund_unclear', attemptId: refund.attemptId }
  // Its sum was asked back by another refund since; a person has to compare both with the bank.
  const { processId } = stray
  const known: Refund = { ...refund, processId, state: { kind: 'failed', reason: 'found_late' } }
  return refundApplied({
    payment,
    refund: fits ? stray : known,
    what: 'refund_learned_late',
    facts,
    effects: [task],
  })
}

export function refundRefused(
  payment: Payment,
  refund: Refund,
  reason: StartRefusal,
  now: Moment,
): Decision {
  const { terminalId } = refund
  if (refund.state.kind !== 'calling' || terminalId === null) return rejected('attempt_closed')
  // 107: an operation IS alive on that terminal, whoever began it.
  const effects: Effect[] =
    reason === 'terminal_busy' ? [{ kind: 'quarantine', terminalId, reason }] : []
  const next: Refund = {
    ...refund,
    state: { kind: refund.stopRequested ? 'cancelled' : 'approved' },
  }
  return refundEnded(
    { payment, refund: next, what: 'refund_refused', facts: { reason }, effects },
    now,
  )
}

/** Called, and no answer that proves anything: never started again, an operator's task (M15). */
export function refundLost(payment: Payment, refund: Refund, now: Moment): Decision {
  if (refund.state.kind === 'lost') return { kind: 'unchanged', payment, attempt: null }
  if (refund.state.kind !== 'calling') return rejected('attempt_closed')
  return refundApplied({
    payment,
    refund: { ...refund, state: { kind: 'lost', sinceMs: now } },
    what: 'refund_start_lost',
    effects: [{ kind: 'task', task: 'refund_unclear', attemptId: refund.attemptId }],
  })
}
