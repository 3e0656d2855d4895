import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { startSimulator } from '../index.ts'

test('the shop keeps what it was sent and checks the signature both documented ways', async (t) => {
  const simulator = await startSimulator({ terminals: 1, seed: 1 })
  t.after(() => simulator.close())
  const text = JSON.stringify({ transaction_id: 'A', status: 'paid' })
  const signature = createHmac('sha256', 'whsec_right').update(text).digest('hex')
  const sent = await fetch(`${simulator.url}/shop/webhook`, {
    method: 'POST',
    headers: { 'X-Webhook-Signature': signature, 'webhook-id': 'evt_1' },
    body: text,
  })
  assert.equal(sent.status, 200)
  const [right] = simulator.shop.webhooks('whsec_right')
  assert.equal(right?.raw_body_verified, true)
  assert.equal(right?.parsed_body_verified, true)
  assert.equal(right?.text, text)
  const [wrong] = simulator.shop.webhooks('whsec_wrong')
  assert.equal(wrong?.raw_body_verified, false)
})

test('a shop without an account, or whose centre is silent, says so; nonsense is refused', async (t) => {
  const simulator = await startSimulator({ terminals: 1, seed: 1 })
  t.after(() => simulator.close())
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(`${simulator.url}/shop/${path}`, init)).status
  }
  const refund = `orders/${'0'.repeat(32)}/refund`
  assert.equal(await post('orders', { amount_tenge: 100 }), 409)
  assert.equal(await post(refund, {}), 409)
  // Nobody listens there.
  const account = { base_url: 'http://127.0.0.1:9', api_token: 'x', webhook_secret: 'y' }
  assert.equal(await post('account', account), 200)
  assert.equal(await post('orders', { amount_tenge: 100 }), 502)
  assert.equal(await post(refund, {}), 502)
  assert.deepEqual(simulator.shop.orders, [])
  for (const body of [
    {},
    { amount_tenge: 0 },
    { amount_tenge: 1.5 },
    { amount_tenge: 1, more: 1 },
  ]) {
    assert.equal(await post('orders', body), 400, JSON.stringify(body))
  }
  assert.equal(await post('account', { ...account, base_url: 'nowhere' }), 400)
  assert.equal(await post('orders/1/refund', {}), 404)
})
