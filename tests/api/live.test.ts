// The streams as their clients meet them (S11): what they may ask, how they are refused, how many there
// may be, and what becomes of those who do not read.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { PaymentStatusData, PayState } from '../../packages/contract/src/index.ts'
import { HTTP_LIMITS } from '../../packages/server/src/http/limits.ts'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import type { PaymentStore } from '../../packages/server/src/ports/payment-store.ts'
import { type EventReader, openEvents } from '../support/event-reader.ts'
import { until } from '../support/until.ts'
import { caller, raw } from './caller.ts'
import {
  DISABLED_TOKEN,
  type FakeApp,
  OTHER_TOKEN,
  startFakeApp,
  TENGE_TOKEN,
  TOKEN,
} from './fake-centre.ts'

let app: FakeApp
before(async () => {
  app = await startFakeApp()
})
after(() => app.stop())

async function init(on: FakeApp = app, token = TOKEN, more: object = {}): Promise<string> {
  const answer = await caller(on.url, token)('POST', '/api/payment/init', { amount: 777, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.transaction_id
}

function shop(on: FakeApp, id: string, token = TOKEN, more: Record<string, string> = {}) {
  on.fake.nowMs += 1_000
  return openEvents(`${on.url}/api/payment/${id}/events`, { 'x-api-token': token, ...more })
}

function page(on: FakeApp, id: string, more: Record<string, string> = {}) {
  on.fake.nowMs += 1_000
  return openEvents(`${on.url}/pay/${id}/events`, more)
}

/** The refusal's status and code. */
async function refusal(reader: EventReader): Promise<[number, string]> {
  await reader.closed()
  return [reader.status, JSON.parse(reader.text).code]
}

test('S11: the first event is the whole present state, as the GET of its name says it', async () => {
  const tenge = await init(app, TENGE_TOKEN)
  for (const [stream, path, token, shape] of [
    [
      await shop(app, tenge, TENGE_TOKEN),
      `/api/payment/${tenge}/status`,
      TENGE_TOKEN,
      PaymentStatusData,
    ],
    [await page(app, tenge), `/pay/${tenge}/state`, null, PayState],
  ] as const) {
    const first = await stream.find(() => true)
    const { body } = await caller(app.url, token)('GET', path)
    // The page's clock goes on between the two.
    const { now_utc: _now, ...said } = body.data
    const { now_utc: _then, ...sent } = first.data
    assert.deepEqual(sent, said)
    assert.equal(Compile(shape).Check(first.data), true)
    assert.equal(first.name, path.split('/').at(-1))
    assert.deepEqual([first.id, stream.retryMs], ['1', HTTP_LIMITS.reconnectMs])
    stream.close()
  }
})

test('S11: nobody on the way may keep the stream back or keep it at all', async () => {
  const id = await init()
  const stream = await shop(app, id)
  assert.equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8')
  assert.equal(stream.headers['x-accel-buffering'], 'no')
  assert.equal(stream.headers['cache-control'], 'no-store')
  assert.match(String(stream.headers['x-request-id']), /^[0-9a-f]{24}$/)
  assert.equal(stream.headers['access-control-allow-origin'], '*')
  stream.close()
  const own = await page(app, id)
  assert.equal(own.headers['access-control-allow-origin'], undefined)
  own.close()
  const preflight = await fetch(`${app.url}/api/payment/${id}/events`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://shop.kz', 'Access-Control-Request-Method': 'GET' },
  })
  assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Last-Event-ID/)
})

test('S11: a state that says the same as the last one moves the id on and is no event', async () => {
  const id = await init()
  const stream = await shop(app, id)
  await stream.find(() => true)
  app.fake.change(id, { qr: { text: 'x', url: 'y', expiresAtMs: 0 } })
  await until(() => stream.lastId === '2')
  app.fake.change(id, { failureReason: 'declined' })
  await stream.find(({ data }) => data.status === 'failed')
  assert.deepEqual(
    stream.events.map((event) => event.id),
    ['1', '3'],
  )
  stream.close()
})

