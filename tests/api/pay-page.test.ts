// The customer's own calls (N5): no token, little said, limited per address.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { PayStateAnswer } from '../../packages/contract/src/index.ts'
import { type Call, caller, refusalOf } from './caller.ts'
import { type FakeApp, startFakeApp, TENGE_TOKEN } from './fake-centre.ts'

let app: FakeApp
let customer: Call
let id: string
before(async () => {
  app = await startFakeApp({ trustedHops: 1 })
  customer = caller(app.url, null)
  const shop = caller(app.url, TENGE_TOKEN)
  const created = await shop('POST', '/api/payment/init', {
    amount: 10_000,
    description: 'Тур в Дубай',
    customer_phone: '+77001234567',
    customer_email: 'client@example.com',
    customer_name: 'Иванов Иван',
    external_id: 'order-77',
    metadata: { secret: 'metadata' },
  })
  id = created.body.data.transaction_id
})
after(() => app.stop())

const shape = Compile(PayStateAnswer)

test('N5: the page learns sums, methods and status, and nothing of the customer', async () => {
  const answer = await customer('GET', `/pay/${id}/state`)
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual(shape.Errors(answer.body), [])
  const { data } = answer.body
  assert.deepEqual([data.seller, data.description], ['Магазин 2', 'Тур в Дубай'])
  assert.doesNotMatch(answer.text, /7700|client@|Иванов|order-77|metadata|webhook/)
})

test('M1: the page speaks whole tiyn whatever the source speaks', async () => {
  const { data } = (await customer('GET', `/pay/${id}/state`)).body
  assert.equal(data.amount_unit, 'tiyn')
  assert.equal(data.amount, 1_000_000)
  const prices = data.methods.map((method: { code: string; price: number }) => [
    method.code,
    method.price,
  ])
  assert.deepEqual(prices.slice(0, 3), [
    ['kaspi_gold', 1_010_000],
    ['kaspi_red', 1_010_000],
    ['kaspi_credit', 1_140_000],
  ])
  assert.equal(data.methods[3].monthly, 95_000)
})

test('S11: ?wait answers with the state that is newer than the page’s, and at once where there is one', async () => {
  const shop = caller(app.url, TENGE_TOKEN)
  const created = await shop('POST', '/api/payment/init', { amount: 100 })
  const own = created.body.data.transaction_id
  const known = (await customer('GET', `/pay/${own}/state`)).body.data.version
  const waiting = customer('GET', `/pay/${own}/state?wait=25&version=${known}`)
  app.fake.change(own, { failureReason: 'declined' })
  const { data } = (await waiting).body
  assert.deepEqual([data.version, data.status], [known + 1, 'failed'])
  // What changed between two calls is not waited for: it is known to be news.
  const missed = await customer('GET', `/pay/${own}/state?wait=25&version=${known}`)
  assert.equal(missed.body.data.version, known + 1)
  const wrong = await customer('GET', `/pay/${own}/state?wait=26`)
  assert.equal(refusalOf(wrong).code, 'validation')
})

test('N5: an unknown payment is 404 by every call', async () => {
  const absent = '0'.repeat(32)
  for (const [method, path] of [
    ['GET', `/pay/${absent}/state`],
    ['POST', `/pay/${absent}/start`],
    ['GET', `/pay/${absent}/qr.svg`],
    ['GET', `/pay/${absent}/qr.png`],
    ['GET', '/pay/x/state'],
  ] as const) {
    const answer = await customer(method, path)
    assert.deepEqual([answer.status, refusalOf(answer).code], [404, 'payment_not_found'], path)
  }
})

test('N4: the QR is a picture once there is one', async () => {
  const none = await customer('GET', `/pay/${id}/qr.svg`)
  assert.deepEqual([none.status, refusalOf(none).code], [404, 'qr_not_found'])
  const kept = [...app.fake.payments.values()][0]
  assert.ok(kept)
  const qr = {
    text: 'https://qr.kaspi.kz/123',
    url: 'https://pay.kaspi.kz/pay/123',
    expiresAtMs: app.fake.nowMs + 60_000,
  }
  kept.payment = { ...kept.payment, qr }
  const svg = await customer('GET', `/pay/${id}/qr.svg?v=1`)
  assert.equal(svg.headers.get('content-type'), 'image/svg+xml')
  assert.match(svg.text, /^<svg/)
  const png = await customer('GET', `/pay/${id}/qr.png`)
  assert.equal(png.headers.get('content-type'), 'image/png')
  assert.match(png.text, /PNG/)
  const { data } = (await customer('GET', `/pay/${id}/state`)).body
  assert.equal(data.qr_code, qr.text)
  assert.match(data.qr_image_url, new RegExp(`^https://pay.example.kz/pay/${id}/qr.svg\\?v=`))
})

test('N5: a form of another site cannot start a payment', async () => {
  const answer = await customer('POST', `/pay/${id}/start`, 'payment_method=kaspi_gold', {
    'Content-Type': 'application/x-www-form-urlencoded',
  })
  assert.equal(refusalOf(answer).code, 'wrong_content_type')
})

test('N5: each address has its own limit, and an IPv6 network is one address', async () => {
  const from = (address: string) =>
    customer('GET', `/pay/${id}/state`, undefined, { 'X-Forwarded-For': address })
  let refused = 0
  for (let n = 0; n < 130; n += 1) {
    const answer = await from(`2001:db8:1:2::${n.toString(16)}`)
    if (answer.status === 429) {
      refused += 1
      assert.equal(refusalOf(answer).code, 'rate_limited')
    }
  }
  assert.equal(refused, 30)
  assert.equal((await from('2001:db8:1:3::1')).status, 200)
  assert.equal((await from('203.0.113.5')).status, 200)
})
