// The one error table itself: complete, human, and within the documented statuses.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from '../../packages/contract/src/index.ts'

const ROWS = Object.entries(ERRORS)

test('T2: every status is a documented one, or 429 or 503 with a Retry-After', () => {
  for (const [code, { httpStatus, retryAfterSeconds }] of ROWS) {
    assert.ok([400, 401, 403, 404, 429, 500, 503].includes(httpStatus), code)
    const mustWait = httpStatus === 429 || httpStatus === 503
    assert.equal(retryAfterSeconds !== undefined, mustWait, code)
  }
})

test('T3: messages are Russian, short and calm, codes are stable words', () => {
  for (const [code, { message }] of ROWS) {
    assert.match(code, /^[a-z]+(_[a-z]+)*$/)
    assert.match(message, /^(?:[А-Я]|QR)/, code)
    assert.ok(message.length <= 80, code)
    assert.doesNotMatch(message, /!|Вы |Ваш|пожалуйста/u, code)
  }
})

test('T9: only answers about the payment’s state are kept, never one that ends by itself', () => {
  const kept = ROWS.filter(([, { isAboutState }]) => isAboutState).map(([code]) => code)
  assert.deepEqual(kept.sort(), [
    'already_paid',
    'already_replaced',
    'amount_too_large',
    'amount_too_small',
    'cancelled',
    'currency_not_supported',
    'expired',
    'external_id_taken',
    'nothing_to_refund',
    'purchase_unknown',
    'refund_not_supported',
    'refund_settled',
    'refund_too_large',
    'too_many_attempts',
    'too_many_refunds',
  ])
  for (const [code, row] of ROWS) {
    if (row.isAboutState) assert.deepEqual([row.httpStatus, row.retryable], [400, false], code)
  }
})

test('S9a: a QR that is not ready is asked for again after 3 seconds', () => {
  assert.equal(ERRORS.qr_not_ready.retryAfterSeconds, 3)
})
