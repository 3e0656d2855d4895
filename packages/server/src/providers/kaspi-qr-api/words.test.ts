// What the bank's answers may hold, read piece by piece; and that no answer, however odd, is a yes, a no or a
// fault of the driver's.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CallResult } from '../transport.ts'
import { QR_API_LIMITS } from './limits.ts'
import { operationOf, processIdOf } from './operation-id.ts'
import { expiryOf, pollMsOf } from './pace.ts'
import { shownCode } from './shown-code.ts'
import { paymentResult, returnQrResult, returnResult } from './start-result.ts'
import { statusReport } from './status-report.ts'
import { sumField } from './sum.ts'

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0)

function answered(body: unknown, httpStatus = 200): CallResult {
  return { kind: 'answered', httpStatus, body: Buffer.from(JSON.stringify(body) ?? '') }
}

test('a sum is read to the tiyn or not at all', () => {
  const rows: readonly (readonly [unknown, bigint | null])[] = [
    [500, 50_000n],
    ['500.5', 50_050n],
    ['0.01', 1n],
    ['500.00', 50_000n],
    [0, 0n],
    ['500.005', null],
    ['5e3', null],
    ['-500', null],
    ['500 ₸', null],
    [null, null],
    [{}, null],
  ]
  for (const [said, tiyn] of rows) assert.equal(sumField({ Amount: said }, 'Amount'), tiyn)
})

test('a code is shown only where it is plainly the bank’s own', () => {
  const token = '51236903777280167836178166503744'
  const shown = {
    text: `https://qr.kaspi.kz/${token}`,
    url: `https://pay.kaspi.kz/pay/${token}`,
  }
  assert.deepEqual(shownCode({ QrToken: token }), shown)
  assert.deepEqual(shownCode({ QrToken: shown.text }), shown)
  assert.deepEqual(shownCode({ PaymentLink: shown.url }), shown)
  for (const said of ['', '12', 'https://evil.kz/123456', `${shown.url}?a=b`, 'javascript:alert']) {
    assert.equal(shownCode({ QrToken: said }), null, said)
  }
})

test('pace and life are believed within bounds', () => {
  const options = (seconds: unknown) => ({
    QrPaymentBehaviorOptions: { StatusPollingInterval: seconds, QrCodeScanWaitTimeout: seconds },
  })
  const paces = [options(2), options(0), options(-3), options('x'), options(900), {}]
  assert.deepEqual(
    paces.map((data) => pollMsOf(data, QR_API_LIMITS)),
    [2_000, 5_000, 5_000, 5_000, 30_000, 5_000],
  )
  const lives = [options(60), options(1), options(9_000), {}]
  assert.deepEqual(
    lives.map((data) => expiryOf(data, QR_API_LIMITS, NOW) - NOW),
    [60_000, 30_000, 180_000, 180_000],
  )
  const dated = { ...options(60), ExpireDate: new Date(NOW + 90_000).toISOString() }
  assert.equal(expiryOf(dated, QR_API_LIMITS, NOW) - NOW, 90_000)
  const zoneless = { ...options(60), ExpireDate: '2026-11-25T14:01:30' }
  assert.equal(expiryOf(zoneless, QR_API_LIMITS, NOW) - NOW, 60_000)
})

test('a process id says what is to be asked, and is read back as it was written', () => {
  for (const operation of [
    { kind: 'payment', id: '20001' },
    { kind: 'return', id: '20002' },
    { kind: 'returned', id: '20003', tiyn: 50_000n },
  ] as const) {
    assert.deepEqual(operationOf(processIdOf(operation)), operation)
  }
  for (const text of ['', 'x', 'return-', 'returned-5', '1-2', '20001 ', '-5']) {
    assert.equal(operationOf(text), null, text)
  }
})

const anything = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      StatusCode: fc.oneof(fc.constantFrom(0, '0', -999, -1601, 990_000_028), fc.jsonValue()),
      Message: fc.jsonValue(),
      Data: fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            Status: fc.oneof(fc.constantFrom('Wait', 'Processed', 'Error'), fc.jsonValue()),
            Amount: fc.jsonValue(),
            QrToken: fc.jsonValue(),
            QrPaymentId: fc.jsonValue(),
            ProductType: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
)

test('whatever comes back, only the bank’s own plain words are a yes or a no', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(200, 204, 401, 403, 500, 502), (body, httpStatus) => {
      const answer = answered(body, httpStatus)
      const told = JSON.stringify(body) ?? ''
      const { observation } = statusReport(answer, { kind: 'payment', id: '7' })
      if (observation.kind === 'succeeded') assert.match(told, /"Processed"/)
      if (observation.kind === 'failed') assert.match(told, /"Error"/)
      for (const started of [
        paymentResult(answer, QR_API_LIMITS, NOW),
        returnQrResult(answer, QR_API_LIMITS, NOW),
        returnResult(answer, 100n, '5'),
      ]) {
        if (started.kind !== 'accepted') continue
        assert.match(told, /"StatusCode":"?0/)
        assert.notEqual(operationOf(started.processId), null)
      }
    }),
  )
})
