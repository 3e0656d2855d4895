import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textRetryDelayMs } from '../text/retry.ts'
import { HOUR_MS, MINUTE_MS } from '../time.ts'
import {
  LOGIN_CODE_LIFE_MS,
  STAFF_SESSION_MS,
  secondFactorBudgets,
  sendBudgets,
  tryBudgets,
  waitBeforeSendMs,
  waitBeforeTryMs,
} from './login.ts'

const FRESH = { sentAtMs: 0, dayBeganAtMs: 0, daySends: 1, dayTries: 0 }

test('L1: a minute between codes, ten codes and fifteen wrong tries a day', () => {
  assert.equal(waitBeforeSendMs(FRESH, 0), MINUTE_MS)
  assert.equal(waitBeforeSendMs(FRESH, MINUTE_MS - 1), 1)
  assert.equal(waitBeforeSendMs(FRESH, MINUTE_MS), 0)
  const sent = { ...FRESH, daySends: 10 }
  assert.equal(waitBeforeSendMs(sent, HOUR_MS), 23 * HOUR_MS)
  const tried = { ...FRESH, dayTries: 15 }
  assert.equal(waitBeforeSendMs(tried, HOUR_MS), 23 * HOUR_MS)
  assert.equal(waitBeforeTryMs(tried, HOUR_MS), 23 * HOUR_MS)
  assert.equal(waitBeforeTryMs({ ...FRESH, dayTries: 14 }, HOUR_MS), 0)
})

test('L1: a day that is over holds nobody back, its last code still does for a minute', () => {
  const late = { ...FRESH, daySends: 10, dayTries: 15, sentAtMs: 24 * HOUR_MS }
  assert.equal(waitBeforeSendMs(late, 24 * HOUR_MS), MINUTE_MS)
  assert.equal(waitBeforeSendMs(late, 25 * HOUR_MS), 0)
  assert.equal(waitBeforeTryMs(late, 24 * HOUR_MS), 0)
})

test('A2: budgets by address, block of numbers and in all, the narrowest first', () => {
  const [own, block, all] = sendBudgets('+77001234567', '10.0.0.1')
  assert.ok(own && block && all)
  assert.ok(own.limit < block.limit && block.limit < all.limit)
  assert.equal(block.key, sendBudgets('+77001239999', 'x')[1]?.key)
  assert.notEqual(block.key, sendBudgets('+77001334567', 'x')[1]?.key)
  assert.notEqual(own.key, tryBudgets('10.0.0.1')[0]?.key)
})

test('A2: what one more code or try takes from', () => {
  assert.deepEqual(sendBudgets('+77001234567', '10.0.0.1'), [
    { key: 'send from 10.0.0.1', limit: 30, windowMs: HOUR_MS },
    { key: 'send to +7700123', limit: 60, windowMs: HOUR_MS },
    { key: 'send', limit: 600, windowMs: HOUR_MS },
  ])
  assert.deepEqual(tryBudgets('10.0.0.1'), [
    { key: 'try from 10.0.0.1', limit: 120, windowMs: HOUR_MS },
  ])
  assert.deepEqual(secondFactorBudgets(7), [
    { key: 'second factor of 7', limit: 10, windowMs: HOUR_MS },
  ])
})

test('L1, L2: a code lives five minutes, a session twelve hours', () => {
  assert.equal(LOGIN_CODE_LIFE_MS, 5 * MINUTE_MS)
  assert.equal(STAFF_SESSION_MS, 12 * HOUR_MS)
})

test('L1: below its limits a phone waits for the minute only, spent ones at least for that', () => {
  assert.equal(waitBeforeSendMs({ ...FRESH, daySends: 9, dayTries: 14 }, HOUR_MS), 0)
  const last = { ...FRESH, daySends: 10, sentAtMs: 24 * HOUR_MS - 1 }
  assert.equal(waitBeforeSendMs(last, 24 * HOUR_MS - 1), MINUTE_MS)
})

test('an SMS is repeated a few times, never past the life of its code', () => {
  const delays = [1, 2, 3, 4, 5].map((tries) => textRetryDelayMs(tries, 5 * MINUTE_MS))
  assert.deepEqual(delays, [2_000, 5_000, 15_000, 45_000, null])
  assert.equal(textRetryDelayMs(1, 2_000), null)
})
