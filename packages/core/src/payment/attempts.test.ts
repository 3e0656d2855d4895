// Attempts that do not take the straight road: late money, results unknown, starts lost, and what only
// a person can settle.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  EXPIRE,
  eventsOf,
  LOAN,
  live,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  qrRead,
  refused,
  reserve,
  resolve,
  type Story,
  success,
  tasksOf,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { HOUR_MS, SECOND_MS } from '../time.ts'
import { type Attempt, isAtWork, occupiesPayment, occupiesTerminal } from './attempt.ts'
import { decide } from './decide.ts'
import { figuresOf } from './figures.ts'
import type { PaymentInput } from './input.ts'
import type { Payment } from './state.ts'
import { statusDetailOf, statusOf } from './status.ts'

const AFTER_TERM = NOW + 2 * HOUR_MS
const WHOLE = tenge(10_100)
const ABANDON: PaymentInput = { kind: 'abandon', attemptId: 'a' }

function attemptOf({ payment }: { payment: Payment }, id = 'a'): Attempt {
  const attempt = payment.attempts.find((each) => each.id === id)
  assert.ok(attempt)
  return attempt
}

function assertLatePaid(story: Story): void {
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(story.payment.late, true)
  assert.equal(story.payment.cancelReason, null)
  assert.equal(story.payment.failureReason, null)
  assert.ok(tasksOf(story).includes('late_money'))
  assert.ok(eventsOf(story).includes('paid'))
}

test('S5: money after a cancel, an expiry, a failure, a lost and an abandoned start is booked', () => {
  const byHand = resolve('a', { kind: 'money', success: success(WHOLE) })
  assertLatePaid(tell(newPayment(), [...live('a'), CANCEL, took('a', WHOLE)]))
  assertLatePaid(tell(newPayment(), [...live('a'), declined('a'), took('a', WHOLE)]))
  assertLatePaid(tell(newPayment(), [...live('a'), declined('a'), byHand]))
  assertLatePaid(tell(newPayment(), [...lostStart('a'), byHand]))
  assertLatePaid(tell(newPayment(), [...lostStart('a'), ABANDON, byHand]))
  assertLatePaid(tell(newPayment(), [...lostStart('a'), accepted('a'), took('a', WHOLE)]))
  assertLatePaid(tell(newPayment(), [...lostStart('a'), ABANDON, accepted('a'), took('a', WHOLE)]))
  assertLatePaid(tell(newPayment(), [reserve('a'), markCalling('a'), refused('a'), byHand]))
  const { payment } = tell(newPayment(), [...live('a'), declined('a')])
  const expired = tell(payment, [EXPIRE], AFTER_TERM).payment
  assertLatePaid(tell(expired, [took('a', WHOLE)], AFTER_TERM))
})

test('S5: late money that is not enough makes it partially paid, and the rest can be paid', () => {
  const story = tell(newPayment(), [...live('a'), CANCEL, took('a', tenge(5_000))])
  assert.equal(statusOf(story.payment), 'partially_paid')
  const rest = tell(story.payment, live('b'), AFTER_TERM)
  assert.equal(statusOf(rest.payment), 'processing')
})

test('S5: enough late money beside another attempt: paid at once, that one is stopped and watched', () => {
  const beside = [...lostStart('a'), ...live('b', { terminalId: 2 }), accepted('a')]
  const story = tell(newPayment(), [...beside, took('a', WHOLE)])
  assertLatePaid(story)
  const other = attemptOf(story, 'b')
  assert.equal(other.state.kind, 'live')
  assert.equal(other.stopRequested, true)
  assert.equal(statusDetailOf(story.payment), 'watched')
  const ended = tell(story.payment, [declined('b')])
  assert.deepEqual(eventsOf(ended), [])
  assert.equal(ended.payment.failureReason, null, 'a paid payment has not failed')
  const surplus = tell(story.payment, [took('b', WHOLE)])
  assert.equal(surplus.payment.overpaidTiyn, WHOLE)
  assert.deepEqual(eventsOf(surplus), [])
})

test('S5: too little late money beside another attempt stays processing until that one ends', () => {
  const beside = [...lostStart('a'), ...live('b', { terminalId: 2 }), accepted('a')]
  const story = tell(newPayment(), [...beside, took('a', tenge(5_000))])
  assert.equal(statusOf(story.payment), 'processing')
  assert.equal(attemptOf(story, 'b').stopRequested, true)
  assert.deepEqual(eventsOf(story), [])
  assert.deepEqual(eventsOf(tell(story.payment, [declined('b')])), ['partially_paid'])
  const surplus = tell(story.payment, [took('b', WHOLE)])
  assert.equal(statusOf(surplus.payment), 'paid')
  // 5 000 credited 4 950,50; the 5 049,50 that were due cost 5 100 by Gold.
  assert.equal(surplus.payment.overpaidTiyn, tenge(10_100 - 5_100))
})

