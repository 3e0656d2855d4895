// Money that went back in the books, out of whose pocket (M14, M15), and credits that come to count again
// because it did not (S5).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../payment/decide.ts'
import type { Effect } from '../payment/effect.ts'
import type { PaymentInput } from '../payment/input.ts'
import type { Payment } from '../payment/state.ts'
import { statusOf } from '../payment/status.ts'
import {
  balancesOf,
  eventsOf,
  live,
  NOW,
  newPayment,
  tasksOf,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { ask, gaveBack, inState, LIVE, OTHER, PAID, request } from '../testing/refunds.ts'
import type { CommissionBearer } from './state.ts'

/** 10,33 ₸ by Gold cost 11 ₸: 11 tiyn of commission, 56 of rounding. */
const SMALL = tell(newPayment({ originalTiyn: 1_033n }), [...live('a'), took('a', 1_100n)]).payment

function asked(tiyn: bigint | null, id: string, bearer: CommissionBearer = 'centre'): PaymentInput {
  return { ...request(tiyn, { bearer }), refundIds: [id] }
}

function run(id: string): PaymentInput[] {
  return LIVE.map((step) => ask(step, id))
}

/** What one refund posts, by account. */
function posted(payment: Payment, id: string, tiyn: bigint) {
  const done = tell(payment, [...run(id), ask(gaveBack(tiyn), id)])
  return [done.payment, balancesOf(done)] as const
}

test('M14: where the centre bears it, commission goes back first and rounding last', () => {
  const [one, first] = posted(tell(SMALL, [asked(300n, 'r1')]).payment, 'r1', 300n)
  assert.deepEqual(first, {
    refunded: 300n,
    source_credit: -282n,
    commission_charged: -11n,
    rounding: -7n,
  })
  const [two, second] = posted(tell(one, [asked(300n, 'r2')]).payment, 'r2', 300n)
  assert.deepEqual(second, { refunded: 300n, source_credit: -282n, rounding: -18n })
  const [, last] = posted(tell(two, [asked(null, 'r3')]).payment, 'r3', 500n)
  assert.deepEqual(last, { refunded: 500n, source_credit: -469n, rounding: -31n })
})

test('M14: commission that went back in part goes on where it was', () => {
  const [one, first] = posted(tell(SMALL, [asked(100n, 'r1')]).payment, 'r1', 100n)
  assert.deepEqual(first, { refunded: 100n, source_credit: -94n, commission_charged: -6n })
  assert.deepEqual(posted(tell(one, [asked(100n, 'r2')]).payment, 'r2', 100n)[1], {
    refunded: 100n,
    source_credit: -94n,
    commission_charged: -5n,
    rounding: -1n,
  })
})

test('M14: commission is what the centre has given back of this capture, and nobody else of any', () => {
  const whole = { refunded: 300n, source_credit: -282n, commission_charged: -11n, rounding: -7n }
  const [ofSource] = posted(tell(SMALL, [asked(300n, 'r1', 'source')]).payment, 'r1', 300n)
  assert.deepEqual(posted(tell(ofSource, [asked(300n, 'r2')]).payment, 'r2', 300n)[1], whole)
  const waiting = tell(SMALL, [asked(300n, 'r1'), asked(300n, 'r2')]).payment
  assert.deepEqual(posted(waiting, 'r2', 300n)[1], whole)
  const [refund] = posted(tell(SMALL, [asked(300n, 'r1')]).payment, 'r1', 300n)[0].refunds
  assert.ok(refund)
  const elsewhere = { ...SMALL, refunds: [{ ...refund, attemptId: 'b' }] }
  assert.deepEqual(posted(tell(elsewhere, [asked(300n, 'r2')]).payment, 'r2', 300n)[1], whole)
})

test('M14: of the customer’s own commission only the step’s rounding goes back', () => {
  const given = tell(SMALL, [asked(null, 'r1', 'customer')]).payment
  assert.deepEqual(posted(given, 'r1', 1_100n)[1], {
    refunded: 1_100n,
    source_credit: -1_033n,
    rounding: -67n,
  })
})

test('M15: what was overpaid is given back from there, and is overpaid no more', () => {
  const over = tell(newPayment(), [...live('a'), took('a', tenge(11_400))]).payment
  const [after, sums] = posted(tell(over, [asked(tenge(1_400), 'r1')]).payment, 'r1', tenge(1_400))
  assert.equal(after.overpaidTiyn, 0n)
  const credit = -tenge(99, 1)
  assert.deepEqual(sums, {
    refunded: tenge(1_400),
    overpaid: -tenge(1_300),
    source_credit: credit,
    commission_charged: -tenge(0, 99),
  })
  const next = posted(tell(after, [asked(tenge(100), 'r2')]).payment, 'r2', tenge(100))[1]
  assert.equal(next['commission_charged'], -tenge(0, 99), 'what was overpaid was no commission')
})

test('what a person still had to do is done with the last of it, and not before', () => {
  const DONE: Effect = { kind: 'tasks_done', tasks: ['refund_due', 'overpaid', 'late_money'] }
  const event = (sequence: number): Effect => ({
    kind: 'event',
    event: 'refunded',
    sequence,
    held: false,
  })
  const rest = (payment: Payment, tiyn: bigint) => {
    const decision = decide(payment, ask(gaveBack(tiyn)), NOW)
    assert.ok(decision.kind === 'applied' && decision.history.what === 'refunded')
    return decision.effects.filter(({ kind }) => kind !== 'posted')
  }
  assert.deepEqual(rest(inState('live'), tenge(10_100)), [DONE, event(2)])
  const CLEARED: Effect = { kind: 'tasks_done', tasks: ['refund_unclear'] }
  assert.deepEqual(rest(inState('unknown'), tenge(10_100)), [CLEARED, DONE, event(2)])
  const differs: Effect = { kind: 'task', task: 'sum_differs', attemptId: 'a' }
  assert.deepEqual(rest(inState('live'), tenge(100)), [differs, event(2)])
})

test('a refund of a capture that is not there is a fault of the program', () => {
  const lost = { ...inState('live'), captures: [] }
  assert.throws(() => decide(lost, ask(gaveBack(1n)), NOW), /возврат не своей оплаты/)
  const bare = { ...inState('live', { bearer: 'centre' }), attempts: [] }
  assert.throws(() => decide(bare, ask(gaveBack(100n)), NOW), /у оплаты нет попытки/)
})

const CANCEL_REFUND = ask({ kind: 'cancel' })
/** Who was to approve it need not any more. */
const APPROVAL_DONE: Effect = { kind: 'tasks_done', tasks: ['refund_approval'] }

/** A part that is asked back, and then `tiyn` of the whole that is due again. */
function paidAgain(partTiyn: bigint, againTiyn: bigint, tiyn = againTiyn): Payment {
  return tell(newPayment(), [
    ...live('a', { partTiyn }),
    took('a', partTiyn),
    request(null, { approvalAboveTiyn: 0n }),
    ...live('b', { partTiyn: againTiyn }),
    took('b', tiyn),
  ]).payment
}

test('S5: credits that count again may pay the payment, within its tolerance', () => {
  const part = paidAgain(tenge(5_000), tenge(5_100), tenge(5_099))
  assert.equal(statusOf(part), 'partially_paid')
  const story = tell(part, [ask({ kind: 'decline', by: OTHER })])
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(story.payment.paidAtMs, NOW)
  assert.equal(story.payment.forgivenTiyn, 98n)
  assert.equal(story.payment.late, true)
  assert.deepEqual(balancesOf(story), { source_credit: 98n, forgiven: -98n })
  assert.deepEqual(eventsOf(story), ['paid'])
  assert.deepEqual(tasksOf(story), [])
  assert.deepEqual(story.effects[0], { kind: 'tasks_done', tasks: ['refund_approval'] })
  assert.equal(story.effects.length, 3)
})

test('S5: just enough is neither forgiven nor too much', () => {
  const story = tell(paidAgain(tenge(5_050), tenge(5_050)), [CANCEL_REFUND])
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(story.payment.forgivenTiyn, 0n)
  assert.deepEqual(
    story.effects.map(({ kind }) => kind),
    ['tasks_done', 'event'],
  )
})

test('S5: what was paid twice meanwhile is too much, late, and somebody’s to look at', () => {
  const twice = paidAgain(tenge(5_000), tenge(10_100))
  assert.equal(statusOf(twice), 'paid')
  assert.equal(twice.late, false)
  const story = tell(twice, [CANCEL_REFUND])
  assert.equal(story.payment.late, true)
  assert.equal(story.payment.forgivenTiyn, 0n)
  const due: Effect = { kind: 'task', task: 'refund_due', attemptId: null }
  assert.deepEqual(story.effects, [APPROVAL_DONE, due])
})

test('S5: two parts that are more than was due pay it, and are too much', () => {
  const story = tell(paidAgain(tenge(6_000), tenge(6_000)), [CANCEL_REFUND])
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(story.payment.forgivenTiyn, 0n)
  assert.equal(story.payment.late, true)
  assert.deepEqual(tasksOf(story), ['refund_due'])
  assert.deepEqual(balancesOf(story), {})
})

test('S5: a refund that ends leaves a payment as it was where its credit is not enough', () => {
  const little = paidAgain(tenge(1_000), tenge(1_000))
  const story = tell(little, [CANCEL_REFUND])
  assert.equal(statusOf(story.payment), 'partially_paid')
  assert.equal(story.payment.late, false)
  assert.deepEqual(story.effects, [APPROVAL_DONE])
  const late = tell({ ...PAID, late: true }, [request(), CANCEL_REFUND])
  assert.equal(late.payment.late, true)
})
