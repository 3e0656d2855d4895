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
