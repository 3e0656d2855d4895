// Deliveries over the whole road: at least once, same id, same bytes, in order, parked in sight (W2–W4).

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { ACTING, startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

interface Received {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

let centre: TestCentre
let receiver: Server
let received: Received[] = []
let answers: number[] = []
let url = ''

before(async () => {
  receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const { headers } = request
      received.push({ id: String(headers['webhook-id']), headers, text })
      response.writeHead(answers.shift() ?? 200).end('x'.repeat(100))
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?x=1`
  centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    source: { webhookEvents: ['failed'] },
  })
})
after(async () => {
  await centre.stop()
  receiver.close()
})

/** Lets the next retry come now instead of after its wait. */
async function hurry(): Promise<void> {
  await centre.sql(`UPDATE deliveries SET next_at = now() WHERE state = 'waiting'`)
}

async function pay(outcome: 'confirm' | 'decline', id: string): Promise<void> {
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome })
  await centre.until(id, outcome === 'confirm' ? 'paid' : 'failed')
}

test('W4: a failing receiver gets the same id and bytes again until it says 2xx; a redirect is not followed', async () => {
  received = []
  answers = [500, 301, 410]
  const id = await centre.init(100_000, { webhook_url: url })
  await pay('confirm', id)
  for (let tries = 1; tries <= 4; tries += 1) {
    await until(() => received.length >= tries)
    await until(async () => {
      const rows = await centre.sql(`SELECT tries, state FROM deliveries WHERE url = $1`, [url])
      return rows[0].state === 'delivered' || rows[0].tries === tries
    })
    await hurry()
  }
  assert.equal(received.length, 4)
  assert.equal(new Set(received.map(({ id: webhookId }) => webhookId)).size, 1)
  assert.equal(new Set(received.map(({ text }) => text)).size, 1)
})

test('W3, W4: events of one payment come in order, and unsubscribed ones not at all', async () => {
  received = []
  answers = []
  const id = await centre.init(100_000, { webhook_url: url })
  await pay('decline', id)
  await pay('confirm', id)
  await until(() => received.length === 2)
  const bodies = received.map(({ text }) => JSON.parse(text))
  assert.deepEqual(
    bodies.map(({ event, sequence }) => [event, sequence]),
    [
      ['failed', 1],
      ['paid', 2],
    ],
  )
  const cancelled = await centre.init(100_000, { webhook_url: url })
  await centre.call('POST', `/api/payment/${cancelled}/cancel`)
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(received.length, 2)
})

test('W5: the documented header and the Standard Webhooks set, on every try', async () => {
  received = []
  answers = []
  const id = await centre.init(100_000, { webhook_url: url })
  await pay('confirm', id)
  await until(() => received.length === 1)
  const [webhook] = received
  assert.ok(webhook)
  const { headers, text } = webhook
  const { webhookSecret } = centre.source
  const documented = createHmac('sha256', webhookSecret).update(text).digest('hex')
  assert.equal(headers['x-webhook-signature'], documented)
  assert.equal(headers['content-type'], 'application/json')
  const standard = new Webhook(webhookSecret)
  assert.deepEqual(standard.verify(text, headers as Record<string, string>), JSON.parse(text))
})

test('W4: after the last try it is parked, in sight, and can be sent again', async () => {
  received = []
  answers = Array.from({ length: 10 }, () => 503)
  const id = await centre.init(100_000, { webhook_url: url })
  await pay('confirm', id)
  const row = async () => {
    const rows = await centre.sql(
      'SELECT id, state, tries FROM deliveries ORDER BY created_at DESC LIMIT 1',
    )
    return rows[0]
  }
  await until(async () => {
    await hurry()
    return (await row()).state === 'parked'
  })
  assert.equal(received.length, 10)
  const parked = await row()
  const { storage } = centre.running.centre
  assert.equal(await storage.transaction((tx) => storage.deliveries.resend(tx, parked.id)), true)
  await until(async () => (await row()).state === 'delivered')
  assert.equal(received.length, 11)
  assert.equal(new Set(received.map(({ id: webhookId }) => webhookId)).size, 1)
})

test('W1: after a rotation the old secret still signs the documented header', async () => {
  const { rotateSecret } = await import('../../packages/server/src/accounts/sources.ts')
  const fresh = await rotateSecret(centre.running.centre, ACTING, centre.source.id, 60_000)
  assert.ok(fresh)
  const id = await centre.init(100_000)
  await pay('confirm', id)
  const ofPayment = () =>
    centre.simulator.shop
      .webhooks(centre.source.webhookSecret)
      .filter(({ body }) => (body as { transaction_id: string }).transaction_id === id)
  await until(() => ofPayment().length > 0)
  assert.equal(ofPayment()[0]?.raw_body_verified, true)
})