test('M7, S5: the rest is priced by the method chosen last, not by the one late money came by', () => {
  const beside = [...lostStart('a'), ...live('b', { terminalId: 2, terms: LOAN }), accepted('a')]
  const { payment } = tell(newPayment(), [...beside, took('a', tenge(5_000))])
  assert.equal(payment.chosen?.method, 'kaspi_credit')
  // 5 049,50 still due, at 14 %: 5 756.43, so 5 757.
  assert.equal(figuresOf(payment).remainingTiyn, tenge(5_757))
  const alone = tell(newPayment(), [...lostStart('c'), accepted('c'), took('c', tenge(5_000))])
  assert.equal(alone.payment.chosen?.method, 'kaspi_gold')
})

test('S5: late money lets a terminal go that was only reserved, so that nothing more is started', () => {
  const beside = [...lostStart('a'), accepted('a'), reserve('b', { terminalId: 2 })]
  const paid = tell(newPayment(), [...beside, took('a', WHOLE)])
  assert.equal(attemptOf(paid, 'b').state.kind, 'released')
  const call = decide(paid.payment, markCalling('b'), NOW)
  assert.deepEqual(call, { kind: 'rejected', code: 'already_paid' })
  const partly = tell(newPayment(), [...beside, took('a', tenge(5_000))])
  assert.equal(statusOf(partly.payment), 'partially_paid')
  assert.deepEqual(eventsOf(partly), ['partially_paid'])
  assert.equal(decide(partly.payment, markCalling('b'), NOW).kind, 'rejected')
})

test('S5: money lifts a cancel that is still watched, and the held event never goes out', () => {
  const story = tell(newPayment(), [
    ...lostStart('a'),
    ...live('b', { terminalId: 2 }),
    accepted('a'),
    CANCEL,
    took('a', tenge(5_000)),
    declined('b'),
  ])
  assert.deepEqual(eventsOf(story), ['(cancelled)', 'supersede', 'partially_paid'])
})

test('S6: an unknown result stays processing, whatever the time, and is never failed by a timer', () => {
  for (const kind of ['unknown', 'not_found'] as const) {
    const story = tell(newPayment(), [...live('a'), observed('a', { kind })])
    assert.equal(attemptOf(story).state.kind, 'unknown')
    assert.equal(statusOf(story.payment), 'processing')
    assert.equal(statusDetailOf(story.payment), 'unknown')
    assert.deepEqual(tasksOf(story), ['result_unknown'])
    assert.ok(occupiesTerminal(attemptOf(story)))
    for (const later of [NOW + HOUR_MS, NOW + 48 * HOUR_MS, NOW + 9_000 * HOUR_MS]) {
      assert.equal(decide(story.payment, observed('a', { kind }), later).kind, 'unchanged')
      assert.equal(decide(story.payment, EXPIRE, later).kind, 'unchanged')
    }
    const known = tell(story.payment, [took('a', WHOLE)], NOW + 48 * HOUR_MS)
    // One that forgot may speak of another operation: forgotten-process.test.ts.
    assert.equal(statusOf(known.payment), kind === 'unknown' ? 'paid' : 'processing')
    assert.equal(known.payment.late, false, 'it was never given up')
  }
})

test('S6: silence is unknown only after 250 s, when the terminal has surely given up', () => {
  const { payment } = tell(newPayment(), live('a'))
  const silence = observed('a', { kind: 'no_answer' })
  assert.equal(decide(payment, silence, NOW + 250 * SECOND_MS).kind, 'unchanged')
  const after = tell(payment, [silence], NOW + 250 * SECOND_MS + 1)
  assert.equal(attemptOf(after).state.kind, 'unknown')
})

test('S6: a terminal that waits past 250 s is unknown too, also when its phase moved on', () => {
  const waiting = observed('a', { kind: 'waiting', phase: 'waiting_for_scan' })
  const begun = tell(newPayment(), [...live('a'), waiting]).payment
  const confirming = observed('a', { kind: 'waiting', phase: 'waiting_for_confirmation' })
  const moved = tell(begun, [confirming], NOW + 100 * SECOND_MS).payment
  assert.equal(statusDetailOf(moved), 'waiting_for_confirmation')
  const after = tell(moved, [confirming], NOW + 251 * SECOND_MS)
  assert.equal(attemptOf(after).state.kind, 'unknown')
})

