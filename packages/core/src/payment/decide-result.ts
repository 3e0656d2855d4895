// The second half of an attempt's life: what the terminal says of a live operation, and what an
// operator says where no program can (S5, S6, S6b).

import { assert, unreachable } from '../assert.ts'
import type {
  FinalWord,
  NoMoneyReason,
  Observation,
  Phase,
  Success,
} from '../provider/observation.ts'
import { toldOf } from '../provider/told.ts'
import { rejected } from '../rejection.ts'
import type { Moment } from '../time.ts'
import { type Attempt, type HoldReason, isOpen, isWatched } from './attempt.ts'
import { book, type ReadableSuccess } from './capture.ts'
import { applied, stopOthers, withAttempt } from './change.ts'
import { UNRESOLVED_AFTER_MS } from './decide-start.ts'
import type { Decision } from './effect.ts'
import type { Resolution } from './input.ts'
import { closedWithoutMoney } from './rest.ts'
import type { Payment } from './state.ts'

export function observed(
  payment: Payment,
  attempt: Attempt,
  observation: Observation,
  duplicate: boolean,
  now: Moment,
): Decision {
  if (!isWatched(attempt)) {
    const { kind } = attempt.state
    if (observation.kind !== 'succeeded') return rejected('attempt_closed')
    if (kind === 'succeeded') return { kind: 'unchanged', payment, attempt }
    // A terminal that takes back its «fail»: money is a fact, however late (S5).
    return kind === 'failed'
      ? succeeded(payment, attempt, observation.success, duplicate, now)
      : rejected('attempt_closed')
  }
  switch (observation.kind) {
    case 'waiting':
      return waiting(payment, attempt, observation.phase, now)
    case 'succeeded':
      return succeeded(payment, attempt, observation.success, duplicate, now)
    case 'failed':
      return attempt.forgotten
        ? holdForgotten(payment, attempt, observation)
        : endedWithoutMoney(payment, attempt, observation.reason, now)
    case 'unknown':
      return becameUnknown(payment, attempt, observation.kind, now)
    case 'not_found':
      return forgot(payment, attempt, now)
    case 'no_answer':
      return isUnresolved(attempt, now)
        ? becameUnknown(payment, attempt, observation.kind, now)
        : { kind: 'unchanged', payment, attempt }
    default:
      return unreachable(observation)
  }
}

function isUnresolved({ state }: Attempt, now: Moment): boolean {
  return 'sinceMs' in state && now - state.sinceMs > UNRESOLVED_AFTER_MS
}

function waiting(payment: Payment, attempt: Attempt, phase: Phase, now: Moment): Decision {
  const { state } = attempt
  if (state.kind !== 'live' && state.kind !== 'stray')
    return { kind: 'unchanged', payment, attempt }
  if (isUnresolved(attempt, now)) return becameUnknown(payment, attempt, 'waits_too_long', now)
  if (state.phase === phase) return { kind: 'unchanged', payment, attempt }
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, state: { ...state, phase } }),
    what: phase,
    attemptId: attempt.id,
  })
}

/** Not learned is not failed: the attempt stays open and is asked again, ever more slowly (S6). */
function becameUnknown(payment: Payment, attempt: Attempt, why: string, now: Moment): Decision {
  const { state } = attempt
  // A stray holds no payment, so it may not become a state that does; it just stays watched.
  if (state.kind !== 'live') return { kind: 'unchanged', payment, attempt }
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, state: { kind: 'unknown', sinceMs: now } }),
    what: 'result_unknown',
    attemptId: attempt.id,
    facts: { why },
    effects: [{ kind: 'task', task: 'result_unknown', attemptId: attempt.id }],
  })
}

/** The terminal may give the id to another operation from now on (S6b). */
function forgot(payment: Payment, attempt: Attempt, now: Moment): Decision {
  const known: Attempt = { ...attempt, forgotten: true }
  if (attempt.state.kind === 'live') return becameUnknown(payment, known, 'not_found', now)
  if (attempt.forgotten) return { kind: 'unchanged', payment, attempt }
  return applied({
    before: payment,
    after: withAttempt(payment, known),
    what: 'process_forgotten',
    attemptId: attempt.id,
  })
}

function endedWithoutMoney(
  payment: Payment,
  attempt: Attempt,
  reason: NoMoneyReason | 'resolved_by_operator',
  now: Moment,
): Decision {
  const closed: Attempt = { ...attempt, state: { kind: 'failed', reason } }
  // Nobody was given the QR of a lost start, so its end says nothing about the payment (S3).
  const failure = attempt.lostAtMs !== null ? {} : { failureReason: reason }
  return closedWithoutMoney(
    payment,
    closed,
    { what: 'attempt_failed', facts: { reason }, ...failure },
    now,
  )
}

