import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trial } from '../testing/terminals.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'
import { afterTest, type Breaker, CLOSED, countedBy, judge, testAfterMs } from './breaker.ts'
import { TRIALS_AGE_MS } from './health.ts'

const NOW = 1_700_000_000_000

const served = trial({ startedAtMs: NOW })
const unread = trial({ wasQrRead: false, startedAtMs: NOW })
const notConnected = trial({
  state: 'refused',
  refusal: 'not_connected',
  startMs: null,
  startedAtMs: NOW,
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
  assert.equal(judge(CLOSED, [unread, unread, unread, served], NOW).kind, 'suspended')
  const mixed = [unread, unread, served, unread, unread, served, unread, served]
  assert.equal(judge(CLOSED, mixed, NOW).kind, 'suspended')
  assert.equal(judge(CLOSED, [...mixed, served, served], NOW), CLOSED)
})

test('a suspended terminal comes back by a good self-test alone, and starts with a clean sheet', () => {
  const breaker = suspended()
  for (const one of [served, unread]) {
    assert.equal(judge(breaker, [one, one, one], NOW + 1), breaker)
  }
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
  assert.deepEqual(
    [0, 1, 2, 5, 6, 99].map(testAfterMs),
    [15, 30, 60, 480, 600, 600].map((s) => s * SECOND_MS),
  )
})

test('a suspended terminal says why and since when, and is tested after 15 s', () => {
  assert.deepEqual(suspended(), {
    kind: 'suspended',
    reason: 'qr_unread',
    sinceMs: NOW,
    nextTestAtMs: NOW + 15 * SECOND_MS,
    failedTests: 0,
  })
  assert.deepEqual(afterTest(suspended(), false, NOW + MINUTE_MS), {
    ...suspended(),
    nextTestAtMs: NOW + MINUTE_MS + 30 * SECOND_MS,
    failedTests: 1,
  })
  assert.equal(afterTest(CLOSED, false, NOW), CLOSED)
})

test('six faults of ten are too many, five of eight too; of seven nobody can tell yet', () => {
  const [u, s] = [unread, served]
  const kindOf = (...trials: (typeof served)[]) => judge(CLOSED, trials, NOW).kind
  assert.equal(kindOf(u, u, s, u, u, s, u, s, u, s), 'suspended')
  assert.equal(kindOf(u, u, s, u, u, s, u, s, s, s), 'closed')
  assert.equal(kindOf(u, u, s, u, u, s, u), 'closed')
  assert.equal(kindOf(s, u, u, s, u, u, s, u), 'closed', 'the newest was served')
})

test('what is older than an hour suspends nobody, what is just an hour old does', () => {
  const at = (startedAtMs: number) => [1, 2, 3].map(() => ({ ...unread, startedAtMs }))
  assert.equal(judge(CLOSED, at(NOW - TRIALS_AGE_MS), NOW).kind, 'suspended')
  assert.equal(judge(CLOSED, at(NOW - TRIALS_AGE_MS - 1), NOW), CLOSED)
})

test('after its return a terminal answers for what began then or later; a suspended one for all', () => {
  const trials = [unread, { ...unread, startedAtMs: NOW - 1 }]
  assert.deepEqual(countedBy({ kind: 'closed', sinceMs: NOW }, trials), [unread])
  assert.equal(countedBy(CLOSED, trials), trials)
  assert.equal(countedBy({ ...suspended(), sinceMs: NOW }, trials), trials)
})