test('S6: an operator settles an unknown result with evidence, and the history says who', () => {
  const unknown = tell(newPayment(), [...live('a'), observed('a', { kind: 'unknown' })]).payment
  const money = resolve('a', { kind: 'money', success: success(WHOLE) })
  const paid = tell(unknown, [money])
  assert.equal(statusOf(paid.payment), 'paid')
  assert.equal(paid.history[0]?.facts['by'], 'operator')
  const none = tell(unknown, [resolve('a', { kind: 'no_money' })])
  assert.equal(statusOf(none.payment), 'failed')
  assert.equal(none.history[0]?.facts['by'], 'operator')
})

test('S6a: a lost start occupies its terminal but not its payment, which keeps its status', () => {
  const story = tell(newPayment(), lostStart('a'))
  assert.ok(occupiesTerminal(attemptOf(story)))
  assert.ok(!occupiesPayment(attemptOf(story)))
  assert.equal(statusOf(story.payment), 'pending')
  assert.equal(statusDetailOf(story.payment), 'start_lost')
  assert.deepEqual(tasksOf(story), ['start_lost'])
  assert.deepEqual(eventsOf(story), [])
})

test('S6a: after its quarantine it closes as abandoned, with a reconciliation row', () => {
  const story = tell(tell(newPayment(), lostStart('a')).payment, [ABANDON])
  assert.equal(attemptOf(story).state.kind, 'abandoned')
  assert.ok(!occupiesTerminal(attemptOf(story)))
  assert.deepEqual(
    story.effects.filter(({ kind }) => kind === 'reconcile'),
    [{ kind: 'reconcile', attemptId: 'a', terminalId: 1 }],
  )
  assert.equal(decide(story.payment, ABANDON, NOW).kind, 'unchanged')
})

test('S6a: a process learned late is saved and watched, and its QR given to nobody', () => {
  const story = tell(newPayment(), [...lostStart('a'), accepted('a')])
  const stray = attemptOf(story)
  assert.equal(stray.state.kind, 'stray')
  assert.equal(stray.processId, 'process-a')
  assert.equal(stray.stopRequested, true)
  assert.ok(occupiesTerminal(stray), 'its terminal was never let go')
  assert.ok(!occupiesPayment(stray))
  assert.equal(decide(story.payment, qrRead('a'), NOW).kind, 'rejected')
  assert.equal(statusOf(tell(story.payment, live('b', { terminalId: 2 })).payment), 'processing')
})

test('S6a: after an abandonment or an operator’s word it is watched without holding the terminal', () => {
  for (const gone of [ABANDON, resolve('a', { kind: 'no_money' })]) {
    const story = tell(newPayment(), [...lostStart('a'), gone, accepted('a')])
    assert.equal(attemptOf(story).state.kind, 'stray')
    assert.equal(attemptOf(story).processId, 'process-a')
    assert.ok(!occupiesTerminal(attemptOf(story)))
    assertLatePaid(tell(story.payment, [took('a', WHOLE)]))
  }
})

test('S6a: a process learned after an operator booked its money is saved, not booked again', () => {
  const money = resolve('a', { kind: 'money', success: success(WHOLE) })
  const story = tell(newPayment(), [...lostStart('a'), money, accepted('a')])
  assert.equal(attemptOf(story).processId, 'process-a')
  assert.equal(attemptOf(story).state.kind, 'succeeded')
  assert.equal(decide(story.payment, took('a', WHOLE), NOW).kind, 'unchanged')
  assert.equal(story.payment.paidTiyn, WHOLE)
})

test('S6a: a stray that ends without money says nothing about its payment', () => {
  const story = tell(newPayment(), [...lostStart('a'), accepted('a'), declined('a')])
  assert.equal(statusOf(story.payment), 'pending')
  assert.equal(story.payment.failureReason, null)
  assert.deepEqual(eventsOf(story), [])
})

test('S3, S6a: an operator who finds no money on a lost start leaves the payment as it was', () => {
  const story = tell(newPayment(), [...lostStart('a'), resolve('a', { kind: 'no_money' })])
  assert.equal(statusOf(story.payment), 'pending')
  assert.deepEqual(eventsOf(story), [])
})

test('S6a: a stray stays one when its terminal knows nothing, so it never takes the payment', () => {
  const { payment } = tell(newPayment(), [...lostStart('a'), accepted('a')])
  for (const kind of ['unknown', 'no_answer'] as const) {
    assert.equal(decide(payment, observed('a', { kind }), AFTER_TERM).kind, 'unchanged')
  }
  const forgotten = tell(payment, [observed('a', { kind: 'not_found' })], AFTER_TERM)
  assert.equal(attemptOf(forgotten).state.kind, 'stray')
})

