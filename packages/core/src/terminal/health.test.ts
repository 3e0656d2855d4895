import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { trial } from '../testing/terminals.ts'
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

test('a start that came to nothing says nothing of the camera', () => {
  const blind = Array.from({ length: 20 }, () => unread)
  const { qrShare, score } = healthOf(blind, NOW)
  const worse = healthOf([{ ...notConnected, wasQrWanted: true }, ...blind], NOW)
  assert.equal(worse.qrShare, qrShare)
  assert.ok(worse.score <= score, `${score} → ${worse.score}`)
})

test('whose fault a refused start is: the terminal’s, but not a wish that it cannot serve', () => {
  const refusals = {
    not_connected: 'not_connected',
    no_internet: 'start_refused',
    payments_blocked: 'start_refused',
    not_registered: 'start_refused',
    access_denied: 'start_refused',
    method_not_supported: null,
    bad_request: null,
    terminal_busy: null,
    purchase_not_found: null,
  } as const
  for (const [refusal, fault] of Object.entries(refusals)) {
    const refused = trial({ state: 'refused', refusal: refusal as keyof typeof refusals })
    assert.equal(faultOf(refused), fault, refusal)
  }
  assert.equal(faultOf(trial({ state: 'refused' })), 'start_refused')
})

test('a start of which nobody learned in time is a fault, one that was never made is none', () => {
  for (const state of ['lost', 'stray', 'abandoned'] as const) {
    assert.equal(faultOf(trial({ state })), 'start_lost', state)
  }
  assert.equal(faultOf(trial({ state: 'released', startMs: null, wasQrRead: false })), null)
})

test('four successes are given in advance; success, camera and speed are told apart', () => {
  const refused = trial({ ...notConnected, wasQrWanted: false })
  const told = healthOf([served, refused, unread], NOW)
  // Of three starts one failed: 6 of 7. Of two QRs one was not read: 5 of 6.
  assert.deepEqual(told, {
    score: Math.round((100 * 6 * 5) / (7 * 6)),
    trials: 3,
    faults: 2,
    startMs: 1_500,
    qrShare: 0.5,
  })
  const blind = healthOf([trial({ startedAtMs: NOW, wasQrWanted: false, wasQrRead: false })], NOW)
  assert.deepEqual([blind.score, blind.qrShare], [100, null])
  assert.deepEqual(healthOf([], NOW), {
    score: 100,
    trials: 0,
    faults: 0,
    startMs: null,
    qrShare: null,
  })
})

test('slowness costs from 3 s on and half at 12 s, by the middle one of the starts', () => {
  const scoreAt = (...starts: number[]) =>
    healthOf(
      starts.map((startMs) => trial({ startMs, startedAtMs: NOW })),
      NOW,
    ).score
  assert.equal(scoreAt(3_000), 100)
  assert.equal(scoreAt(7_500), 75)
  assert.equal(scoreAt(12_000), 50)
  assert.equal(scoreAt(60_000, 1_000, 7_500), 75)
  assert.equal(scoreAt(1_000, 60_000, 1_000, 60_000), 50)
})

test('an attempt of just an hour ago still counts', () => {
  const edge = trial({ ...notConnected, startedAtMs: NOW - TRIALS_AGE_MS })
  assert.equal(healthOf([edge], NOW).trials, 1)
})

test('classes begin at 80 and at 50', () => {
  assert.deepEqual([100, 80, 79, 50, 49, 0].map(healthClassOf), [0, 0, 1, 1, 2, 2])
})
