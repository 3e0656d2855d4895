import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { trial } from '../testing/terminals.ts'
import { MINUTE_MS } from '../time.ts'
import { afterTest, type Breaker, CLOSED, judge, testAfterMs } from './breaker.ts'
import { faultOf, healthClassOf, healthOf, TRIALS_AGE_MS } from './health.ts'

const NOW = 1_700_000_000_000

const served = trial({ startedAtMs: NOW })
const notConnected = trial({
  state: 'refused',
  refusal: 'not_connected',
  startMs: null,
  startedAtMs: NOW,
})
const unread = trial({ wasQrRead: false, startedAtMs: NOW })
const unpaid = trial({ state: 'failed', startedAtMs: NOW })
const another = trial({
  state: 'refused',
  refusal: 'terminal_busy',
  startMs: null,
  startedAtMs: NOW,
})

test('a customer who does not pay is no fault of the terminal, nor is another’s operation on it', () => {
  for (const good of [served, unpaid, another]) assert.equal(faultOf(good), null)
  assert.equal(faultOf(notConnected), 'not_connected')
  assert.equal(faultOf(unread), 'qr_unread')
  assert.equal(faultOf(trial({ state: 'lost', startMs: null })), 'start_lost')
  assert.equal(faultOf(trial({ wasQrWanted: false, wasQrRead: false })), null)
})

test('a terminal of which nothing is known is trusted; faults and slowness cost, age forgives', () => {
  assert.equal(healthOf([], NOW).score, 100)
  assert.equal(healthOf([served, unpaid], NOW).score, 100)
  assert.equal(healthClassOf(healthOf([served, served, notConnected], NOW).score), 0)
  assert.equal(healthClassOf(healthOf([notConnected, notConnected], NOW).score), 1)
  assert.equal(
    healthClassOf(
      healthOf(
        Array.from({ length: 6 }, () => unread),
        NOW,
      ).score,
    ),
    2,
  )
  const slow = trial({ startMs: 60_000, startedAtMs: NOW })
  assert.equal(healthOf([slow], NOW).score, 50)
  const old = trial({ ...notConnected, startedAtMs: NOW - TRIALS_AGE_MS - 1 })
  assert.equal(healthOf([old, old, old], NOW).score, 100)
  assert.equal(healthOf([served, unread], NOW).qrShare, 0.5)
})

const anyTrial = fc.constantFrom(served, notConnected, unread, unpaid, another)

test('the score stays between 0 and 100, and a fault never raises it', () => {
  fc.assert(
    fc.property(fc.array(anyTrial, { maxLength: 20 }), (trials) => {
      const { score } = healthOf(trials, NOW)
      assert.ok(score >= 0 && score <= 100)
      assert.ok(healthOf([notConnected, ...trials], NOW).score <= score)
    }),
  )
})

function suspended(): Extract<Breaker, { kind: 'suspended' }> {
  const breaker = judge(CLOSED, [unread, notConnected, notConnected], NOW)
  assert.ok(breaker.kind === 'suspended')
  return breaker
}

test('three faults in a row suspend a terminal, and so does a bad share; a success between is enough', () => {
  assert.equal(suspended().reason, 'qr_unread')
  assert.equal(judge(CLOSED, [notConnected, served, notConnected, notConnected], NOW), CLOSED)
  assert.equal(judge(CLOSED, [notConnected, notConnected], NOW), CLOSED)
  const mixed = [unread, unread, served, unread, unread, served, unread, served]
  assert.equal(judge(CLOSED, mixed, NOW).kind, 'suspended')
  assert.equal(judge(CLOSED, [...mixed, served, served], NOW), CLOSED)
})

test('a suspended terminal comes back by a good self-test alone, and starts with a clean sheet', () => {
  const breaker = suspended()
  assert.equal(judge(breaker, [served, served, served], NOW), breaker)
  const back = afterTest(breaker, true, NOW + MINUTE_MS)
  assert.deepEqual(back, { kind: 'closed', sinceMs: NOW + MINUTE_MS })
  assert.equal(judge(back, [notConnected, notConnected, notConnected], NOW + MINUTE_MS), back)
})

test('each bad self-test puts the next one off, up to ten minutes', () => {
  let breaker: Breaker = suspended()
  for (let n = 1; n < 40; n += 1) {
    const next = afterTest(breaker, false, NOW)
    assert.ok(next.kind === 'suspended' && breaker.kind === 'suspended')
    assert.ok(next.nextTestAtMs >= breaker.nextTestAtMs)
    assert.ok(next.nextTestAtMs - NOW <= 10 * MINUTE_MS)
    breaker = next
  }
  assert.ok(testAfterMs(0) < testAfterMs(1))
})
