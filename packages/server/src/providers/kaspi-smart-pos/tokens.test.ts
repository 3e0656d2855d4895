import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR_MS } from '@byfly-pay/core'
import type { CallResult } from '../transport.ts'
import { parseExpiration, refreshResult, registerResult, tokenEnd } from './tokens.ts'

const ZONE = 'Asia/Almaty'
const NOW = Date.parse('2026-11-25T04:00:00Z')
const CLOCK = { nowMs: NOW, zone: ZONE, tokenLifeMs: 24 * HOUR_MS }
const WHOLE = { accessToken: 'a', refreshToken: 'r', expirationDate: '2026-11-25 21:00:00' }
const TOKENS = { accessToken: 'a', refreshToken: 'r', expiresAtMs: NOW + 12 * HOUR_MS }

function answered(httpStatus: number, body: unknown): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body)) }
}

test('both spellings of the end are the same moment in the terminal’s own zone', () => {
  const moment = Date.parse('2026-06-04T15:52:31Z')
  for (const text of [
    '2026-06-04 20:52:31',
    'Jun 4, 2026 20:52:31',
    'jun 04, 2026 20:52:31',
    'June 4, 2026, 20:52:31',
  ]) {
    assert.equal(parseExpiration(text, ZONE), moment, text)
  }
  for (const text of [
    '',
    'soon',
    '2026-02-30 10:00:00',
    '2026-06-04 25:00:00',
    'Foo 4, 2026 1:2:3',
  ]) {
    assert.equal(parseExpiration(text, ZONE), null, text)
  }
})

test('an end that is past or missing is the usual one, none is later than that', () => {
  const usual = NOW + 24 * HOUR_MS
  assert.equal(tokenEnd('2026-11-25 21:00:00', CLOCK), NOW + 12 * HOUR_MS)
  assert.equal(tokenEnd('2026-11-25 08:59:59', CLOCK), usual)
  assert.equal(tokenEnd('2030-01-01 00:00:00', CLOCK), usual)
  assert.equal(tokenEnd('nonsense', CLOCK), usual)
  assert.equal(tokenEnd(null, CLOCK), usual)
})

test('tokens come whole or not at all', () => {
  const worked = answered(200, { statusCode: 0, data: WHOLE })
  assert.deepEqual(registerResult(worked, 'v2', CLOCK), { kind: 'registered', tokens: TOKENS })
  assert.deepEqual(refreshResult(worked, 'v2', CLOCK), { kind: 'refreshed', tokens: TOKENS })
  assert.deepEqual(refreshResult(answered(200, WHOLE), 'v1', CLOCK), {
    kind: 'refreshed',
    tokens: TOKENS,
  })
  for (const data of [
    {},
    { ...WHOLE, refreshToken: '' },
    { ...WHOLE, accessToken: 'a\nb' },
    { ...WHOLE, accessToken: 'x'.repeat(2_049) },
  ]) {
    const half = answered(200, { statusCode: 0, data })
    assert.deepEqual(registerResult(half, 'v2', CLOCK), { kind: 'no_answer' })
    assert.deepEqual(refreshResult(half, 'v2', CLOCK), { kind: 'no_answer' })
  }
})

test('a refusal is a word of the terminal; a fault of the moment is none', () => {
  const rows: [CallResult, 'v1' | 'v2', string, string][] = [
    [answered(200, { statusCode: 105 }), 'v2', 'refused', 'refused'],
    [answered(200, { statusCode: 100 }), 'v2', 'refused', 'no_answer'],
    [answered(200, { statusCode: 107 }), 'v2', 'busy', 'no_answer'],
    [answered(500, { message: 'Ошибка' }), 'v1', 'refused', 'refused'],
    [answered(403, ''), 'v2', 'refused', 'refused'],
    [answered(401, '<html>'), 'v2', 'refused', 'refused'],
    [answered(502, '<html>'), 'v2', 'no_answer', 'no_answer'],
    [{ kind: 'no_answer', cause: 'x' }, 'v2', 'no_answer', 'no_answer'],
    [
      { kind: 'not_connected', why: 'unreachable', cause: 'x' },
      'v2',
      'not_connected',
      'not_connected',
    ],
  ]
  for (const [result, version, registered, refreshed] of rows) {
    assert.equal(registerResult(result, version, CLOCK).kind, registered)
    assert.equal(refreshResult(result, version, CLOCK).kind, refreshed)
  }
})
