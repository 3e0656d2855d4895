// What is counted as gone and as come back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFailure, medianOf, recoveryAfter } from './measures.ts'
import type { Call } from './timed-client.ts'

const call = (beganMs: number, endedMs: number, more: Partial<Call> = {}): Call => ({
  ...{ what: 'init', outcome: 'ok', httpStatus: 201, code: null, id: null, beganMs, endedMs },
  ...more,
})
const failed = (beganMs: number, endedMs: number, more: Partial<Call> = {}) =>
  call(beganMs, endedMs, { outcome: 'unknown', httpStatus: null, ...more })

test('only a creation that began after the strike shows that the service is back', () => {
  const calls = [
    call(900, 1_050),
    failed(950, 1_100),
    call(1_200, 1_300, { what: 'status' }),
    failed(1_300, 4_000, { httpStatus: 503, code: 'database_unavailable' }),
    call(3_000, 3_600),
    call(3_100, 3_700),
  ]
  assert.deepEqual(recoveryAfter(1_000, calls), { firstWriteMs: 2_600, calmMs: 3_000, failed: 2 })
})

test('what failed before the strike is not its doing; without a write nothing is back', () => {
  assert.deepEqual(recoveryAfter(1_000, [failed(100, 900), call(100, 200)]), {
    firstWriteMs: null,
    calmMs: 0,
    failed: 0,
  })
})

test('a busy pool is no failure, a refusal is none, no answer is one', () => {
  assert.equal(isFailure(failed(0, 1, { httpStatus: 503, code: 'terminals_busy' })), false)
  assert.equal(isFailure(call(0, 1, { outcome: 'fail', httpStatus: 409 })), false)
  assert.equal(isFailure(failed(0, 1)), true)
  assert.equal(isFailure(failed(0, 1, { httpStatus: 502 })), true)
})

test('the median of an even number lies between the two in the middle', () => {
  assert.equal(medianOf([9, 1, 5]), 5)
  assert.equal(medianOf([4, 1, 2, 9]), 3)
})
