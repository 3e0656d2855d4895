// What a step of an attempt leaves behind: its line of history, the facts told there, and what follows.
// Where it leads is the table of decide.test.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  EXPIRE,
  LOAN,
  live,
  lost,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  qrRead,
  refused,
  reserve,
  resolve,
  success,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import type { Attempt } from './attempt.ts'
import { decide } from './decide.ts'
import { UNRESOLVED_AFTER_MS } from './decide-start.ts'
import type { Effect, HistoryWhat } from './effect.ts'
import type { PaymentInput } from './input.ts'
import type { Payment } from './state.ts'

interface Left {
  readonly what: HistoryWhat
  readonly facts?: Readonly<Record<string, unknown>>
  readonly effects?: readonly Effect[]
  /** What of the attempt is another than before, its state included. */
  readonly attempt?: Partial<Attempt>
}

const WHOLE = tenge(10_100)
const CALLING = [reserve('a'), markCalling('a')]

function after(...inputs: readonly PaymentInput[]): Payment {
  return tell(newPayment(), inputs).payment
}

/** What it comes to; the effects but for those that tell a source. */
function leaves(before: Payment, input: PaymentInput, left: Left, now = NOW): Payment {
  const decision = decide(before, input, now)
  assert.ok(decision.kind === 'applied', `${input.kind} не принят`)
  const { effects, history, payment } = decision
  const untold = effects.filter(({ kind }) => kind !== 'event' && kind !== 'held_events')
  assert.equal(history.what, left.what)
  assert.equal(history.attemptId, 'a')
  assert.deepEqual(history.facts, left.facts ?? {}, left.what)
  assert.deepEqual(untold, left.effects ?? [], left.what)
  assert.deepEqual(payment.attempts[0], { ...before.attempts[0], ...left.attempt }, left.what)
  assert.equal(decision.attempt, payment.attempts[0])
  return payment
}

function comesTo(payment: Payment, input: PaymentInput, now = NOW): string {
  const decision = decide(payment, input, now)
  return decision.kind === 'rejected' ? decision.code : decision.kind
}

const task = (word: Extract<Effect, { kind: 'task' }>['task']): Effect => ({
  kind: 'task',
  task: word,
  attemptId: 'a',
})
const isLive = { kind: 'live', phase: 'starting', sinceMs: NOW } as const
const isStray = { kind: 'stray', phase: 'starting', sinceMs: NOW } as const
const unknownAt = (sinceMs: number) => ({ kind: 'unknown', sinceMs }) as const

test('a start is told with its terminal, its method, its process and its price', () => {
  const reserved = leaves(newPayment(), reserve('a', { terminalId: 7 }), {
    what: 'terminal_reserved',
    facts: { terminal: 7, method: 'kaspi_gold' },
    attempt: after(reserve('a', { terminalId: 7 })).attempts[0] ?? {},
  })
  const { quote, ...rest } = reserved.attempts[0] ?? assert.fail()
  assert.equal(quote.chargeTiyn, WHOLE)
  assert.deepEqual(rest, {
    id: 'a',
    terminalId: 7,
    presence: 'remote',
    state: { kind: 'reserved' },
    processId: null,
    forgotten: false,
    qr: null,
    stopRequested: false,
    holdsTerminal: true,
    lostAtMs: null,
  })
  leaves(after(reserve('a')), markCalling('a'), {
    what: 'start_called',
    attempt: { state: { kind: 'calling' } },
  })
  const begun = leaves(after(...CALLING), accepted('a', 'p'), {
    what: 'start_accepted',
    facts: { process: 'p', charge_tiyn: '1010000' },
    attempt: { processId: 'p', state: isLive },
  })
  assert.equal(begun.chosen, begun.attempts[0]?.quote)
  leaves(
    after(reserve('a')),
    { kind: 'release', attemptId: 'a' },
    {
      what: 'terminal_released',
      attempt: { state: { kind: 'released' } },
    },
  )
  const read = qrRead('a')
  assert.ok(read.kind === 'qr_read')
  const seen = leaves(after(...live('a')), read, { what: 'qr_read', attempt: { qr: read.qr } })
  assert.equal(seen.qr, read.qr)
  assert.equal(comesTo(seen, qrRead('a')), 'unchanged')
})

