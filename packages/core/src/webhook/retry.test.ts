import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import {
  ENDPOINT_FAILS_LIMIT_MS,
  ENDPOINT_WARNING_MS,
  RETRY_DELAYS_MS,
  retryDelayMs,
} from './retry.ts'

const DOCUMENTED_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
]

test('W4: the documented waits, about 45 hours in all, then parked', () => {
  assert.deepEqual(RETRY_DELAYS_MS, DOCUMENTED_MS)
  DOCUMENTED_MS.forEach((delay, index) => {
    assert.equal(retryDelayMs(index + 1, 0.5, null), delay)
  })
  assert.equal(retryDelayMs(DOCUMENTED_MS.length + 1, 0.5, null), null)
  assert.equal(retryDelayMs(1_000, 0.5, null), null)
  const total = DOCUMENTED_MS.reduce((sum, delay) => sum + delay, 0)
  assert.equal(Math.round(total / HOUR_MS), 45)
})

test('W4: a wait is spread by at most 20 % either way', () => {
  const tries = fc.integer({ min: 1, max: DOCUMENTED_MS.length })
  const chances = fc.oneof(
    fc.constantFrom(0, 1 - Number.EPSILON / 2),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  )
  fc.assert(
    fc.property(tries, chances, (failedTries, chance) => {
      const delay = DOCUMENTED_MS[failedTries - 1] ?? 0
      const wait = retryDelayMs(failedTries, chance, null) ?? 0
      assert.ok(wait >= 0.8 * delay && wait <= 1.2 * delay)
      assert.ok(Number.isInteger(wait))
    }),
  )
  assert.equal(retryDelayMs(1, 0, null), 4 * SECOND_MS)
})

test('W4: `Retry-After` lengthens a wait, up to a day, and never shortens or prolongs the row', () => {
  assert.equal(retryDelayMs(1, 0.5, MINUTE_MS), MINUTE_MS)
  assert.equal(retryDelayMs(4, 0.5, SECOND_MS), 10 * MINUTE_MS)
  assert.equal(retryDelayMs(1, 0.5, 400 * DAY_MS), DAY_MS)
  assert.equal(retryDelayMs(1, 0.5, -5), 5 * SECOND_MS)
  assert.equal(retryDelayMs(DOCUMENTED_MS.length + 1, 0.5, MINUTE_MS), null)
})

test('W4: an endpoint is warned of before it is switched off after 5 days', () => {
  assert.equal(ENDPOINT_FAILS_LIMIT_MS, 5 * DAY_MS)
  assert.equal(ENDPOINT_WARNING_MS, 3 * DAY_MS)
})
