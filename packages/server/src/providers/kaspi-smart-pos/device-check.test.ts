import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceCheck, DeviceFinding, QrReading } from '../../ports/provider.ts'
import type { CallResult, NoConnection } from '../transport.ts'
import { deviceCheck, isUnderstood } from './device-check.ts'

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0)
const BLANK: QrReading = { kind: 'nothing', hint: null }

function answered(httpStatus: number, body: unknown): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body)) }
}

function checked(result: CallResult, screen: QrReading | null = null): DeviceCheck {
  return deviceCheck({ result, version: 'v2', latencyMs: 12, nowMs: NOW }, screen)
}

test('T6: a terminal that answers is named and timed', () => {
  const data = { posNum: 7, serialNum: ' 0123\u202e ', terminalId: '31104288' }
  assert.deepEqual(checked(answered(200, { statusCode: 0, data }), BLANK), {
    finding: 'well',
    reachable: true,
    latencyMs: 12,
    identity: { serial: '0123', posNumber: '7', deviceNumber: '31104288' },
    apiVersion: 'v2',
    clockAheadMs: null,
    camera: 'ok',
    screen: BLANK,
  })
})

function notConnected(why: NoConnection): CallResult {
  return { kind: 'not_connected', why, cause: 'x' }
}

test('T6: every other answer has its word and none of its bytes', () => {
  const rows: [CallResult, boolean, DeviceFinding][] = [
    [{ kind: 'no_answer', cause: 'x' }, false, 'unreachable'],
    [notConnected('unreachable'), false, 'unreachable'],
    [notConnected('forbidden_address'), false, 'forbidden_address'],
    [notConnected('certificate_changed'), false, 'certificate_changed'],
    [notConnected('certificate_untrusted'), false, 'certificate_untrusted'],
    [answered(401, 'XSS'), true, 'not_registered'],
    [answered(403, { statusCode: 105, errorText: 'XSS' }), true, 'token_expired'],
    [answered(200, 'XSS'), false, 'stranger'],
    [answered(200, { statusCode: 0, data: { hello: 'XSS' } }), false, 'stranger'],
    [answered(200, { statusCode: 100, errorText: 'XSS' }), true, 'no_internet'],
    [answered(200, { statusCode: 105, errorText: 'XSS' }), true, 'failing'],
  ]
  for (const [result, reachable, finding] of rows) {
    const check = checked(result)
    assert.equal(check.reachable, reachable)
    assert.equal(check.latencyMs, reachable ? 12 : null)
    assert.equal(check.apiVersion, null)
    assert.equal(check.finding, finding)
    assert.doesNotMatch(JSON.stringify(check), /XSS/)
  }
})

test('what says only that there is no such call may be the other version', () => {
  const named = { posNum: '7' }
  assert.equal(isUnderstood(answered(200, { statusCode: 0, data: named }), 'v2'), true)
  assert.equal(isUnderstood(answered(200, named), 'v1'), true)
  assert.equal(isUnderstood(answered(403, { message: 'Нет' }), 'v1'), true)
  assert.equal(isUnderstood(answered(200, { statusCode: 105 }), 'v2'), true)
  assert.equal(isUnderstood(answered(200, named), 'v2'), false)
  assert.equal(isUnderstood(answered(200, { statusCode: 999 }), 'v2'), false)
  assert.equal(isUnderstood(answered(404, 'no'), 'v2'), false)
  assert.equal(isUnderstood(answered(500, { message: 'Ошибка' }), 'v1'), false)
  assert.equal(isUnderstood({ kind: 'no_answer', cause: 'x' }, 'v2'), false)
})

test('the clock of a device is told where its answer shows it', () => {
  const body = Buffer.from(JSON.stringify({ statusCode: 0, data: { posNum: '7' } }))
  const at = (deviceTimeMs: number): CallResult => {
    return { kind: 'answered', httpStatus: 200, body, deviceTimeMs }
  }
  assert.equal(checked(at(NOW + 90_000)).clockAheadMs, 90_000)
  assert.equal(checked(at(NOW - 1_000)).clockAheadMs, -1_000)
})
