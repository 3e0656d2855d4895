// S6b for refunds: what is said of a process that its terminal did not know once may be of another operation.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../payment/decide.ts'
import type { Payment } from '../payment/state.ts'
import type { Observation } from '../provider/observation.ts'
import { NOW, tell, tenge } from '../testing/payments.ts'
import { ask, gaveBack, inState, LIVE } from '../testing/refunds.ts'

const seen = (observation: Observation) => ask({ kind: 'observed', observation })
const FORGOTTEN = seen({ kind: 'not_found' })
const DECLINED = seen({ kind: 'failed', reason: 'declined' })
const UNCLEAR = { kind: 'task', task: 'refund_unclear', attemptId: 'a' }

function comesTo(payment: Payment) {
  const decision = decide(payment, FORGOTTEN, NOW)
  if (decision.kind !== 'applied') return decision.kind
  const [refund] = decision.payment.refunds
  return [decision.history.what, refund?.state.kind, refund?.forgotten]
}

test('M15: neither a yes nor a no is believed of a process that was forgotten', () => {
  for (const [word, told] of [
    [ask(gaveBack(tenge(10_100))), 'succeeded'],
    [DECLINED, 'failed'],
  ] as const) {
    for (const kind of ['live', 'unknown'] as const) {
      const { effects, history, payment } = tell(inState(kind, { forgotten: true }), [word])
      assert.deepEqual(payment.refunds[0]?.state, { kind: 'held', reason: 'process_forgotten' })
      assert.deepEqual(effects, [UNCLEAR])
      assert.equal(history[0]?.facts['told'], told)
      assert.equal(payment.refundedTiyn, 0n)
    }
  }
})

test('M15: it is remembered for that try alone', () => {
  assert.deepEqual(comesTo(inState('live')), ['refund_unknown', 'unknown', true])
  assert.deepEqual(comesTo(inState('unknown')), ['refund_process_forgotten', 'unknown', true])
  assert.equal(comesTo(inState('unknown', { forgotten: true })), 'unchanged')
  const again = tell(inState('approved', { forgotten: true }), [
    ...LIVE.map((step) => ask(step)),
    ask(gaveBack(tenge(10_100))),
  ])
  assert.equal(again.payment.refunds[0]?.state.kind, 'succeeded')
})

test('M15: a person settles it by the journal', () => {
  const held = tell(inState('live'), [FORGOTTEN, ask(gaveBack(tenge(10_100)))]).payment
  const amountTiyn = tenge(10_100)
  const said = ask({ kind: 'resolve', resolution: { kind: 'refunded', amountTiyn } })
  assert.equal(tell(held, [said]).payment.refundedTiyn, amountTiyn)
})
