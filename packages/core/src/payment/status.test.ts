// What a payment is at in one finer word, and its sums while something of it is asked back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  live,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  reserve,
  resolve,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { figuresOf } from './figures.ts'
import type { PaymentInput } from './input.ts'
import { statusDetailOf } from './status.ts'

test('S1: what a payment is at, in one finer word', () => {
  const words: readonly (readonly [readonly PaymentInput[], string | null])[] = [
    [[], null],
    [[reserve('a')], 'starting'],
    [[reserve('a'), markCalling('a')], 'starting'],
    [live('a'), 'starting'],
    [[...live('a'), observed('a', { kind: 'unknown' })], 'unknown'],
    [[...live('a'), took('a', null)], 'settle_by_hand'],
    [[...live('a'), CANCEL], 'watched'],
    [lostStart('a'), 'start_lost'],
    [[...lostStart('a'), accepted('a')], 'start_lost'],
    [[...lostStart('a'), { kind: 'abandon', attemptId: 'a' }], 'start_lost'],
    [[...lostStart('a'), resolve('a', { kind: 'no_money' })], null],
    [[...lostStart('a'), CANCEL], null],
    [[...live('a'), declined('a')], null],
    [[...lostStart('a'), ...live('b', { terminalId: 2 }), took('b', tenge(10_100))], null],
  ]
  for (const [inputs, word] of words)
    assert.equal(statusDetailOf(tell(newPayment(), inputs).payment), word)
})

test('M5, M15: what is asked back counts as due again, unless the payment is cancelled', () => {
  const facts = {
    ...newPayment({
      creditedTiyn: tenge(6_000),
      paidTiyn: tenge(6_060),
      withheldTiyn: tenge(1_000),
    }),
    overpaidTiyn: 3n,
    refundedTiyn: 4n,
  }
  assert.deepEqual(figuresOf(facts), {
    amountTiyn: tenge(11_060),
    originalTiyn: tenge(10_000),
    commissionTiyn: tenge(1_060),
    rateBp: 0,
    paidTiyn: tenge(6_060),
    remainingTiyn: tenge(5_000),
    creditedTiyn: tenge(6_000),
    remainingCreditTiyn: tenge(5_000),
    overpaidTiyn: 3n,
    refundedTiyn: 4n,
  })
  const cancelled = figuresOf({ ...facts, cancelReason: 'requested' })
  assert.equal(cancelled.remainingCreditTiyn, tenge(4_000))
  assert.equal(figuresOf({ ...facts, paidAtMs: NOW }).remainingTiyn, 0n)
  assert.equal(figuresOf({ ...facts, creditedTiyn: tenge(20_000) }).remainingTiyn, 0n)
})
