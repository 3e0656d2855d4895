// Token buckets: S11's numbers, and bounds that hold for any order of calls and any clock.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { POLLING, RateLimit } from '../../packages/server/src/http/rate-limit.ts'

test('S11: five at once, then one a second', () => {
  const calls = new RateLimit(POLLING)
  for (let n = 0; n < 5; n += 1) assert.equal(calls.take('a', 10_000), 0)
  assert.equal(calls.take('a', 10_000), 1_000)
  assert.equal(calls.take('a', 10_400), 600)
  assert.equal(calls.take('b', 10_400), 0)
  assert.equal(calls.take('a', 11_000), 0)
  assert.equal(calls.take('a', 11_000), 1_000)
})

test('S11: a poll each second is never refused, however long it goes on', () => {
  const calls = new RateLimit(POLLING)
  for (let second = 0; second < 5_000; second += 1) {
    // A timer's usual trembling, in both directions.
    const trembling = second % 2 === 0 ? 0 : 120
    assert.equal(calls.take('a', second * 1_000 + trembling), 0)
  }
})

test('S11: in any window there are at most burst + window calls', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 300 }), (pauses) => {
      const calls = new RateLimit(POLLING)
      const taken: number[] = []
      let now = 1_000_000
      for (const pause of pauses) {
        now += pause
        const waitMs = calls.take('a', now)
        if (waitMs === 0) taken.push(now)
        else assert.ok(waitMs > 0 && waitMs <= 1_000)
      }
      for (const [index, first] of taken.entries()) {
        const inWindow = taken.slice(index).filter((at) => at - first < 10_000).length
        assert.ok(inWindow <= 15, `${inWindow} вызовов за 10 с`)
      }
    }),
  )
})

test('S11: whoever waits as long as told is served', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 100 }), (pauses) => {
      const calls = new RateLimit(POLLING)
      let now = 5_000_000
      for (const pause of pauses) {
        now += pause
        const waitMs = calls.take('a', now)
        if (waitMs > 0) {
          now += waitMs
          assert.equal(calls.take('a', now), 0)
        }
      }
    }),
  )
})

test('memory is bounded, whatever ids are asked for', () => {
  const calls = new RateLimit(POLLING, 100)
  for (let n = 0; n < 10_000; n += 1) calls.take(`id ${n}`, 1_000)
  assert.ok(calls.size <= 200)
})

test('a bucket in use is not forgotten when generations turn over', () => {
  const calls = new RateLimit(POLLING)
  for (let n = 0; n < 5; n += 1) calls.take('a', 100_000)
  for (let at = 100_000; at < 100_900; at += 100) assert.ok(calls.take('a', at) > 0)
})

test('a clock that jumps back locks nobody out', () => {
  const calls = new RateLimit(POLLING)
  for (let n = 0; n < 5; n += 1) calls.take('a', 40_000_000_000)
  assert.equal(calls.take('a', 1_000), 0)
})
