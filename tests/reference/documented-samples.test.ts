// What the samples of the API documentation do, done again: the calls of an integrator who read it and
// nothing else. Names, types, messages and statuses are the documented ones (P9).

import assert from 'node:assert/strict'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { WebhookBody } from '../../packages/contract/src/index.ts'
import { caller } from '../api/caller.ts'
import { startFakeApp, TOKEN } from '../api/fake-centre.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { assertTold } from './told.ts'

const LOCAL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

/** What the shop of the samples received and whether its check took it for signed. */
interface Received {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire says
  readonly body: any
  readonly isSigned: boolean
  readonly signature: string
}

let centre: TestCentre
let shop: Server
let webhookUrl: string
const received: Received[] = []
before(async () => {
  centre = await startTestCentre()
  shop = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const signature = String(request.headers['x-webhook-signature'])
    // The Node sample has its framework parse the body and signs what it prints of it again.
    const body = JSON.parse(text)
    const printed = JSON.stringify(body)
    const expected = createHmac('sha256', centre.source.webhookSecret).update(printed).digest('hex')
    received.push({ body, signature, isSigned: signature === expected })
    response.writeHead(200).end('OK')
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  webhookUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/webhook/payment`
})
after(async () => {
  await centre.stop()
  shop.close()
})

const INIT = 'POST /api/payment/init'
const KASPI = 'POST /api/payment/{transaction_id}/kaspi'
const STATUS = 'GET /api/payment/{transaction_id}/status'
const INFO = 'GET /api/payment/{transaction_id}'
const CANCEL = 'POST /api/payment/{transaction_id}/cancel'

test('init: the whole documented request; the documented answer', async () => {
  const answer = await centre.call('POST', '/api/payment/init', {
    amount: 10_000,
    currency: 'KZT',
    description: 'Оплата за тур в Дубай',
    customer_phone: '+77001234567',
    customer_email: 'client@example.com',
    customer_name: 'Иванов Иван',
    payment_method_id: 1,
    webhook_url: webhookUrl,
    metadata: { order_id: '12345', tour_id: 'DXB-001', custom_field: 'any data' },
  })
  assertTold(INIT, answer)
  assert.equal(answer.status, 201)
  assert.deepEqual([answer.body.success, answer.body.message], [true, 'Платеж создан'])
  const { data } = answer.body
  assert.deepEqual(Object.keys(data).slice(0, 5), [
    'transaction_id',
    'amount',
    'currency',
    'status',
    'expires_at',
  ])
  assert.deepEqual([data.amount, data.currency, data.status], [10_000, 'KZT', 'pending'])
  assert.equal(typeof data.transaction_id, 'string')
  assert.match(data.expires_at, LOCAL_TIME)
})

test('the full flow: create, start, watch each second, be told by a webhook', async () => {
  const created = await centre.call('POST', '/api/payment/init', {
    amount: 10_000,
    description: 'Оплата заказа #12345',
    customer_phone: '+77001234567',
    webhook_url: webhookUrl,
    metadata: { order_id: '12345', 10: 'ten', 2: 'two', city: 'Шымкент 🏖' },
  })
  const id = created.body.data.transaction_id

  const started = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
  assertTold(KASPI, started)
  assert.equal(started.status, 200)
  assert.deepEqual([started.body.success, started.body.message], [true, 'Платеж инициирован'])
  const { data } = started.body
  assert.deepEqual(Object.keys(data).slice(0, 8), [
    'transaction_id',
    'amount',
    'original_amount',
    'commission_amount',
    'commission_percent',
    'payment_url',
    'qr_code',
    'terminal_id',
  ])
  assert.deepEqual(
    [data.amount, data.original_amount, data.commission_amount, data.commission_percent],
    [10_100, 10_000, 100, 1],
  )
  assert.match(data.payment_url, /^https:\/\/pay\.kaspi\.kz\/pay\//)
  assert.match(data.qr_code, /^https:\/\/qr\.kaspi\.kz\//)
  assert.equal(typeof data.terminal_id, 'number')

  centre.simulator.phone.scan({ qr: data.qr_code })
  // The sample asks once a second and stops at «paid»; ten seconds are plenty here.
  let status = ''
  for (let asked = 0; asked < 10 && status !== 'paid'; asked += 1) {
    await sleep(1_000)
    const answer = await centre.call('GET', `/api/payment/${id}/status`)
    assert.equal(answer.status, 200, answer.text)
    assertTold(STATUS, answer)
    assert.deepEqual(Object.keys(answer.body), ['success', 'data'])
    const { transaction_id, amount, paid_amount, remaining_amount } = answer.body.data
    assert.equal(transaction_id, id)
    assert.equal(amount, paid_amount + remaining_amount)
    status = answer.body.data.status
  }
  assert.equal(status, 'paid')

  const ofPayment = () => received.find(({ body }) => body.transaction_id === id)
  await until(() => ofPayment() !== undefined)
  const webhook = ofPayment()
  assert.ok(webhook?.isSigned, 'подпись по JSON.stringify(req.body)')
  assert.match(webhook.signature, /^[0-9a-f]{64}$/)
  assert.deepEqual(Object.keys(webhook.body).slice(0, 8), [
    'transaction_id',
    'status',
    'amount',
    'paid_amount',
    'currency',
    'description',
    'metadata',
    'paid_at',
  ])
  const { amount, paid_amount, currency, metadata, paid_at } = webhook.body
  assert.deepEqual([amount, paid_amount, currency], [10_100, 10_100, 'KZT'])
  assert.equal(metadata.order_id, '12345')
  assert.match(paid_at, LOCAL_TIME)
  assert.deepEqual([...Compile(WebhookBody).Errors(webhook.body)], [])
})

test('info: the documented fields, before and after the payment', async () => {
  const id = await centre.init(10_000, { description: 'Оплата за тур в Дубай' })
  const fresh = await centre.call('GET', `/api/payment/${id}`)
  assertTold(INFO, fresh)
  assert.deepEqual(Object.keys(fresh.body.data).slice(0, 11), [
    'transaction_id',
    'amount',
    'currency',
    'status',
    'description',
    'payment_url',
    'qr_code',
    'paid_amount',
    'remaining_amount',
    'created_at',
    'paid_at',
  ])
  const { payment_url, qr_code, paid_at, created_at } = fresh.body.data
  assert.deepEqual([payment_url, qr_code, paid_at], [null, null, null])
  assert.match(created_at, LOCAL_TIME)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.qr_code, started.body.data.qr_code)
  assert.equal(paid.payment_url, started.body.data.payment_url)
  assert.deepEqual([paid.amount, paid.paid_amount, paid.remaining_amount], [10_100, 10_100, 0])
  assert.match(paid.paid_at, LOCAL_TIME)
})

test('cancel: the documented answer, and a reason when it is too late', async () => {
  const id = await centre.init(10_000)
  const cancelled = await centre.call('POST', `/api/payment/${id}/cancel`)
  assertTold(CANCEL, cancelled)
  assert.equal(cancelled.status, 200)
  assert.deepEqual(cancelled.body, { success: true, message: 'Платеж отменен', data: null })
  const started = await centre.kaspi(id)
  assertTold(KASPI, started)
  assert.deepEqual([started.status, started.body.code], [400, 'cancelled'])
})

test('the commission chapter: 10 000 ₸ by each documented method', async () => {
  const priced = async (method: string) => {
    const id = await centre.init(1_000_000)
    const started = await centre.kaspi(id, { payment_method: method })
    assert.equal(started.status, 200, started.text)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    const { amount, commission_amount, commission_percent } = started.body.data
    return [amount, commission_amount, commission_percent]
  }
  assert.deepEqual(await priced('kaspi_gold'), [1_010_000, 10_000, 1])
  assert.deepEqual(await priced('kaspi_red'), [1_010_000, 10_000, 1])
  assert.deepEqual(await priced('kaspi_credit'), [1_140_000, 140_000, 14])
  assert.deepEqual(await priced('kaspi_installment_12'), [1_140_000, 140_000, 14])
  assert.deepEqual(await priced('kaspi_installment_24'), [1_140_000, 140_000, 14])
})

test('errors: the documented shape, and the statuses the sample handler tells apart', async () => {
  const missing = await centre.call('POST', '/api/payment/init', { description: 'без суммы' })
  assertTold(INIT, missing)
  assert.equal(missing.status, 400)
  assert.equal(missing.body.success, false)
  assert.equal(typeof missing.body.message, 'string')
  assert.deepEqual(missing.body.errors, { amount: 'Field is required' })
  const stranger = await centre.call('GET', `/api/payment/${'0'.repeat(32)}/status`, undefined, {
    'X-API-Token': 'a1b2c3d4',
  })
  assertTold(STATUS, stranger)
  assert.equal(stranger.status, 401)
  const absent = await centre.call('GET', `/api/payment/${'0'.repeat(32)}`)
  assertTold(INFO, absent)
  assert.equal(absent.status, 404)
})

test('S11: five minutes of one call a second are never too often; a sixth at once is', async (t) => {
  const app = await startFakeApp()
  t.after(() => app.stop())
  const call = caller(app.url, TOKEN)
  const created = await call('POST', '/api/payment/init', { amount: 10_000 })
  const path = `/api/payment/${created.body.data.transaction_id}/status`
  for (let second = 0; second < 300; second += 1) {
    assert.equal((await call('GET', path)).status, 200, `секунда ${second}`)
    app.fake.nowMs += 1_000
  }
  app.fake.nowMs += 60_000
  const statuses = []
  for (let n = 0; n < 6; n += 1) statuses.push((await call('GET', path)).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
})

test('the PHP sample’s check: HMAC of the raw bytes, compared in constant time', async () => {
  await until(() => received.length > 0)
  const { signature } = received[0] ?? {}
  const raw = await centre.sql('SELECT body FROM deliveries ORDER BY created_at LIMIT 1')
  const expected = createHmac('sha256', centre.source.webhookSecret).update(raw[0].body).digest()
  assert.ok(timingSafeEqual(expected, Buffer.from(signature ?? '', 'hex')))
})
