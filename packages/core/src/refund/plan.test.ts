// What a request for a refund comes to, over one capture and over several.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../payment/decide.ts'
import type { Capture } from '../payment/effect.ts'
import type { Payment } from '../payment/state.ts'
import { live, NOW, newPayment, tell, tenge, took } from '../testing/payments.ts'
import { ASKER, ask, gaveBack, inState, LIVE, PAID, request } from '../testing/refunds.ts'
import { planRefund, REFUNDS_LIMIT, sharesOf } from './plan.ts'
import type { CommissionBearer } from './state.ts'

const PART = live('a', { partTiyn: tenge(5_000) })

/** 5 000 ₸ by the attempt `a`, then 5 100 ₸ by `b`: 10 000 ₸ paid. */
const TWICE = tell(newPayment(), [
  ...PART,
  took('a', tenge(5_000)),
  ...live('b'),
  took('b', tenge(5_100)),
]).payment

const [TAKEN] = PAID.captures
assert.ok(TAKEN)

function planOf(
  payment: Payment,
  amountTiyn: bigint | null,
  bearer: CommissionBearer = 'source',
  attemptId: string | null = null,
) {
  const plan = planRefund(payment, { attemptId, amountTiyn, bearer })
  if (plan.kind === 'rejected') return plan.code
  assert.equal(
    plan.totalTiyn,
    plan.parts.reduce((sum, part) => sum + part.amountTiyn, 0n),
  )
  return plan.parts.map((part) => [part.attemptId, part.amountTiyn / 100n])
}

test('the newest capture gives first, one alone where it is named, none that has nothing left', () => {
  assert.deepEqual(planOf(TWICE, null), [
    ['b', 5_100n],
    ['a', 5_000n],
  ])
  assert.deepEqual(planOf(TWICE, tenge(6_000)), [
    ['b', 5_100n],
    ['a', 900n],
  ])
  assert.deepEqual(planOf(TWICE, tenge(5_100)), [['b', 5_100n]])
  assert.deepEqual(planOf(TWICE, null, 'source', 'a'), [['a', 5_000n]])
  const given = tell(TWICE, [{ ...request(tenge(5_100)), refundIds: ['r'] }]).payment
  assert.deepEqual(planOf(given, tenge(100)), [['a', 100n]])
  assert.equal(planOf(given, null, 'source', 'b'), 'nothing_to_refund')
})

test('a sum is above 0, of whole steps of every terminal that gives, and not above what is left', () => {
  assert.deepEqual(planOf(PAID, tenge(10_100)), [['a', 10_100n]])
  assert.equal(planOf(PAID, tenge(10_101)), 'refund_too_large')
  for (const sum of [0n, -tenge(1), 50n]) assert.equal(planOf(PAID, sum), 'invalid_refund')
  const [a, b] = TWICE.attempts
  assert.ok(a && b)
  const coarse = { ...b, quote: { ...b.quote, stepTiyn: 500n } }
  assert.equal(planOf({ ...TWICE, attempts: [a, coarse] }, tenge(1)), 'invalid_refund')
  assert.deepEqual(planOf({ ...TWICE, attempts: [a, coarse] }, tenge(5)), [['b', 5n]])
  assert.deepEqual(planOf({ ...PAID, attempts: [] }, 250n), [['a', 2n]], 'to the tiyn')
  const odd = tell(newPayment(), [...PART, took('a', tenge(5_000, 50))]).payment
  assert.deepEqual(planOf(odd, null), [['a', 5_000n]], 'what is below a step cannot be given')
})

test('a payment has at most a hundred refunds, the dead ones among them', () => {
  const [dead] = inState('cancelled').refunds
  assert.ok(dead)
  const after = (count: number) => ({
    ...TWICE,
    refunds: Array.from({ length: count }, (_, n) => ({ ...dead, id: `d${n}` })),
  })
  assert.equal(planOf(after(REFUNDS_LIMIT - 2), null).length, 2)
  assert.equal(planOf(after(REFUNDS_LIMIT - 1), null), 'too_many_refunds')
})

test('M15: what was overpaid goes first, wherever it is, in whole steps', () => {
  const over: Capture = { ...TAKEN, grossTiyn: tenge(11_400), overpaidTiyn: tenge(1_300, 50) }
  const plain: Capture = { ...TAKEN, attemptId: 'b' }
  const older = { ...PAID, captures: [over, plain] }
  assert.deepEqual(planOf(older, tenge(1_300)), [['a', 1_300n]])
  assert.deepEqual(planOf(older, tenge(1_400)), [
    ['b', 100n],
    ['a', 1_300n],
  ])
  const newer = { ...PAID, captures: [plain, over] }
  assert.deepEqual(planOf(newer, tenge(11_500)), [
    ['a', 11_400n],
    ['b', 100n],
  ])
})