test('S11: an id of the present state is not told again, any other one gets the whole state', async () => {
  const id = await init()
  app.fake.change(id, { failureReason: 'declined' })
  const quiet = await shop(app, id, TOKEN, { 'last-event-id': '2' })
  for (const known of ['1', '3', '0', '-2', '2.0', '2,3', 'x', '9'.repeat(400), '']) {
    const stream = await shop(app, id, TOKEN, { 'last-event-id': known })
    const { data } = await stream.find(() => true)
    assert.equal(data.status, 'failed', known)
    stream.close()
  }
  assert.deepEqual(quiet.events, [])
  app.fake.change(id, { cancelReason: 'requested' })
  await quiet.closed()
  assert.deepEqual(
    quiet.events.map(({ name }) => name),
    ['status', 'end'],
  )
  assert.equal((await shop(app, id, TOKEN, { 'last-event-id': '3' })).status, 204)
  const again = await openEvents(`${app.url}/pay/${id}/events?last_event_id=3`)
  assert.equal(again.status, 204)
})

test('S11: one read of a change for all who hear of it', async () => {
  const id = await init()
  const streams = await Promise.all([1, 2, 3].flatMap(() => [shop(app, id), page(app, id)]))
  await Promise.all(streams.map((stream) => stream.find(() => true)))
  const { reads } = app.fake
  app.fake.change(id, { failureReason: 'declined' })
  await Promise.all(streams.map((stream) => stream.find(({ data }) => data.status === 'failed')))
  assert.equal(app.fake.reads, reads + 1)
  for (const stream of streams) stream.close()
})

test('S11: payments that change together are read together', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => init()))
  const streams = await Promise.all(ids.map((id) => shop(app, id)))
  await Promise.all(streams.map((stream) => stream.find(() => true)))
  const { reads } = app.fake
  for (const id of ids) app.fake.change(id, { cancelReason: 'requested' })
  await Promise.all(streams.map((stream) => stream.closed()))
  for (const [n, stream] of streams.entries()) {
    assert.deepEqual(
      stream.events.map(({ data }) => data.transaction_id),
      [ids[n], ids[n], undefined],
    )
  }
  assert.equal(app.fake.reads, reads + 1)
})

