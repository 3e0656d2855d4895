import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceCheck } from './device-check.ts'
import type { CallResult } from './transport.ts'

function answered(httpStatus: number, body: unknown): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body)) }
}

test('T6: a terminal that answers is named and timed', () => {
  const data = { posNum: 7, serialNum: ' 0123\u202e ', terminalId: '31104288' }
  assert.deepEqual(deviceCheck(answered(200, { statusCode: 0, data }), 12, 'ok'), {
    reachable: true,
    latencyMs: 12,
    identity: { serial: '0123', posNumber: '7' },
    camera: 'ok',
    message: 'Терминал на связи; камера работает.',
  })
})

test('T6: every other answer has its sentence and none of its bytes', () => {
  const rows: [CallResult, boolean, RegExp][] = [
    [{ kind: 'no_answer', cause: 'x' }, false, /не отвечает/],
    [{ kind: 'not_connected', forbidden: true, cause: 'x' }, false, /разрешённые сети/],
    [answered(401, 'XSS'), true, /токен/],
    [answered(403, { statusCode: 105, errorText: 'XSS' }), true, /токен/],
    [answered(200, 'XSS'), false, /не терминал/],
    [answered(200, { statusCode: 100, errorText: 'XSS' }), true, /нет интернета/],
    [answered(200, { statusCode: 105, errorText: 'XSS' }), true, /об ошибке/],
  ]
  for (const [result, reachable, sentence] of rows) {
    const check = deviceCheck(result, 12, 'none')
    assert.equal(check.reachable, reachable)
    assert.equal(check.latencyMs, reachable ? 12 : null)
    assert.match(check.message, sentence)
    assert.doesNotMatch(check.message, /XSS/)
  }
})
