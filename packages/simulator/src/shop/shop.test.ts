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
