import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CallResult } from '../transport.ts'
import { told, troubleOf } from './trouble.ts'

function answered(httpStatus: number, body: unknown): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body)) }
}

test('403 is a token that ran out, 401 one that nobody knows, unless the call worked', () => {
  assert.equal(troubleOf(answered(403, ''), 'v2'), 'token_expired')
  assert.equal(troubleOf(answered(401, { message: 'Нет' }), 'v1'), 'not_registered')
  assert.equal(troubleOf(answered(403, { statusCode: 105 }), 'v2'), 'token_expired')
  assert.equal(troubleOf(answered(403, { statusCode: 0, data: {} }), 'v2'), null)
  assert.equal(troubleOf(answered(500, ''), 'v2'), null)
  assert.equal(troubleOf({ kind: 'no_answer', cause: 'x' }, 'v2'), null)
})

test('of the connections that were not made only a changed certificate is one', () => {
  const notConnected = { kind: 'not_connected', cause: 'x' } as const
  assert.equal(
    troubleOf({ ...notConnected, why: 'certificate_changed' }, 'v2'),
    'certificate_changed',
  )
  assert.equal(troubleOf({ ...notConnected, why: 'certificate_untrusted' }, 'v2'), null)
  assert.equal(troubleOf({ ...notConnected, why: 'unreachable' }, 'v2'), null)
})

test('a result without a trouble has no such field', () => {
  assert.deepEqual(told({ kind: 'lost' }, null), { kind: 'lost' })
  assert.deepEqual(told({ kind: 'lost' }, 'token_expired'), {
    kind: 'lost',
    trouble: 'token_expired',
  })
})
