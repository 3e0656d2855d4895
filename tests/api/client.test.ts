// The typed client against a listening centre: what an integrator gets and what is thrown at them.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PaymentError, paymentClient } from '../../packages/contract/src/index.ts'
import { type FakeApp, startFakeApp, TOKEN } from './fake-centre.ts'

let app: FakeApp
before(async () => {
  app = await startFakeApp()
})
after(() => app.stop())

async function errorOf(work: Promise<unknown>): Promise<PaymentError> {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof PaymentError, String(error))
    return error
  }
  throw new Error('ничего не брошено')
}

test('the client creates, reads, lists and cancels', async () => {
  const client = paymentClient({ baseUrl: `${app.url}/`, apiToken: TOKEN })
  const created = await client.init({ amount: 10_000, external_id: 'a' }, { idempotencyKey: 'k' })
  const again = await client.init({ amount: 10_000, external_id: 'a' }, { idempotencyKey: 'k' })
  assert.deepEqual(again, created)
  const { transaction_id: id } = created
  assert.equal((await client.status(id)).status, 'pending')
  assert.equal((await client.get(id)).external_id, 'a')
  assert.equal((await client.methods()).length, 5)
  await client.cancel(id)
  assert.equal((await client.status(id)).cancel_reason, 'requested')
})

test('S11: the client follows a payment to its end over streams that break, and connects again by itself', async () => {
  const asked: (string | null)[] = []
  const client = paymentClient({
    baseUrl: app.url,
    apiToken: TOKEN,
    async fetch(input, request) {
      if (!String(input).endsWith('/events')) return fetch(input, request)
      app.fake.nowMs += 1_000
      asked.push(new Headers(request?.headers).get('last-event-id'))
      if (asked.length === 2) throw new TypeError('fetch failed')
      if (asked.length !== 1) return fetch(input, request)
      const { body } = await fetch(input, request)
      return new Response(body?.pipeThrough(cut))
    },
  })
  // Lets the first state through, and nothing after it.
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const text = Buffer.from(chunk)
        .toString()
        .replace(/retry: \d+/, 'retry: 5')
      controller.enqueue(Buffer.from(text))
      if (text.includes('data:')) controller.terminate()
    },
  })
  const { transaction_id: id } = await client.init({ amount: 10_000 })
  const seen: string[] = []
  for await (const { status } of client.follow(id)) {
    seen.push(status)
    if (status === 'pending') app.fake.change(id, { failureReason: 'declined' })
    if (status === 'failed') app.fake.change(id, { cancelReason: 'requested' })
  }
  assert.deepEqual(seen, ['pending', 'failed', 'cancelled'])
  assert.deepEqual(asked, [null, '1', '1'])
  const stranger = paymentClient({ baseUrl: app.url, apiToken: 'f'.repeat(64) })
  assert.equal((await errorOf(stranger.follow(id).next())).code, 'unauthorized')
})

test('S11: following ends when the caller breaks off or aborts', async () => {
  const client = paymentClient({ baseUrl: app.url, apiToken: TOKEN })
  const { transaction_id: id } = await client.init({ amount: 10_000 })
  for await (const { status } of client.follow(id)) {
    assert.equal(status, 'pending')
    break
  }
  app.fake.nowMs += 1_000
  const leaving = new AbortController()
  const states = client.follow(id, { signal: leaving.signal })
  assert.equal((await states.next()).done, false)
  leaving.abort()
  await assert.rejects(states.next(), { name: 'AbortError' })
})

test('a refusal carries code, fields, waits and the request’s number', async () => {
  const client = paymentClient({ baseUrl: app.url, apiToken: TOKEN })
  const invalid = await errorOf(client.init({ amount: -1 }))
  assert.deepEqual(
    [invalid.httpStatus, invalid.code, invalid.isRetryable],
    [400, 'validation', false],
  )
  assert.deepEqual(Object.keys(invalid.errors), ['amount'])
  assert.match(invalid.requestId ?? '', /^[0-9a-f]{24}$/)
  const { transaction_id: id } = await client.init({ amount: 10_000 })
  for (let n = 0; n < 5; n += 1) await client.status(id)
  const tooOften = await errorOf(client.status(id))
  assert.deepEqual(
    [tooOften.code, tooOften.isRetryable, tooOften.retryAfterSeconds],
    ['rate_limited', true, 1],
  )
  const stranger = paymentClient({ baseUrl: app.url, apiToken: 'f'.repeat(64) })
  assert.equal((await errorOf(stranger.methods())).code, 'unauthorized')
})

test('what is no answer of this API is an error of its own, and an id stays one path segment', async () => {
  const asked: string[] = []
  const client = paymentClient({
    baseUrl: 'https://pay.example.kz',
    apiToken: TOKEN,
    fetch: async (input) => {
      asked.push(String(input))
      return new Response('<html>502</html>', { status: 502 })
    },
  })
  const error = await errorOf(client.get('../admin?x=1'))
  assert.deepEqual(
    [error.code, error.httpStatus, error.isRetryable],
    ['unreadable_answer', 502, true],
  )
  assert.deepEqual(asked, ['https://pay.example.kz/api/payment/..%2Fadmin%3Fx%3D1'])
})