test('S6a, S6b: in person a lost start holds the payment until somebody says what the screen showed', () => {
  const story = tell(newPayment(), lostStart('a', { presence: 'in_person' }))
  assert.deepEqual(attemptOf(story).state, { kind: 'held', reason: 'start_lost_in_person' })
  assert.equal(statusOf(story.payment), 'processing')
  assert.equal(statusDetailOf(story.payment), 'settle_by_hand')
  assert.deepEqual(tasksOf(story), ['settle_by_hand'])
  const retry = decide(story.payment, reserve('b', { presence: 'in_person', terminalId: 2 }), NOW)
  assert.deepEqual(retry, { kind: 'rejected', code: 'attempt_in_progress' })
  const nothing = tell(story.payment, [resolve('a', { kind: 'no_money' })])
  assert.equal(statusOf(nothing.payment), 'pending')
  const paid = tell(story.payment, [resolve('a', { kind: 'money', success: success(WHOLE) })])
  assert.equal(statusOf(paid.payment), 'paid')
})

test('S6a: in person a process learned late goes on holding the payment, for the customer sees it', () => {
  const story = tell(newPayment(), [...lostStart('a', { presence: 'in_person' }), accepted('a')])
  assert.equal(attemptOf(story).state.kind, 'live')
  assert.equal(attemptOf(story).stopRequested, false)
  assert.ok(!occupiesTerminal(attemptOf(story)), 'the terminal was let go when it was held')
  assert.equal(statusOf(story.payment), 'processing')
  const other = decide(story.payment, reserve('b', { terms: LOAN, terminalId: 2 }), NOW)
  assert.equal(other.kind, 'rejected')
  assert.equal(statusOf(tell(story.payment, [took('a', WHOLE)]).payment), 'paid')
})

test('S6b: a success that cannot be booked frees the terminal and holds the payment', () => {
  const cases: [PaymentInput, string][] = [
    [took('a', null), 'sum_unreadable'],
    [observed('a', { kind: 'succeeded', success: success(WHOLE) }, true), 'possible_duplicate'],
  ]
  for (const [input, reason] of cases) {
    const story = tell(newPayment(), [...live('a'), input])
    assert.deepEqual(attemptOf(story).state, { kind: 'held', reason })
    assert.ok(!occupiesTerminal(attemptOf(story)))
    assert.equal(statusOf(story.payment), 'processing')
    assert.equal(statusDetailOf(story.payment), 'settle_by_hand')
    assert.equal(story.payment.paidTiyn, 0n)
    const settled = tell(story.payment, [
      resolve('a', { kind: 'money', success: success(WHOLE, 'kaspi_credit') }),
    ])
    assert.equal(statusOf(settled.payment), 'partially_paid')
    assert.equal(settled.payment.late, false)
  }
})

test('S6b, I2: a stray that cannot be booked holds the payment beside the one at work, which is stopped', () => {
  const beside = [...lostStart('a'), ...live('b', { terminalId: 2 }), accepted('a')]
  const story = tell(newPayment(), [...beside, took('a', null)])
  assert.equal(attemptOf(story).state.kind, 'held')
  assert.equal(attemptOf(story, 'b').state.kind, 'live')
  assert.equal(attemptOf(story, 'b').stopRequested, true)
  assert.equal(story.payment.attempts.filter(isAtWork).length, 1)
  assert.equal(statusDetailOf(story.payment), 'settle_by_hand')
  const ended = tell(story.payment, [declined('b')])
  assert.equal(statusOf(ended.payment), 'processing', 'until an operator settles the other')
  assert.deepEqual(eventsOf(ended), [])
  const settled = tell(ended.payment, [resolve('a', { kind: 'money', success: success(WHOLE) })])
  assertLatePaid(settled)
})

test('S6b: an operator’s sum is above 0, whoever forgot to look', () => {
  const { payment } = tell(newPayment(), [...live('a'), took('a', null)])
  for (const gross of [0n, -100n]) {
    const input = resolve('a', { kind: 'money', success: success(gross) })
    assert.throws(() => decide(payment, input, NOW), /внутреннее правило: .* больше нуля/)
  }
})

test('S9: an operation that is alive on the terminal puts it in quarantine, a dead line does not', () => {
  const quarantines = (inputs: readonly PaymentInput[]) =>
    tell(newPayment(), inputs).effects.flatMap((effect) =>
      effect.kind === 'quarantine' ? [effect.reason] : [],
    )
  const calling = [reserve('a'), markCalling('a')]
  assert.deepEqual(quarantines([...calling, refused('a', 'terminal_busy')]), ['terminal_busy'])
  for (const reason of [
    'not_connected',
    'no_internet',
    'payments_blocked',
    'bad_request',
  ] as const) {
    assert.deepEqual(quarantines([...calling, refused('a', reason)]), [])
  }
})
