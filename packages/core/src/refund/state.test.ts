// What each state of a refund holds, and what the refunds of a payment come to in one word.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { live, newPayment, tell, tenge, took } from '../testing/payments.ts'
import { ask, gaveBack, inState, LIVE, PAID, request } from '../testing/refunds.ts'
import { leftOf, refundStatusOf, withRefunds } from './figures.ts'
import {
  firstFenceOf,
  holdsSum,
  isRefundAtWork,
  isRefundOpen,
  isRefundWatched,
  REFUND_STATES,
  type Refund,
  type RefundStateKind,
  refundOccupiesTerminal,
} from './state.ts'

/** s: its sum · t: its terminal · p: its payment · w: a watcher · o: is neither done nor given up. */
const HOLDS: Readonly<Record<RefundStateKind, string>> = {
  awaiting_approval: 's---o',
  approved: 's---o',
  reserved: 'stpwo',
  calling: 'stpwo',
  live: 'stpwo',
  unknown: 'stpwo',
  lost: 'st-wo',
  held: 's---o',
  succeeded: 's----',
  failed: '-----',
  declined: '-----',
  cancelled: '-----',
}

const HELD_BY = [
  ['s', holdsSum],
  ['t', refundOccupiesTerminal],
  ['p', isRefundAtWork],
  ['w', isRefundWatched],
  ['o', isRefundOpen],
] as const

function refundIn(kind: RefundStateKind, changes: Partial<Refund> = {}): Refund {
  const [refund] = inState(kind, changes).refunds
  assert.ok(refund)
  return refund
}

test('M15: what each state holds', () => {
  for (const kind of REFUND_STATES) {
    const held = HELD_BY.map(([letter, holds]) => (holds(refundIn(kind)) ? letter : '-'))
    assert.equal(held.join(''), HOLDS[kind], kind)
    assert.equal(refundOccupiesTerminal(refundIn(kind, { holdsTerminal: false })), false)
  }
})

test('every try has fencing numbers of its own', () => {
  assert.equal(firstFenceOf({ tries: 0 }), 0n)
  assert.equal(firstFenceOf({ tries: 3 }), 3_000_000n)
})

test('the refunds of a payment in one word', () => {
  const words: Readonly<Record<RefundStateKind, string | null>> = {
    awaiting_approval: 'requested',
    approved: 'requested',
    reserved: 'processing',
    calling: 'processing',
    live: 'processing',
    unknown: 'processing',
    lost: 'processing',
    held: 'processing',
    succeeded: 'refunded',
    failed: null,
    declined: null,
    cancelled: null,
  }
  for (const kind of REFUND_STATES) assert.equal(refundStatusOf(inState(kind)), words[kind], kind)
  const [dead, done] = [refundIn('declined'), refundIn('succeeded', { id: 'r2' })]
  assert.equal(refundStatusOf(withRefunds(PAID, [dead, done])), 'refunded')
})

test('a payment is refunded when of every capture no credit and nothing overpaid is left', () => {
  const some = (changes: Partial<Refund>) =>
    withRefunds(PAID, [refundIn('succeeded', { amountTiyn: 1n, ...changes })])
  assert.equal(refundStatusOf(some({ creditTiyn: tenge(10_000) })), 'refunded')
  assert.equal(refundStatusOf(some({ creditTiyn: tenge(9_999, 99) })), 'partially_refunded')
  const over = PAID.captures.map((capture) => ({ ...capture, overpaidTiyn: 5n }))
  const partly = { ...some({ creditTiyn: tenge(10_000), overpaidTiyn: 4n }), captures: over }
  assert.equal(refundStatusOf(partly), 'partially_refunded')
  const whole = { ...some({ creditTiyn: tenge(10_000), overpaidTiyn: 5n }), captures: over }
  assert.equal(refundStatusOf(whole), 'refunded')
  const first = [...live('a', { partTiyn: tenge(5_000) }), took('a', tenge(5_000))]
  const twice = tell(newPayment(), [...first, ...live('b'), took('b', tenge(5_100))]).payment
  const one = tell(twice, [
    request(tenge(5_100)),
    ...LIVE.map((step) => ask(step)),
    ask(gaveBack(tenge(5_100))),
  ])
  assert.equal(refundStatusOf(one.payment), 'partially_refunded')
})

test('M15: only refunds that are done were given back; what is left is counted by capture', () => {
  const [done, asked] = [refundIn('succeeded'), refundIn('live', { id: 'r2', amountTiyn: 7n })]
  const other = refundIn('succeeded', { id: 'r3', attemptId: 'b', amountTiyn: 9n })
  const payment = withRefunds(PAID, [done, asked, other])
  assert.equal(payment.refundedTiyn, done.amountTiyn + 9n)
  const [capture] = PAID.captures
  assert.ok(capture)
  const over = { ...capture, overpaidTiyn: 5n }
  const part = { amountTiyn: 30n, creditTiyn: 20n, overpaidTiyn: 3n }
  const refunds = [refundIn('live', part), refundIn('failed', { ...part, id: 'r4' }), other]
  assert.deepEqual(leftOf(over, refunds), {
    grossTiyn: over.grossTiyn - 30n,
    creditTiyn: over.creditTiyn - 20n,
    overpaidTiyn: 2n,
  })
  assert.equal(leftOf(over, refunds, 'r1').grossTiyn, over.grossTiyn)
})
