import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CallResult } from '../transport.ts'
import { stopResult } from './stop-result.ts'

function answered(httpStatus: number, body: unknown): CallResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'answered', httpStatus, body: Buffer.from(text) }
}

test('only a plain "no such call" says that it is not supported', () => {
  for (const [httpStatus, body, expected] of [
    [200, { statusCode: 0, data: {} }, 'asked'],
    [200, { statusCode: 105 }, 'asked'],
    [200, { statusCode: 101 }, 'asked'],
    [200, { statusCode: 102 }, 'not_supported'],
    [200, { statusCode: 999 }, 'not_supported'],
    [400, '', 'not_supported'],
    [404, '<html>', 'not_supported'],
    [400, { statusCode: 101 }, 'asked'],
    [403, '', 'no_answer'],
    [502, '<html>', 'no_answer'],
    [200, '<html>', 'no_answer'],
  ] as const) {
    assert.equal(stopResult(answered(httpStatus, body), 'v2'), expected, JSON.stringify(body))
  }
  assert.equal(stopResult({ kind: 'no_answer', cause: 'x' }, 'v2'), 'no_answer')
  assert.equal(stopResult(answered(500, { message: 'Ошибка' }), 'v1'), 'asked')
})
