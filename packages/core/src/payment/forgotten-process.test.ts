// S6b: a process that its terminal did not know once. Whatever final word comes after that may be of another
// operation, which was given the same id, so a person weighs it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '../provider/observation.ts'
import {
  accepted,
  declined,
  eventsOf,
  live,
  lostStart,
  NOW,
  newPayment,
  observed,
  resolve,
  success,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { decide } from './decide.ts'
import type { PaymentInput } from './input.ts'
import { statusOf } from './status.ts'

const WHOLE = tenge(10_100)
const FORGOTTEN = observed('a', { kind: 'not_found' })
const HELD = { kind: 'held', reason: 'process_forgotten' } as const

/** How its terminal came to be asked about a process that it had forgotten once. */
const ROADS: Readonly<Record<string, readonly PaymentInput[]>> = {
  'live and forgotten': [...live('a'), FORGOTTEN],
  'unknown first': [...live('a'), observed('a', { kind: 'unknown' }), FORGOTTEN],
  'found late': [...lostStart('a'), accepted('a'), FORGOTTEN],
}

for (const [road, inputs] of Object.entries(ROADS)) {
  test(`a final word on a process ${road} books nothing and ends nothing`, () => {
    const before = tell(newPayment(), inputs).payment
    const yes = tell(before, [took('a', WHOLE)])
    const no = tell(before, [declined('a')])
    for (const { effects, payment } of [yes, no]) {
      assert.deepEqual(payment.attempts[0]?.state, HELD)
      assert.deepEqual(effects, [{ kind: 'task', task: 'settle_by_hand', attemptId: 'a' }])
      assert.equal(payment.paidTiyn, 0n)
      assert.equal(statusOf(payment), 'processing')
    }
    assert.deepEqual(yes.history[0]?.facts, {
      reason: 'process_forgotten',
      told: 'succeeded',
      told_tiyn: String(WHOLE),
      told_number: '3699352521',
    })
    assert.deepEqual(no.history[0]?.facts, {
      reason: 'process_forgotten',
      told: 'failed',
      why: 'declined',
    })
  })
}

test('a person settles it by what they saw', () => {
  const held = tell(newPayment(), [...live('a'), FORGOTTEN, took('a', WHOLE)]).payment
  const money = resolve('a', { kind: 'money', success: success(WHOLE) })
  assert.deepEqual(eventsOf(tell(held, [money])), ['paid'])
  assert.deepEqual(eventsOf(tell(held, [resolve('a', { kind: 'no_money' })])), ['failed'])
})

test('it is remembered once, and a stray stays one', () => {
  const comesTo = (inputs: readonly PaymentInput[]) => {
    const { payment } = tell(newPayment(), inputs)
    const decision = decide(payment, FORGOTTEN, NOW)
    return decision.kind === 'applied'
      ? [decision.history.what, decision.attempt?.state.kind, decision.attempt?.forgotten]
      : decision.kind
  }
  assert.deepEqual(comesTo(live('a')), ['result_unknown', 'unknown', true])
  const unknown = [...live('a'), observed('a', { kind: 'unknown' })]
  assert.deepEqual(comesTo(unknown), ['process_forgotten', 'unknown', true])
  assert.equal(comesTo([...live('a'), FORGOTTEN]), 'unchanged')
  const stray = [...lostStart('a'), accepted('a')]
  assert.deepEqual(comesTo(stray), ['process_forgotten', 'stray', true])
})

test('another attempt goes on beside it: what was said may be of neither', () => {
  const stray = [...lostStart('a'), ...live('b', { terminalId: 2 }), accepted('a'), FORGOTTEN]
  const { payment } = tell(tell(newPayment(), stray).payment, [took('a', WHOLE)])
  assert.deepEqual(payment.attempts[0]?.state, HELD)
  assert.equal(payment.attempts[1]?.stopRequested, false)
})

test('a number that is booked already is told as one', () => {
  const before = tell(newPayment(), [...live('a'), FORGOTTEN]).payment
  const booked: Observation = { kind: 'succeeded', success: success(WHOLE) }
  const { history } = tell(before, [observed('a', booked, true)])
  assert.equal(history[0]?.facts['reason'], 'possible_duplicate')
})
