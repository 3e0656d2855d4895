// T9: a repeated request has one effect and one answer, also when the first one was cut off.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import { type Call, caller, refusalOf } from './caller.ts'
import { type FakeApp, OTHER_TOKEN, startFakeApp, TOKEN } from './fake-centre.ts'

let app: FakeApp
let call: Call
before(async () => {
  app = await startFakeApp()
  call = caller(app.url, TOKEN)
})
after(() => app.stop())

let used = 0
function newKey(): string {
  used += 1
  return `key ${used}`
}

function init(key: string, body: unknown = { amount: 10_000 }, who: Call = call) {
  return who('POST', '/api/payment/init', body, { 'Idempotency-Key': key })
}

test('T9: the same key gives the same bytes and one payment', async () => {
  const key = newKey()
  const written = app.fake.writes
  const first = await init(key)
  assert.equal(first.status, 201)
  assert.equal(first.headers.get('idempotent-replayed'), null)
  const second = await init(key)
  assert.equal(second.status, 201)
  assert.equal(second.text, first.text)
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  assert.equal(second.headers.get('content-type'), first.headers.get('content-type'))
  assert.equal(app.fake.writes - written, 1)
})

test('T9: without a key each request is a payment', async () => {
  const a = await call('POST', '/api/payment/init', { amount: 10_000 })
  const b = await call('POST', '/api/payment/init', { amount: 10_000 })
  assert.notEqual(a.body.data.transaction_id, b.body.data.transaction_id)
})

test('T9: another body, route or payment under the same key is idempotency_mismatch', async () => {
  const key = newKey()
  const { transaction_id: id } = (await init(key)).body.data
  const header = { 'Idempotency-Key': key }
  const others = [
    await init(key, { amount: 10_001 }),
    await init(key, '{"amount":10000 }'),
    await call('POST', `/api/payment/${id}/cancel`, undefined, header),
  ]
  for (const answer of others) {
    assert.deepEqual([answer.status, refusalOf(answer).code], [400, 'idempotency_mismatch'])
  }
  assert.equal((await init(key)).headers.get('idempotent-replayed'), 'true')
})

test('T9: keys belong to their source', async () => {
  const key = newKey()
  const mine = await init(key)
  const theirs = await init(key, { amount: 10_000 }, caller(app.url, OTHER_TOKEN))
  assert.equal(theirs.status, 201)
  assert.notEqual(theirs.body.data.transaction_id, mine.body.data.transaction_id)
})

test('T9: validation is not kept: the corrected request may use the key', async () => {
  const key = newKey()
  assert.equal((await init(key, { amount: -1 })).status, 400)
  assert.equal((await init(key)).status, 201)
})

test('T9: a refusal by the state is kept, byte for byte, request_id and all', async () => {
  const key = newKey()
  await call('POST', '/api/payment/init', { amount: 10_000, external_id: 'order 1' })
  const body = { amount: 10_000, external_id: 'order 1' }
  const first = await init(key, body)
  assert.deepEqual([first.status, refusalOf(first).code], [400, 'external_id_taken'])
  const kept = app.fake.keys.get(`1:${key}`)
  assert.equal(kept?.reply?.body, first.text)
})

test('T9: 401, 403, 404, 503 are never kept', async () => {
  const key = newKey()
  app.fake.fail = new DatabaseUnavailable(new Error('down'))
  assert.equal((await init(key)).status, 503)
  app.fake.fail = null
  const absent = `/api/payment/${'0'.repeat(32)}/cancel`
  assert.equal((await call('POST', absent, undefined, { 'Idempotency-Key': key })).status, 404)
  assert.equal((await init(key)).status, 201)
})

test('T9: after a crash between the payment and its answer, the answer is built from the payment', async () => {
  const key = newKey()
  const body = { amount: 12_345, currency: 'USD', external_id: 'crashed', expires_in: 600 }
  const first = await init(key, body)
  const row = app.fake.keys.get(`1:${key}`)
  assert.ok(row)
  row.reply = null
  const written = app.fake.writes
  const second = await init(key, body)
  assert.equal(second.status, 201)
  assert.equal(second.text, first.text)
  assert.equal(app.fake.writes, written)
})

test('T9: an answer that could not be kept is given all the same, and built again later', async () => {
  const key = newKey()
  const { finish } = app.fake.centre.storage.idempotency
  const store = app.fake.centre.storage.idempotency as { finish: typeof finish }
  store.finish = async () => {
    throw new DatabaseUnavailable(new Error('gone'))
  }
  const first = await init(key)
  assert.equal(first.status, 201)
  store.finish = finish
  const row = app.fake.keys.get(`1:${key}`)
  assert.ok(row)
  row.isBusy = false
  assert.equal((await init(key)).text, first.text)
})

test('T9: a key in use is waited for, 65 s at most, then idempotency_in_progress', async () => {
  const key = newKey()
  await init(key)
  const row = app.fake.keys.get(`1:${key}`)
  assert.ok(row)
  const { reply } = row
  row.reply = null
  row.isBusy = true
  const before = app.fake.nowMs
  const waited = await init(key)
  assert.deepEqual([waited.status, refusalOf(waited).code], [400, 'idempotency_in_progress'])
  assert.ok(app.fake.nowMs - before >= 65_000)
  const patient = init(key)
  setTimeout(() => {
    row.reply = reply
  }, 5)
  assert.equal((await patient).headers.get('idempotent-replayed'), 'true')
})

test('T9: parallel calls with one key: one effect, equal answers', async () => {
  const key = newKey()
  const written = app.fake.writes
  const answers = await Promise.all(Array.from({ length: 20 }, () => init(key)))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(app.fake.writes - written, 1)
})

test('T9: cancel under a key says the same again, even when money came since', async () => {
  const key = newKey()
  const { transaction_id: id } = (await init(newKey())).body.data
  const cancel = () =>
    call('POST', `/api/payment/${id}/cancel`, undefined, { 'Idempotency-Key': key })
  assert.equal((await cancel()).status, 200)
  const row = app.fake.keys.get(`1:${key}`)
  assert.ok(row)
  row.reply = null
  const kept = [...app.fake.payments.values()].at(-1)
  assert.ok(kept)
  kept.payment = { ...kept.payment, cancelReason: null, paidAtMs: 1, creditedTiyn: 10_000n }
  assert.equal((await cancel()).status, 200)
})

test('T9: what is no key is refused by its header’s name', async () => {
  for (const key of ['', 'a'.repeat(256), 'ключ']) {
    const answer = await call(
      'POST',
      '/api/payment/init',
      { amount: 10_000 },
      {
        'Idempotency-Key': Buffer.from(key, 'utf8').toString('latin1'),
      },
    )
    assert.equal(answer.status, 400, key)
    assert.deepEqual(Object.keys(refusalOf(answer).errors), ['Idempotency-Key'])
  }
})
