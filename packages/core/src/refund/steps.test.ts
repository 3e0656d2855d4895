// What a step of a refund leaves behind: its line of history, the facts told there, and what follows.
// Where it leads is the table of refund.test.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../payment/decide.ts'
import { UNRESOLVED_AFTER_MS } from '../payment/decide-start.ts'
import type { Effect, HistoryWhat } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { live, NOW, tell, tenge } from '../testing/payments.ts'
import { ask, gaveBack, inState, LIVE, OTHER, PAID, QR, request } from '../testing/refunds.ts'
import { REFUND_TRIES_LIMIT } from './decide.ts'
import type { RefundStep } from './input.ts'
import type { Refund } from './state.ts'

interface Left {
  readonly what: HistoryWhat
  readonly facts?: Readonly<Record<string, unknown>>
  readonly effects?: readonly Effect[]
  /** What of the refund is another than before, its state included. */
  readonly refund: Partial<Refund>
}

const UNCLEAR: Effect = { kind: 'task', task: 'refund_unclear', attemptId: 'a' }
const CLEARED: Effect = { kind: 'tasks_done', tasks: ['refund_unclear'] }
const APPROVED: Effect = { kind: 'tasks_done', tasks: ['refund_approval'] }

function leaves(before: Payment, step: RefundStep, left: Left, now = NOW): void {
  const decision = decide(before, ask(step), now)
  assert.ok(decision.kind === 'applied', `${step.kind} не принят`)
  const { history } = decision
  assert.equal(history.what, left.what)
  assert.equal(history.attemptId, 'a')
  assert.deepEqual(history.facts, { refund: 'r1', ...left.facts }, left.what)
  assert.deepEqual(decision.effects, left.effects ?? [], left.what)
  assert.deepEqual(decision.payment.refunds[0], { ...before.refunds[0], ...left.refund }, left.what)
}

function refusal(payment: Payment, step: RefundStep, refundId = 'r1') {
  const decision = decide(payment, ask(step, refundId), NOW)
  return decision.kind === 'rejected' ? decision.code : decision.kind
}

const seen = (observation: Extract<RefundStep, { kind: 'observed' }>['observation']) =>
  ({ kind: 'observed', observation }) as const

const ACCEPTED: RefundStep = { kind: 'start_accepted', processId: 'p' }
const IS_LIVE = { kind: 'live', phase: 'starting', sinceMs: NOW } as const
const TOLD = { process: 'p', amount_tiyn: '1010000' }

test('a word said ends the task of approval with the last that waits for one', () => {
  const waits = inState('awaiting_approval')
  const approve: RefundStep = { kind: 'approve', by: OTHER }
  const decline: RefundStep = { kind: 'decline', by: OTHER }
  const agreed = { state: { kind: 'approved' }, approvedBy: OTHER } as const
  leaves(waits, approve, { what: 'refund_approved', effects: [APPROVED], refund: agreed })
  const no = { state: { kind: 'declined' } } as const
  leaves(waits, decline, { what: 'refund_declined', effects: [APPROVED], refund: no })
  const [one] = waits.refunds
  assert.ok(one)
  const two = { ...waits, refunds: [one, { ...one, id: 'r2' }] }
  leaves(two, approve, { what: 'refund_approved', refund: agreed })
  const other = {
    ...waits,
    refunds: [one, { ...one, id: 'r2', state: { kind: 'held' } } as Refund],
  }
  leaves(other, approve, { what: 'refund_approved', effects: [APPROVED], refund: agreed })
  const said = inState('approved', { approvedBy: OTHER })
  assert.equal(refusal(said, approve), 'unchanged')
})