function succeeded(
  payment: Payment,
  attempt: Attempt,
  success: Success,
  duplicate: boolean,
  now: Moment,
): Decision {
  const { grossTiyn } = success
  if (duplicate) return hold(payment, attempt, 'possible_duplicate')
  if (attempt.forgotten) return holdForgotten(payment, attempt, { kind: 'succeeded', success })
  if (grossTiyn === null || grossTiyn <= 0n) return hold(payment, attempt, 'sum_unreadable')
  return captured(payment, attempt, { ...success, grossTiyn }, now)
}

/** The terminal is free, the payment waits for a person; other attempts are stopped (S5, S6b). */
function hold(payment: Payment, attempt: Attempt, reason: HoldReason): Decision {
  const attempts = stopOthers(payment, attempt.id)
  const held: Attempt = { ...attempt, state: { kind: 'held', reason } }
  return applied({
    before: payment,
    after: withAttempt({ ...payment, attempts }, held),
    what: 'held_for_operator',
    attemptId: attempt.id,
    facts: { reason },
    effects: [{ kind: 'task', task: 'settle_by_hand', attemptId: attempt.id }],
  })
}

/**
 * Whose word it is nobody can tell: this attempt's or that of an operation that was given its id since.
 * It is no reason to stop another attempt, and what was said is kept for whoever settles it (S6b).
 */
function holdForgotten(payment: Payment, attempt: Attempt, word: FinalWord): Decision {
  const reason = 'process_forgotten'
  return applied({
    before: payment,
    after: withAttempt(payment, { ...attempt, state: { kind: 'held', reason } }),
    what: 'held_for_operator',
    attemptId: attempt.id,
    facts: { reason, ...toldOf(word) },
    effects: [{ kind: 'task', task: 'settle_by_hand', attemptId: attempt.id }],
  })
}

function captured(
  payment: Payment,
  attempt: Attempt,
  success: ReadableSuccess,
  now: Moment,
): Decision {
  const closed: Attempt = { ...attempt, state: { kind: 'succeeded' } }
  const wasLate = isLate(payment, attempt)
  const booking = book(withAttempt(payment, closed), attempt, success, wasLate, now)
  return applied({
    before: payment,
    after: booking.payment,
    what: 'captured',
    attemptId: attempt.id,
    facts: {
      gross_tiyn: booking.capture.grossTiyn.toString(),
      credit_tiyn: booking.capture.creditTiyn.toString(),
      overpaid_tiyn: booking.capture.overpaidTiyn.toString(),
      product: booking.capture.productWord,
      forgiven_tiyn: (booking.payment.forgivenTiyn - payment.forgivenTiyn).toString(),
      late: wasLate,
    },
    effects: booking.effects,
  })
}

/** An operator's sum was read at the edge, so one that is no sum is a fault of the program. */
function booked(
  payment: Payment,
  attempt: Attempt,
  success: ReadableSuccess,
  now: Moment,
): Decision {
  assert(success.grossTiyn > 0n, 'сумма, введённая оператором, должна быть больше нуля')
  return captured(payment, attempt, success, now)
}

/** Money after a cancel, an expiry, a failure, a lost start, or on a payment already paid (S5). */
function isLate(payment: Payment, attempt: Attempt): boolean {
  const settled = payment.paidAtMs !== null || payment.cancelReason !== null
  return settled || attempt.lostAtMs !== null || !isOpen(attempt)
}

/**
 * An operator's word, with evidence, on an attempt that no program can settle: unknown, held, lost,
 * or one that was closed and turned out to have taken money after all.
 */
export function resolved(
  payment: Payment,
  attempt: Attempt,
  resolution: Resolution,
  now: Moment,
): Decision {
  const decision = decideResolution(payment, attempt, resolution, now)
  if (decision.kind !== 'applied') return decision
  // The history must tell a person's word from a terminal's.
  const { history } = decision
  return { ...decision, history: { ...history, facts: { ...history.facts, by: 'operator' } } }
}

function decideResolution(
  payment: Payment,
  attempt: Attempt,
  resolution: Resolution,
  now: Moment,
): Decision {
  switch (attempt.state.kind) {
    case 'succeeded':
    case 'reserved':
    case 'calling':
      return rejected('attempt_closed')
    case 'live':
      // Its terminal still speaks for itself, or will be unknown within minutes.
      return rejected('attempt_in_progress')
    case 'released':
    case 'refused':
    case 'failed':
    case 'abandoned':
      if (resolution.kind === 'no_money') return { kind: 'unchanged', payment, attempt }
      return booked(payment, attempt, resolution.success, now)
    case 'unknown':
    case 'lost':
    case 'stray':
    case 'held':
      return resolution.kind === 'no_money'
        ? endedWithoutMoney(payment, attempt, 'resolved_by_operator', now)
        : booked(payment, attempt, resolution.success, now)
    default:
      return unreachable(attempt.state)
  }
}