test('where the customer bears the commission, credit and what was overpaid are all there is', () => {
  const over = { ...TAKEN, grossTiyn: tenge(11_400), overpaidTiyn: tenge(1_300) }
  const payment = { ...PAID, captures: [over] }
  assert.deepEqual(planOf(payment, null, 'customer'), [['a', 11_300n]])
  assert.deepEqual(planOf(payment, null, 'centre'), [['a', 11_400n]])
  const most = tell(PAID, [request(tenge(9_000), { bearer: 'customer' })]).payment
  assert.deepEqual(planOf(most, null, 'customer'), [['a', 1_000n]])
})

const HALF: Capture = { ...TAKEN, grossTiyn: 1_300n, creditTiyn: 500n, overpaidTiyn: 300n }
const LEFT = { grossTiyn: 1_300n, creditTiyn: 500n, overpaidTiyn: 300n }

test('M15: credit goes back in proportion, rounded up, the last part takes what is left', () => {
  const shares = (tiyn: bigint, left = LEFT, bearer: CommissionBearer = 'source') =>
    Object.values(sharesOf(HALF, left, tiyn, bearer)).map(Number)
  // Overpaid, then credit: half of what is beyond.
  assert.deepEqual(shares(200n), [200, 0])
  assert.deepEqual(shares(300n), [300, 0])
  assert.deepEqual(shares(400n), [300, 50])
  assert.deepEqual(shares(401n), [300, 51])
  assert.deepEqual(shares(301n), [300, 1])
  assert.deepEqual(shares(1_300n), [300, 500])
  const end = { grossTiyn: 100n, creditTiyn: 60n, overpaidTiyn: 0n }
  assert.deepEqual(shares(100n, end), [0, 60])
  assert.deepEqual(shares(99n, end), [0, 50])
  assert.deepEqual(shares(99n, { ...end, creditTiyn: 20n }), [0, 20])
  assert.deepEqual(shares(99n, end, 'customer'), [0, 60])
  assert.deepEqual(shares(50n, end, 'customer'), [0, 50])
  assert.deepEqual(shares(50n, { ...end, creditTiyn: -5n, overpaidTiyn: -5n }), [0, 0])
  assert.deepEqual(shares(50n, { grossTiyn: 50n, creditTiyn: 5n, overpaidTiyn: 50n }), [50, 0])
  const surplus = { ...HALF, creditTiyn: 0n, overpaidTiyn: 1_300n }
  const all = { grossTiyn: 1_300n, creditTiyn: 0n, overpaidTiyn: 0n }
  assert.deepEqual(sharesOf(surplus, all, 9n, 'source'), { overpaidTiyn: 0n, creditTiyn: 0n })
})

test('a part that another is asked back of is left to that one, whatever became of it', () => {
  const running = tell(PAID, [request(tenge(4_000)), ...LIVE.map((step) => ask(step))]).payment
  assert.deepEqual(planOf(running, null), [['a', 6_100n]])
  const done = tell(running, [ask(gaveBack(tenge(4_000)))]).payment
  assert.deepEqual(planOf(done, null), [['a', 6_100n]])
})

test('a request is told with its sum and parts, and waits for a second word where it needs one', () => {
  const asked = decide(PAID, request(), NOW)
  assert.ok(asked.kind === 'applied')
  assert.deepEqual([asked.history.what, asked.history.attemptId], ['refund_requested', 'a'])
  const facts = { amount_tiyn: '1010000', parts: 1, reason: 'customer_request' }
  assert.deepEqual(asked.history.facts, { ...facts, needs_approval: false })
  assert.deepEqual(asked.effects, [])
  assert.deepEqual(asked.payment.refunds, [
    {
      id: 'r1',
      attemptId: 'a',
      amountTiyn: tenge(10_100),
      creditTiyn: tenge(10_000),
      overpaidTiyn: 0n,
      bearer: 'source',
      reason: 'customer_request',
      note: null,
      requestedBy: ASKER,
      approvedBy: null,
      state: { kind: 'approved' },
      terminalId: null,
      processId: null,
      forgotten: false,
      qr: null,
      stopRequested: false,
      holdsTerminal: true,
      tries: 0,
    },
  ])
  const exact = decide(PAID, request(null, { approvalAboveTiyn: tenge(10_100) }), NOW)
  assert.ok(exact.kind === 'applied' && exact.effects.length === 0, 'just that sum needs nobody')
  const above = decide(PAID, request(null, { approvalAboveTiyn: tenge(10_099) }), NOW)
  assert.ok(above.kind === 'applied')
  assert.deepEqual(above.history.facts, { ...facts, needs_approval: true })
  assert.deepEqual(above.effects, [{ kind: 'task', task: 'refund_approval', attemptId: null }])
  const tooLarge = decide(PAID, request(tenge(10_101)), NOW)
  assert.deepEqual(tooLarge, { kind: 'rejected', code: 'refund_too_large' })
  const dead = decide(
    inState('cancelled'),
    request(null, { approvalAboveTiyn: tenge(10_100) }),
    NOW,
  )
  assert.ok(dead.kind === 'applied' && dead.effects.length === 0, 'what is dead does not weigh')
  const short = { ...request(), refundIds: [] }
  assert.throws(() => decide(PAID, short, NOW), /не хватило номеров/)
})
