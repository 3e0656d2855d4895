import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceCheck, QrReading } from '../../ports/provider.ts'
import type { CallResult, NoConnection } from '../transport.ts'
import { deviceCheck, isUnderstood } from './device-check.ts'

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0)
const BLANK: QrReading = { kind: 'nothing', hint: null }
const PLAIN = { scheme: 'http', tls: 'strict' } as const

function answered(httpStatus: number, body: unknown): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body)) }
}

function checked(
  result: CallResult,
  screen: QrReading | null = null,
  device: Parameters<typeof deviceCheck>[1] = PLAIN,
): DeviceCheck {
  return deviceCheck({ result, version: 'v2', latencyMs: 12, nowMs: NOW }, device, screen)
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
    message: 'Терминал на связи; камера работает.',
  })
})

function notConnected(why: NoConnection): CallResult {
  return { kind: 'not_connected', why, cause: 'x' }
}

test('T6: every other answer has its sentence and none of its bytes', () => {
  const rows: [CallResult, boolean, RegExp][] = [
    [{ kind: 'no_answer', cause: 'x' }, false, /не отвечает/],
    [notConnected('unreachable'), false, /не отвечает/],
    [notConnected('forbidden_address'), false, /разрешённые сети/],
    [notConnected('certificate_changed'), false, /сменился/],
    [notConnected('certificate_untrusted'), false, /pinned/],
    [answered(401, 'XSS'), true, /зарегистрируйте/],
    [answered(403, { statusCode: 105, errorText: 'XSS' }), true, /токен/],
    [answered(200, 'XSS'), false, /не терминал/],
    [answered(200, { statusCode: 0, data: { hello: 'XSS' } }), false, /не терминал/],
    [answered(200, { statusCode: 100, errorText: 'XSS' }), true, /нет интернета/],
    [answered(200, { statusCode: 105, errorText: 'XSS' }), true, /об ошибке/],
  ]
  for (const [result, reachable, sentence] of rows) {
    const check = checked(result)
    assert.equal(check.reachable, reachable)
    assert.equal(check.latencyMs, reachable ? 12 : null)
    assert.equal(check.apiVersion, null)
    assert.match(check.message, sentence)
    assert.doesNotMatch(check.message, /XSS/)
  }
})

test('an unchecked certificate is said at every check, where there is one', () => {
  const found = answered(200, { statusCode: 0, data: { posNum: '7' } })
  const insecure = { scheme: 'https', tls: 'insecure' } as const
  assert.match(checked(found, null, insecure).message, /сертификат не проверяется/)
  assert.doesNotMatch(checked(found, null, { ...insecure, scheme: 'http' }).message, /сертификат/)
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
