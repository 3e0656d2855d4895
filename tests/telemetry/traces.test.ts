// One payment as one trace: request, start, terminal, looks, code, webhook, as a collector receives it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { parseTransactionId } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { type OtlpReceiver, type ReceivedSpan, said, startOtlpReceiver } from './otlp-receiver.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'

let collector: OtlpReceiver
let centre: TestCentre
/** The `traceparent` of each webhook. */
const told: unknown[] = []
const shop = createServer((request, response) => {
  told.push(request.headers['traceparent'])
  request.resume()
  response.end()
})
let paymentId: string | null
let ofTrace: ReceivedSpan[]
before(async () => {
  collector = await startOtlpReceiver()
  centre = await startTestCentre({
    terminals: 1,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  })
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  const { port } = shop.address() as AddressInfo
  const id = await centre.init(1_000_000, { webhook_url: `http://127.0.0.1:${port}/` })
  paymentId = parseTransactionId(id)
  const traceparent = `00-${TRACE}-${CALLER}-01`
  const headers = { traceparent, tracestate: 'vendor=77001234567' }
  const started = await centre.kaspi(id, undefined, headers)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  await until(() => told.length > 0)
  await centre.stop()
  ofTrace = collector.spans.filter(({ traceId }) => traceId === TRACE)
})
after(async () => {
  shop.close()
  shop.closeAllConnections()
  await collector.close()
})

const named = (name: string) => ofTrace.filter((span) => span.name === name)

test('the whole of a payment is one trace, begun by its caller', () => {
  const [request] = named('POST /api/payment/:id/kaspi')
  assert.ok(request)
  assert.equal(request.parentSpanId, CALLER)
  assert.equal(said(request, 'http.response.status_code'), 200)
  for (const name of [
    'start payment',
    'reserve terminal',
    'call terminal',
    'look at terminal',
    'read QR',
    'apply input',
    'deliver webhook',
  ]) {
    assert.ok(named(name).length > 0, `${name}: ${ofTrace.map((span) => span.name)}`)
  }
  const [call] = named('call terminal')
  assert.ok(call)
  assert.equal(said(call, 'byfly.outcome'), 'accepted')
  assert.equal(said(call, 'byfly.payment'), paymentId)
})

test('every span but the caller’s has its parent in the trace', () => {
  const ids = new Set([CALLER, ...ofTrace.map(({ spanId }) => spanId)])
  const orphans = ofTrace.filter(({ parentSpanId }) => !ids.has(parentSpanId ?? ''))
  assert.deepEqual(
    orphans.map(({ name }) => name),
    [],
  )
})

test('of the looks at the terminal only the first and those that changed or began something are kept', () => {
  const looks = named('look at terminal')
  const changes = named('apply input').filter(({ parentSpanId }) =>
    looks.some(({ spanId }) => spanId === parentSpanId),
  )
  // The first, and the one that had the camera begin.
  assert.ok(looks.length <= changes.length + 2, `${looks.length} looks, ${changes.length} changes`)
})

test('the caller’s trace goes on to the receiver of the webhook', () => {
  const [delivery] = named('deliver webhook')
  assert.ok(delivery)
  assert.equal(said(delivery, 'byfly.outcome'), 'delivered')
  assert.deepEqual(told, [`00-${TRACE}-${delivery.spanId}-01`])
})

test('of the caller’s headers nothing but the two numbers is taken', () => {
  for (const body of collector.bodies) assert.ok(!body.includes('77001234567'))
})
