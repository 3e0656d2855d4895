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
import { UNRESOLVED_AFTER_MS } from './decide-start.ts'
import type { PaymentInput } from './input.ts'
import { statusOf } from './status.ts'

const WHOLE = tenge(10_100)
const FORGOTTEN = observed('a', { kind: 'not_found' })
const OTHER = observed('a', { kind: 'other_process' })
const HELD = { kind: 'held', reason: 'process_forgotten' } as const

/** How its terminal came to be asked about a process that it had forgotten once. */
const ROADS: Readonly<Record<string, readonly PaymentInput[]>> = {
  'live and forgotten': [...live('a'), FORGOTTEN],
  'answered for by another': [...live('a'), OTHER],
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

test('it is remembered once, and only a terminal that forgot makes its attempt unknown at once', () => {
  const comesTo = (inputs: readonly PaymentInput[], seen: Observation, waitMs = 0) => {
    const { payment } = tell(newPayment(), inputs)
    const decision = decide(payment, observed('a', seen), NOW + waitMs)
    return decision.kind === 'applied'
      ? [decision.history.what, decision.attempt?.state.kind, decision.attempt?.forgotten]
      : decision.kind
  }
  const other: Observation = { kind: 'other_process' }
  const forgotten: Observation = { kind: 'not_found' }
  assert.deepEqual(comesTo(live('a'), forgotten), ['result_unknown', 'unknown', true])
  assert.deepEqual(comesTo(live('a'), other), ['process_forgotten', 'live', true])
  const late = UNRESOLVED_AFTER_MS + 1
  assert.deepEqual(comesTo(live('a'), other, late), ['result_unknown', 'unknown', true])
  assert.deepEqual(comesTo([...live('a'), OTHER], forgotten), ['result_unknown', 'unknown', true])
  assert.equal(comesTo([...live('a'), OTHER], other), 'unchanged')
  assert.equal(comesTo([...live('a'), FORGOTTEN], forgotten), 'unchanged')
  const stray = [...lostStart('a'), accepted('a')]
  assert.deepEqual(comesTo(stray, forgotten), ['process_forgotten', 'stray', true])
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
