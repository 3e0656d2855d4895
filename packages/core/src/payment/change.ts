// How a decision is put together: the next facts, one line of history, and what follows from the
// step from one status to the next. Every branch of `decide` ends here, so none can forget a part.

import { assert } from '../assert.ts'
import { type Attempt, isAtWork, stopped } from './attempt.ts'
import type { Applied, Effect, HistoryEntry, HistoryWhat } from './effect.ts'
import type { EventKind, Payment, PaymentStatus } from './state.ts'
import { openAttemptOf, statusDetailOf, statusOf } from './status.ts'

export interface Change {
  readonly before: Payment
  readonly after: Payment
  readonly what: HistoryWhat
  readonly attemptId: string | null
  readonly facts?: HistoryEntry['facts']
  readonly effects?: readonly Effect[]
  /** Told beside whatever the status has to say: money given back (W3). */
  readonly tells?: 'refunded'
}

/** The payment with one attempt replaced. */
export function withAttempt(payment: Payment, attempt: Attempt): Payment {
  const attempts = payment.attempts.map((other) => (other.id === attempt.id ? attempt : other))
  return { ...payment, attempts }
}

/** Another attempt at work beside money that moved would only take it twice (S5). */
export function stopOthers(payment: Payment, attemptId: string): readonly Attempt[] {
  return payment.attempts.map((other) =>
    other.id !== attemptId && isAtWork(other) ? stopped(other) : other,
  )
}

export function applied(change: Change): Applied {
  const { before, attemptId } = change
  const statusBefore = statusOf(before)
  const statusAfter = statusOf(change.after)
  assert(statusBefore !== 'paid' || statusAfter === 'paid', '«paid» не отменяется')
  const event = newsOf(change.after, statusAfter)
  const told = [event, change.tells ?? null].filter((one) => one !== null)
  const sequence = change.after.sequence + told.length
  const payment = { ...change.after, sequence, told: event ?? change.after.told }
  return {
    kind: 'applied',
    payment,
    attempt: payment.attempts.find(({ id }) => id === attemptId) ?? null,
    history: {
      what: change.what,
      attemptId,
      statusBefore,
      statusAfter,
      detail: statusDetailOf(payment),
      facts: change.facts ?? {},
    },
    effects: [
      ...(change.effects ?? []),
      ...heldEvents(before, payment, statusAfter),
      ...told.map(
        (one, index): Effect => ({
          kind: 'event',
          event: one,
          sequence: change.after.sequence + 1 + index,
          held: isHeld(payment),
        }),
      ),
    ],
  }
}

/**
 * What the source is to be told. A payment at rest says each thing once; a start that never came
 * alive goes back to where the payment was, and there is nothing new to tell (S3).
 */
function newsOf(after: Payment, status: PaymentStatus): EventKind | null {
  if (status === 'pending' || status === 'processing') return null
  return status === after.told ? null : status
}

/** A cancel is told only after the terminal's final word (S4). */
function isHeld(payment: Payment): boolean {
  return statusOf(payment) === 'cancelled' && openAttemptOf(payment) !== null
}

function heldEvents(before: Payment, after: Payment, statusAfter: PaymentStatus): Effect[] {
  if (!isHeld(before)) return []
  if (statusAfter !== 'cancelled') return [{ kind: 'held_events', verdict: 'supersede' }]
  return openAttemptOf(after) === null ? [{ kind: 'held_events', verdict: 'send' }] : []
}