test('S11: HEAD, HTTP/1.0 and other Accept', async () => {
  const id = await init()
  const path = `/api/payment/${id}/events`
  const head = await fetch(app.url + path, { method: 'HEAD', headers: { 'X-API-Token': TOKEN } })
  assert.equal(head.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  assert.equal(await head.text(), '')
  const old = raw(app.port, `GET ${path} HTTP/1.0\r\nX-API-Token: ${TOKEN}\r\n\r\n`)
  for (const accept of ['application/json', 'text/html;q=1, image/*']) {
    const refused = await shop(app, id, TOKEN, { accept })
    assert.deepEqual(await refusal(refused), [400, 'not_event_stream'])
  }
  for (const accept of ['text/event-stream', 'text/html, */*;q=0.8']) {
    const stream = await page(app, id, { accept })
    assert.equal(stream.status, 200)
    stream.close()
  }
  app.fake.change(id, { cancelReason: 'requested' })
  const answer = await old
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  assert.doesNotMatch(answer, /transfer-encoding/i)
  assert.match(answer, /"status":"cancelled".*\n\nevent: end\ndata: \{"reason":"final"\}\n\n$/s)
})

test('A5: another source’s payment is 404, and so is one that does not exist', async () => {
  const id = await init()
  for (const [stream, wanted] of [
    [shop(app, id, OTHER_TOKEN), [404, 'payment_not_found']],
    [shop(app, '0'.repeat(32)), [404, 'payment_not_found']],
    [page(app, 'x'), [404, 'payment_not_found']],
    [shop(app, id, 'f'.repeat(64)), [401, 'unauthorized']],
    [shop(app, id, DISABLED_TOKEN), [403, 'source_disabled']],
  ] as const) {
    assert.deepEqual(await refusal(await stream), wanted)
  }
})

test('S11: more who wait than there are seats are told to come again; who leaves frees a seat', async (t) => {
  const limits = {
    waitersPerPayment: 2,
    waitersPerSource: 3,
    waitersPerAddress: 3,
    waiters: 5,
  }
  const small = await startFakeApp({ limits })
  t.after(() => small.stop())
  const [a, b, other] = [await init(small), await init(small), await init(small, OTHER_TOKEN)]
  const held = [await shop(small, a), await shop(small, a)]
  const full = await shop(small, a)
  assert.deepEqual(await refusal(full), [429, 'rate_limited'])
  assert.match(full.headers['retry-after'] ?? '', /^[1-9]/)
  held.push(await shop(small, b))
  assert.deepEqual(await refusal(await shop(small, b)), [429, 'rate_limited'])
  const poll = await caller(small.url, TOKEN)('GET', `/api/payment/${b}/status?wait=25`)
  assert.equal(poll.status, 429)
  // The shop's seats are not the customers', and the other way round.
  held.push(await page(small, a), await page(small, a))
  assert.deepEqual(await refusal(await page(small, a)), [429, 'rate_limited'])
  assert.deepEqual(await refusal(await shop(small, other, OTHER_TOKEN)), [429, 'rate_limited'])
  for (const stream of held) assert.equal(stream.status, 200)
  for (const stream of held) stream.close()
  await until(async () => {
    const stream = await shop(small, other, OTHER_TOKEN)
    stream.close()
    return stream.status === 200
  })
})

test('S11: a heartbeat is a comment, and a stream has its end', async (t) => {
  const quick = await startFakeApp({ limits: { heartbeatMs: 45, streamMs: 180 } })
  t.after(() => quick.stop())
  const stream = await shop(quick, await init(quick))
  await stream.closed()
  assert.equal(stream.comments, 4)
  assert.deepEqual(
    stream.events.map(({ name }) => name),
    ['status'],
  )
})

test('A21: a client that does not read is dropped, and keeps nobody waiting', async (t) => {
  const small = await startFakeApp({ limits: { waitersPerPayment: 2 } })
  t.after(() => small.stop())
  const id = await init(small, TOKEN, { description: 'Тур '.repeat(250) })
  const deaf = connect(small.port, '127.0.0.1').pause()
  t.after(() => deaf.destroy())
  deaf.on('error', () => {})
  deaf.write(`GET /pay/${id}/events HTTP/1.1\r\nHost: x\r\n\r\n`)
  const reader = await page(small, id)
  await until(async () => (await page(small, id)).status === 429)
  let changes = 0
  await until(async () => {
    for (let n = 0; n < 100; n += 1) {
      changes += 1
      small.fake.change(id, { failureReason: `reason ${changes}` })
      await turn()
    }
    const third = await page(small, id)
    third.close()
    return third.status === 200
  })
  await reader.find(({ data }) => data.failure_reason === `reason ${changes}`)
  reader.close()
})

test('S11: what the database would not let be read is told once it does', async (t) => {
  const quick = await startFakeApp({ limits: { lookAgainMs: 30 } })
  t.after(() => quick.stop())
  const id = await init(quick)
  const first = await shop(quick, id)
  await first.find(() => true)
  const { payments } = quick.fake.centre.storage as { payments: PaymentStore }
  const { views } = payments
  let refused = 0
  const refuse = async () => {
    refused += 1
    throw new DatabaseUnavailable(null)
  }
  Object.assign(payments, { views: refuse })
  const second = await shop(quick, id)
  await until(() => refused > 1)
  Object.assign(payments, { views })
  await second.find(({ data }) => data.status === 'pending')
  Object.assign(payments, { views: refuse })
  quick.fake.change(id, { failureReason: 'declined' })
  await until(() => refused > 4)
  Object.assign(payments, { views })
  for (const stream of [first, second]) {
    await stream.find(({ data }) => data.status === 'failed')
    assert.equal(stream.events.length, 2)
    stream.close()
  }
})