test('S4: a start that comes alive on a cancelled or a paid payment chooses no method for it', () => {
  const cancelled = leaves(after(...CALLING, CANCEL), accepted('a', 'p'), {
    what: 'start_accepted',
    facts: { process: 'p', charge_tiyn: '1010000' },
    attempt: { processId: 'p', state: isLive },
  })
  assert.deepEqual([cancelled.chosen, cancelled.told], [null, 'cancelled'])
  const paid = { ...after(...CALLING), paidAtMs: NOW, told: 'paid' } as const
  const beside = tell(paid, [accepted('a'), qrRead('a')]).payment
  assert.deepEqual([beside.chosen, beside.told, beside.qr], [null, 'paid', null])
})

test('S6a: a process that is learned late', () => {
  const late = { what: 'start_learned_late', facts: { process: 'p' } } as const
  const found = { processId: 'p', state: isStray, stopRequested: true }
  leaves(after(...lostStart('a')), accepted('a', 'p'), { ...late, attempt: found })
  const abandoned = after(...lostStart('a'), { kind: 'abandon', attemptId: 'a' })
  const loose = { ...found, holdsTerminal: false }
  leaves(abandoned, accepted('a', 'p'), { ...late, attempt: loose })
  const money = resolve('a', { kind: 'money', success: success(WHOLE) })
  leaves(after(...lostStart('a'), money), accepted('a', 'p'), {
    ...late,
    attempt: { processId: 'p' },
  })
  leaves(after(...lostStart('a', { presence: 'in_person' })), accepted('a', 'p'), {
    what: 'start_accepted',
    facts: { process: 'p', charge_tiyn: '1010000' },
    attempt: { processId: 'p', state: isLive, holdsTerminal: false },
  })
  const [held] = after(...live('a'), took('a', null)).attempts
  assert.ok(held)
  const unread = newPayment({ attempts: [{ ...held, processId: null }] })
  leaves(unread, accepted('a', 'p'), { ...late, attempt: { processId: 'p' } })
})

test('S6a, S9: starts refused, lost and given up', () => {
  const busy = { kind: 'refused', reason: 'terminal_busy' } as const
  leaves(after(...CALLING), refused('a', 'terminal_busy'), {
    what: 'start_refused',
    facts: { reason: 'terminal_busy' },
    effects: [{ kind: 'quarantine', terminalId: 1, reason: 'terminal_busy' }],
    attempt: { state: busy },
  })
  leaves(after(...CALLING), lost('a'), {
    what: 'start_lost',
    effects: [task('start_lost')],
    attempt: { lostAtMs: NOW, state: { kind: 'lost', sinceMs: NOW } },
  })
  leaves(after(reserve('a', { presence: 'in_person' }), markCalling('a')), lost('a'), {
    what: 'start_lost',
    effects: [{ kind: 'quarantine', terminalId: 1, reason: 'start_lost' }, task('settle_by_hand')],
    attempt: { lostAtMs: NOW, state: { kind: 'held', reason: 'start_lost_in_person' } },
  })
  leaves(
    after(...lostStart('a')),
    { kind: 'abandon', attemptId: 'a' },
    {
      what: 'attempt_abandoned',
      effects: [
        { kind: 'reconcile', attemptId: 'a', terminalId: 1 },
        { kind: 'quarantine', terminalId: 1, reason: 'start_lost', isServed: true },
      ],
      attempt: { state: { kind: 'abandoned' } },
    },
  )
})