test('from a terminal to a live refund', () => {
  const used = { processId: 'old', forgotten: true, qr: QR, holdsTerminal: false, tries: 3 }
  leaves(
    inState('approved', used),
    { kind: 'reserve', terminalId: 4 },
    {
      what: 'refund_reserved',
      facts: { terminal: 4 },
      refund: {
        terminalId: 4,
        state: { kind: 'reserved' },
        processId: null,
        forgotten: false,
        qr: null,
        holdsTerminal: true,
        tries: 4,
      },
    },
  )
  const called = { state: { kind: 'calling' } } as const
  leaves(inState('reserved'), { kind: 'mark_calling' }, { what: 'refund_called', refund: called })
  const again = { state: { kind: 'approved' } } as const
  leaves(inState('reserved'), { kind: 'release' }, { what: 'refund_released', refund: again })
  leaves(inState('calling'), ACCEPTED, {
    what: 'refund_accepted',
    facts: TOLD,
    refund: { processId: 'p', state: IS_LIVE },
  })
  leaves(
    inState('live'),
    { kind: 'qr_read', qr: QR },
    { what: 'refund_qr_read', refund: { qr: QR } },
  )
  const stop = { what: 'refund_stop_requested', refund: { stopRequested: true } } as const
  for (const kind of ['calling', 'live'] as const) {
    leaves(inState(kind), { kind: 'cancel' }, stop)
    assert.equal(refusal(inState(kind, { stopRequested: true }), { kind: 'cancel' }), 'unchanged')
  }
  const gone = { what: 'refund_cancelled', refund: { state: { kind: 'cancelled' } } } as const
  leaves(inState('approved'), { kind: 'cancel' }, gone)
  assert.equal(refusal(inState('live', { qr: QR }), { kind: 'qr_read', qr: QR }), 'unchanged')
})

test('a process that is learned late is stopped, and watched beside whatever the terminal carries', () => {
  const late = { what: 'refund_learned_late', facts: TOLD } as const
  const found = { processId: 'p', state: IS_LIVE, stopRequested: true }
  leaves(inState('lost'), ACCEPTED, { ...late, refund: found })
  leaves(inState('held'), ACCEPTED, { ...late, refund: { ...found, holdsTerminal: false } })
  leaves(inState('failed'), ACCEPTED, {
    ...late,
    effects: [UNCLEAR],
    refund: { ...found, holdsTerminal: false },
  })
  const unreadable = inState('held', { state: { kind: 'held', reason: 'sum_unreadable' } })
  assert.equal(refusal(unreadable, ACCEPTED), 'attempt_closed')
  assert.equal(refusal(inState('failed', { processId: 'q' }), ACCEPTED), 'attempt_closed')
  assert.equal(refusal(inState('live', { processId: 'p' }), ACCEPTED), 'unchanged')
  // Its sum was asked back by another meanwhile, so it holds none and only its number is kept.
  const taken = tell(inState('failed'), [{ ...request(tenge(1)), refundIds: ['r2'] }]).payment
  const state = { kind: 'failed', reason: 'found_late' } as const
  leaves(taken, ACCEPTED, { ...late, effects: [UNCLEAR], refund: { processId: 'p', state } })
})

test('a refused start may be made again, unless it was to stop; a busy terminal is kept apart', () => {
  const refused = (reason: 'not_connected' | 'terminal_busy'): RefundStep => ({
    kind: 'start_refused',
    reason,
  })
  const again = { state: { kind: 'approved' } } as const
  const left = { what: 'refund_refused', facts: { reason: 'not_connected' } } as const
  leaves(inState('calling'), refused('not_connected'), { ...left, refund: again })
  leaves(inState('calling', { stopRequested: true }), refused('not_connected'), {
    ...left,
    refund: { state: { kind: 'cancelled' } },
  })
  leaves(inState('calling'), refused('terminal_busy'), {
    what: 'refund_refused',
    facts: { reason: 'terminal_busy' },
    effects: [{ kind: 'quarantine', terminalId: 1, reason: 'terminal_busy' }],
    refund: again,
  })
})

test('M15: what is not learned is a person’s to settle, and its terminal’s time is sat out', () => {
  const lost = { state: { kind: 'lost', sinceMs: NOW } } as const
  const left = { what: 'refund_start_lost', effects: [UNCLEAR], refund: lost } as const
  leaves(inState('calling'), { kind: 'start_lost' }, left)
  leaves(
    inState('lost'),
    { kind: 'abandon' },
    {
      what: 'refund_held',
      facts: { reason: 'start_lost' },
      effects: [{ kind: 'quarantine', terminalId: 1, reason: 'start_lost', isServed: true }],
      refund: { state: { kind: 'held', reason: 'start_lost' } },
    },
  )
})

