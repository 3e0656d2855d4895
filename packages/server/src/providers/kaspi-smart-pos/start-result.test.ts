import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StartResult } from '@byfly-pay/core'
import fc from 'fast-check'
import { API_VERSIONS, type ApiVersion } from '../../ports/provider.ts'
import { refusalOf, startResult } from './start-result.ts'

function answered(httpStatus: number, body: unknown, version: ApiVersion = 'v2'): StartResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return startResult({ kind: 'answered', httpStatus, body: Buffer.from(text) }, version)
}

test('S9: exactly the codes of "not started" are a refusal, of all codes there may be', () => {
  const refused = new Map([
    [100, 'no_internet'],
    [102, 'method_not_supported'],
    [106, 'payments_blocked'],
    [107, 'terminal_busy'],
    [108, 'not_registered'],
    [999, 'bad_request'],
  ])
  for (let code = -1_000; code <= 2_000; code += 1) {
    assert.equal(refusalOf(code), refused.get(code) ?? null, String(code))
    if (code === 0) continue
    const reason = refused.get(code)
    const expected = reason === undefined ? { kind: 'lost' } : { kind: 'refused', reason }
    for (const statusCode of [code, String(code)]) {
      assert.deepEqual(answered(200, { statusCode, errorText: 'нет' }), expected)
    }
  }
})

test('an accepted start has a usable processId, whatever the HTTP code says', () => {
  for (const [httpStatus, processId] of [
    [200, '77'],
    [500, 77],
    [401, ' 77 '],
  ] as const) {
    const result = answered(httpStatus, {
      extra: [1],
      data: { status: 'wait', processId },
      statusCode: 0,
    })
    assert.deepEqual(result, { kind: 'accepted', processId: '77' })
  }
})

test('S6a: code 0 without a usable processId is lost', () => {
  const data = [
    undefined,
    null,
    7,
    [],
    {},
    { processId: null },
    { processId: '' },
    { processId: 0 },
  ]
  for (const each of [...data, { processId: { a: 1 } }, { processId: 'x'.repeat(65) }]) {
    assert.deepEqual(answered(200, { statusCode: 0, data: each }), { kind: 'lost' })
  }
})

test('401 and 403 refuse, unless an envelope in the same answer says more', () => {
  for (const httpStatus of [401, 403]) {
    const denied = { kind: 'refused', reason: 'access_denied' }
    assert.deepEqual(answered(httpStatus, ''), denied)
    assert.deepEqual(answered(httpStatus, '<html>'), denied)
    assert.deepEqual(answered(httpStatus, { statusCode: 105 }), denied)
    const busy = { kind: 'refused', reason: 'terminal_busy' }
    assert.deepEqual(answered(httpStatus, { statusCode: 107 }), busy)
  }
})

test('whatever else comes back is lost, never a refusal', () => {
  for (const httpStatus of [200, 204, 301, 302, 400, 404, 500, 502, 503]) {
    for (const body of ['', '<html>', '[]', 'null', '{"statusCode":"x"}', '{"message":"no"}']) {
      assert.deepEqual(answered(httpStatus, body), { kind: 'lost' }, `${httpStatus} ${body}`)
    }
  }
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom(200, 404, 500), (body, httpStatus) => {
      assert.equal(startResult({ kind: 'answered', httpStatus, body }, 'v2').kind, 'lost')
      assert.equal(startResult({ kind: 'answered', httpStatus, body }, 'v1').kind, 'lost')
    }),
  )
})

test('only a connection that was never made is not_connected', () => {
  const refused = { kind: 'refused', reason: 'not_connected' }
  for (const version of API_VERSIONS) {
    for (const why of ['forbidden_address', 'certificate_changed', 'unreachable'] as const) {
      assert.deepEqual(startResult({ kind: 'not_connected', why, cause: 'x' }, version), refused)
    }
    assert.deepEqual(startResult({ kind: 'no_answer', cause: 'x' }, version), { kind: 'lost' })
  }
})

test('v1: flat data is a start, its failures prove nothing', () => {
  const flat = { processId: '77', status: 'wait' }
  assert.deepEqual(answered(200, flat, 'v1'), { kind: 'accepted', processId: '77' })
  assert.deepEqual(answered(500, { message: 'Ошибка' }, 'v1'), { kind: 'lost' })
  assert.deepEqual(answered(500, flat, 'v1'), { kind: 'lost' })
  assert.deepEqual(answered(403, { message: 'Нет' }, 'v1'), {
    kind: 'refused',
    reason: 'access_denied',
  })
  // From v2 it would be somebody else's answer.
  assert.deepEqual(answered(200, flat, 'v2'), { kind: 'lost' })
  // An envelope is plain whoever sends it.
  assert.deepEqual(answered(200, { statusCode: 107 }, 'v1'), {
    kind: 'refused',
    reason: 'terminal_busy',
  })
})