test('S6: how far it has come, and that nobody knows any more, by reason', () => {
  const phase = 'waiting_for_confirmation'
  const waiting = observed('a', { kind: 'waiting', phase })
  const here = after(...live('a'))
  const further = { what: phase, attempt: { state: { ...isLive, phase } } } as const
  const moved = leaves(here, waiting, further)
  assert.equal(comesTo(moved, waiting), 'unchanged')
  const stray = after(...lostStart('a'), accepted('a'))
  leaves(stray, waiting, { what: phase, attempt: { state: { ...isStray, phase } } })
  const unknown = (why: string, now: number): Left => ({
    what: 'result_unknown',
    facts: { why },
    effects: [task('result_unknown')],
    attempt: { state: unknownAt(now) },
  })
  const edge = NOW + UNRESOLVED_AFTER_MS
  leaves(here, observed('a', { kind: 'unknown' }), unknown('unknown', NOW))
  const forgotten = unknown('not_found', NOW)
  leaves(here, observed('a', { kind: 'not_found' }), {
    ...forgotten,
    attempt: { ...forgotten.attempt, forgotten: true },
  })
  const silent = observed('a', { kind: 'no_answer' })
  leaves(here, silent, unknown('no_answer', edge + 1), edge + 1)
  leaves(here, waiting, unknown('waits_too_long', edge + 1), edge + 1)
  leaves(here, waiting, further, edge)
})

test('S3, S6b: ends without money, by the terminal’s word and by an operator’s', () => {
  const ended = (reason: 'declined' | 'resolved_by_operator') =>
    ({ what: 'attempt_failed', attempt: { state: { kind: 'failed', reason } } }) as const
  const failed = leaves(after(...live('a')), declined('a'), {
    ...ended('declined'),
    facts: { reason: 'declined' },
  })
  assert.equal(failed.failureReason, 'declined')
  const held = after(...live('a'), took('a', null))
  const none = leaves(held, resolve('a', { kind: 'no_money' }), {
    ...ended('resolved_by_operator'),
    facts: { reason: 'resolved_by_operator', by: 'operator' },
  })
  assert.equal(none.failureReason, 'resolved_by_operator')
  leaves(after(...live('a')), took('a', null), {
    what: 'held_for_operator',
    facts: { reason: 'sum_unreadable' },
    effects: [task('settle_by_hand')],
    attempt: { state: { kind: 'held', reason: 'sum_unreadable' } },
  })
})

test('money is told with what it was worth', () => {
  const { history } = tell(after(...live('a', { terms: LOAN })), [took('a', tenge(11_400))])
  assert.deepEqual(history[0]?.facts, {
    gross_tiyn: '1140000',
    credit_tiyn: '1000000',
    overpaid_tiyn: '130000',
    product: 'kaspi_gold',
    forgiven_tiyn: '0',
    late: false,
  })
})

test('S2, S4, S7: cancels, terms and stops', () => {
  const stop: PaymentInput = { kind: 'stop', attemptId: 'a' }
  const resume: PaymentInput = { kind: 'resume', attemptId: 'a' }
  const here = after(...live('a'))
  const asked = { attempt: { stopRequested: true } } as const
  const stopping = leaves(here, stop, { what: 'stop_requested', ...asked })
  assert.equal(comesTo(stopping, stop), 'unchanged')
  leaves(stopping, resume, { what: 'stop_withdrawn', attempt: { stopRequested: false } })
  assert.equal(comesTo({ ...stopping, cancelReason: 'requested' }, resume), 'unchanged')
  assert.equal(comesTo({ ...stopping, paidAtMs: NOW }, resume), 'unchanged')
  leaves(here, CANCEL, { what: 'cancelled', ...asked })
  const idle = decide(newPayment(), CANCEL, NOW)
  assert.ok(idle.kind === 'applied')
  assert.deepEqual([idle.history.what, idle.history.attemptId], ['cancelled', null])
  const { expiresAtMs } = newPayment()
  const over = decide(newPayment(), EXPIRE, expiresAtMs)
  assert.ok(over.kind === 'applied')
  assert.deepEqual([over.history.what, over.history.attemptId], ['expired', null])
  assert.equal(comesTo(newPayment(), EXPIRE, expiresAtMs - 1), 'unchanged')
  const part = after(...live('a'), took('a', tenge(5_000)))
  const due = decide(part, CANCEL, NOW)
  assert.ok(due.kind === 'applied')
  assert.deepEqual(due.effects[0], { kind: 'task', task: 'refund_due', attemptId: null })
})
