// The calls that are made again and again: status, info, their limit and the long poll (S11).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { InfoAnswer, InitAnswer, StatusAnswer } from '../../packages/contract/src/index.ts'
import { until } from '../support/until.ts'
import { type Answer, type Call, caller, refusalOf } from './caller.ts'
import { type FakeApp, OTHER_TOKEN, startFakeApp, TENGE_TOKEN, TOKEN } from './fake-centre.ts'

let app: FakeApp
let call: Call
before(async () => {
  app = await startFakeApp()
  call = caller(app.url, TOKEN)
})
after(() => app.stop())

/** Sends so many long polls, and returns when they are waiting. */
async function waiting(id: string, count: number): Promise<Promise<Answer>[]> {
  const { looks } = app.fake
  const polls = Array.from({ length: count }, () =>
    call('GET', `/api/payment/${id}/status?wait=25`),
  )
  await until(() => app.fake.looks === looks + count)
  return polls
}

async function init(more: Record<string, unknown> = {}, who: Call = call): Promise<string> {
  const answer = await who('POST', '/api/payment/init', { amount: 10_000, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.transaction_id
}

test('S11: the sixth status call within a second is 429 with Retry-After, another payment’s is not', async () => {
  const [a, b] = [await init(), await init()]
  for (let n = 0; n < 5; n += 1) {
    assert.equal((await call('GET', `/api/payment/${a}/status`)).status, 200)
  }
  const refused = await call('GET', `/api/payment/${a.toLowerCase()}/status`)
  assert.deepEqual([refused.status, refusalOf(refused).code], [429, 'rate_limited'])
  assert.equal(refused.headers.get('retry-after'), '1')
  assert.equal((await call('GET', `/api/payment/${b}/status`)).status, 200)
  assert.equal((await call('GET', `/api/payment/${a}`)).status, 200)
  app.fake.nowMs += 1_000
  assert.equal((await call('GET', `/api/payment/${a}/status`)).status, 200)
})

test('S11: another source cannot use up a payment’s calls', async () => {
  const id = await init()
  const other = caller(app.url, OTHER_TOKEN)
  for (let n = 0; n < 10; n += 1) await other('GET', `/api/payment/${id}/status`)
  assert.equal((await call('GET', `/api/payment/${id}/status`)).status, 200)
})

test('S11: ?wait answers at the change of status, one read for all who wait', async () => {
  const id = await init()
  const polls = await waiting(id, 3)
  // A change that leaves the status as it is wakes nobody.
  app.fake.change(id, {})
  assert.equal(await Promise.race([...polls, new Promise((go) => setImmediate(go))]), undefined)
  const { reads } = app.fake
  app.fake.change(id, { cancelReason: 'requested' })
  for (const { body } of await Promise.all(polls)) assert.equal(body.data.status, 'cancelled')
  assert.equal(app.fake.reads, reads + 1)
})

test('S11: a long poll that is over, and one whose client is gone, leave their seat', async (t) => {
  const small = await startFakeApp({ limits: { waitersPerPayment: 1 } })
  t.after(() => small.stop())
  const asking = caller(small.url, TOKEN)
  const id = await init({}, asking)
  const gone = new AbortController()
  const left = fetch(`${small.url}/api/payment/${id}/status?wait=25`, {
    headers: { 'X-API-Token': TOKEN },
    signal: gone.signal,
  })
  await until(() => small.fake.looks === 1)
  const poll = async () => {
    small.fake.nowMs += 1_000
    return (await asking('GET', `/api/payment/${id}/status?wait=1`)).status
  }
  assert.equal(await poll(), 429)
  gone.abort()
  await assert.rejects(left)
  await until(async () => (await poll()) === 200)
  assert.equal(await poll(), 200)
})

test('S11: ?wait answers after its seconds with the same status, as 200', async () => {
  const id = await init()
  const same = await call('GET', `/api/payment/${id}/status?wait=1`)
  assert.deepEqual([same.status, same.body.data.status], [200, 'pending'])
})

test('S11: ?wait does not wait for a payment of which nothing more is expected', async () => {
  const id = await init()
  app.fake.change(id, { cancelReason: 'requested' })
  const { reads } = app.fake
  const answer = await call('GET', `/api/payment/${id}/status?wait=25`)
  assert.deepEqual([answer.status, answer.body.data.status], [200, 'cancelled'])
  assert.equal(app.fake.reads, reads)
})

test('S11: ?wait is a whole number of seconds up to 25', async () => {
  const id = await init()
  for (const wait of ['26', '-1', '1.5', 'x', '', '1e1', '025', '5&wait=6']) {
    app.fake.nowMs += 1_000
    const answer = await call('GET', `/api/payment/${id}/status?wait=${wait}`)
    assert.deepEqual(Object.keys(refusalOf(answer).errors), ['wait'], wait)
  }
  assert.equal((await call('GET', `/api/payment/${id}/status?other=1`)).status, 200)
})

const initShape = Compile(InitAnswer)
const statusShape = Compile(StatusAnswer)
const infoShape = Compile(InfoAnswer)

test('P9: every documented field has its name and type, and the schema knows every field', async () => {
  const sent = {
    amount: 10_000,
    currency: 'KZT',
    description: 'Оплата за тур в Дубай',
    customer_phone: '+77001234567',
    customer_email: 'client@example.com',
    customer_name: 'Иванов Иван',
    payment_method_id: 1,
    webhook_url: 'https://your-site.com/webhook/payment',
    metadata: { order_id: '12345', tour_id: 'DXB-001', custom_field: 'any data' },
  }
  const created = await call('POST', '/api/payment/init', sent)
  assert.equal(created.status, 201)
  assert.deepEqual(initShape.Errors(created.body), [])
  assert.equal(created.body.message, 'Платеж создан')
  const { transaction_id: id, expires_at } = created.body.data
  assert.match(id, /^[0-9A-F]{32}$/)
  assert.match(expires_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)

  const status = await call('GET', `/api/payment/${id}/status`)
  assert.deepEqual(statusShape.Errors(status.body), [])
  const info = await call('GET', `/api/payment/${id}`)
  assert.deepEqual(infoShape.Errors(info.body), [])
  const { data } = info.body
  assert.deepEqual(
    [data.amount, data.currency, data.status, data.description, data.paid_at, data.qr_code],
    [10_000, 'KZT', 'pending', 'Оплата за тур в Дубай', null, null],
  )
  assert.deepEqual(data.metadata, sent.metadata)
  // Whoever holds the token may read these, but nobody needs them back (A24).
  assert.doesNotMatch(info.text, /7700|client@example|Иванов|your-site/)
})

test('T1: local times are Kazakhstan’s, each with its twin in UTC', async () => {
  const id = await init({ expires_in: 600 })
  const { data } = (await call('GET', `/api/payment/${id}`)).body
  for (const name of ['created_at', 'expires_at']) {
    const utc = Date.parse(data[`${name}_utc`])
    assert.equal(Date.parse(`${data[name].replace(' ', 'T')}+05:00`), Math.floor(utc / 1000) * 1000)
  }
  assert.equal(Date.parse(data.expires_at_utc) - Date.parse(data.created_at_utc), 600_000)
})

test('S2: expires_in is between a minute and a year, an hour without it', async () => {
  for (const [sent, seconds] of [
    [{}, 3_600],
    [{ expires_in: 60 }, 60],
    [{ expires_in: 31_536_000 }, 31_536_000],
  ] as const) {
    const { data } = (await call('GET', `/api/payment/${await init(sent)}`)).body
    assert.equal(
      (Date.parse(data.expires_at_utc) - Date.parse(data.created_at_utc)) / 1000,
      seconds,
    )
  }
})

test('M1: a source that speaks tenge gets every sum in tenge', async () => {
  const tenge = caller(app.url, TENGE_TOKEN)
  const created = await tenge('POST', '/api/payment/init', { amount: 10_000.29 })
  assert.equal(created.body.data.amount, 10_000.29)
  const { transaction_id: id } = created.body.data
  const { data } = (await tenge('GET', `/api/payment/${id}`)).body
  for (const field of ['amount', 'original_amount', 'remaining_amount', 'remaining_credit']) {
    assert.equal(data[field], 10_000.29, field)
  }
  const kept = [...app.fake.payments.values()].at(-1)
  assert.equal(kept?.payment.originalTiyn, 1_000_029n)
  const methods = await tenge('GET', '/api/payment-methods')
  assert.equal(methods.body.data[0].min, 10)
})

test('M7: amount = paid_amount + remaining_amount, also right after init', async () => {
  const created = await call('POST', '/api/payment/init', { amount: 777 })
  const { amount, paid_amount, remaining_amount } = created.body.data
  assert.equal(amount, paid_amount + remaining_amount)
})