test('what a live refund is told of; after 250 s nobody knows', () => {
  const phase = 'waiting_for_confirmation'
  const waiting = seen({ kind: 'waiting', phase })
  leaves(inState('live'), waiting, {
    what: 'refund_waiting',
    facts: { phase },
    refund: { state: { kind: 'live', phase, sinceMs: NOW } },
  })
  const same = seen({ kind: 'waiting', phase: 'waiting_for_scan' })
  assert.equal(refusal(inState('live'), same), 'unchanged')
  const silent = seen({ kind: 'no_answer' })
  const edge = NOW + UNRESOLVED_AFTER_MS
  const unknownAt = (why: string, sinceMs: number): Left => ({
    what: 'refund_unknown',
    facts: { why },
    effects: [UNCLEAR],
    refund: { state: { kind: 'unknown', sinceMs } },
  })
  const forgotten = unknownAt('not_found', NOW)
  leaves(inState('live'), seen({ kind: 'not_found' }), {
    ...forgotten,
    refund: { ...forgotten.refund, forgotten: true },
  })
  leaves(inState('live'), silent, unknownAt('no_answer', edge + 1), edge + 1)
  leaves(inState('live'), waiting, unknownAt('waits_too_long', edge + 1), edge + 1)
  assert.equal(decide(inState('live'), ask(silent), edge).kind, 'unchanged')
  const still = decide(inState('live'), ask(waiting), edge)
  assert.ok(still.kind === 'applied' && still.history.what === 'refund_waiting')
})

test('a refund that came to nothing: failed, to be started again, or cancelled as it was asked to', () => {
  const declined = seen({ kind: 'failed', reason: 'declined' })
  const failed = { state: { kind: 'failed', reason: 'declined' } } as const
  const told = { what: 'refund_failed', facts: { reason: 'declined' }, refund: failed } as const
  leaves(inState('live'), declined, told)
  leaves(inState('unknown'), declined, { ...told, effects: [CLEARED] })
  leaves(inState('live', { qr: QR }), seen({ kind: 'failed', reason: 'ran_out' }), {
    what: 'refund_ran_out',
    refund: { state: { kind: 'approved' }, qr: null },
  })
  leaves(inState('live', { stopRequested: true }), seen({ kind: 'failed', reason: 'ran_out' }), {
    what: 'refund_cancelled',
    refund: { state: { kind: 'cancelled' } },
  })
  const word = { kind: 'failed', reason: 'resolved_by_operator' } as const
  leaves(
    inState('lost', { stopRequested: true }),
    { kind: 'resolve', resolution: { kind: 'not_refunded' } },
    {
      what: 'refund_failed',
      facts: { reason: 'resolved_by_operator', by: 'operator' },
      effects: [CLEARED],
      refund: { state: word },
    },
  )
})

test('a sum that cannot be read, or is none, is held; an operator’s is bound by what was taken', () => {
  const held = { kind: 'held', reason: 'sum_unreadable' } as const
  const left: Left = {
    what: 'refund_held',
    facts: { reason: 'sum_unreadable' },
    effects: [UNCLEAR],
    refund: { state: held },
  }
  for (const sum of [0n, -1n]) leaves(inState('live'), gaveBack(sum), left)
  const by = (amountTiyn: bigint): RefundStep => ({
    kind: 'resolve',
    resolution: { kind: 'refunded', amountTiyn },
  })
  assert.equal(refusal(inState('lost'), by(tenge(10_100) + 1n)), 'refund_too_large')
  const decision = decide(inState('lost'), ask(by(tenge(10_100))), NOW)
  assert.ok(decision.kind === 'applied')
  assert.deepEqual(decision.history.facts, {
    refund: 'r1',
    amount_tiyn: '1010000',
    credit_tiyn: '1000000',
    by: 'operator',
  })
})

test('no terminal is taken beside another operation of the payment, or too often', () => {
  const reserve: RefundStep = { kind: 'reserve', terminalId: 1 }
  const part = { ...PAID, paidAtMs: null, originalTiyn: tenge(20_000) }
  const beside = tell(part, [...live('b', { terminalId: 2 }), request(tenge(100))]).payment
  assert.equal(refusal(beside, reserve), 'attempt_in_progress')
  const first = tell(PAID, [request(tenge(100)), ...LIVE.map((step) => ask(step))]).payment
  const two = tell(first, [{ ...request(tenge(100)), refundIds: ['r2'] }]).payment
  assert.equal(refusal(two, reserve, 'r2'), 'refund_in_progress')
  assert.equal(refusal(inState('approved', { tries: REFUND_TRIES_LIMIT - 1 }), reserve), 'applied')
  const tired = inState('approved', { tries: REFUND_TRIES_LIMIT })
  assert.equal(refusal(tired, reserve), 'too_many_attempts')
})
