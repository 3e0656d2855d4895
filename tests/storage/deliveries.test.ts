// Deliveries: what is due, in which order, and what becomes of receivers that only fail (W4).

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { EndpointNews } from '../../packages/server/src/ports/delivery-store.ts'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())
beforeEach(async () => {
  await world.sql('TRUNCATE deliveries, webhook_endpoints')
})

interface Written {
  readonly payment?: string
  readonly sequence?: number
  readonly state?: string
  readonly tries?: number
  readonly endpoint?: string
  readonly dueInSeconds?: number
}

async function write(row: Written): Promise<string> {
  const state = row.state ?? 'waiting'
  const endpoint = row.endpoint ?? 'https://shop.kz/hook'
  const [written] = await world.sql<{ id: string }>(
    `INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
       tries, next_at, created_at)
     VALUES (new_id(), coalesce($1, new_id()), $2, 'paid', $3, $4 || '?n=1', $4, '{"a":1}', $5, $6,
       CASE WHEN $5 = 'waiting' THEN centre_now() + $7::integer * interval '1 second' END,
       centre_now())
     RETURNING id`,
    [
      row.payment ?? null,
      world.sourceId,
      row.sequence ?? 1,
      endpoint,
      state,
      row.tries ?? 0,
      row.dueInSeconds ?? -1,
    ],
  )
  return written?.id ?? ''
}

function resend(id: string): Promise<boolean> {
  const { deliveries, transaction } = world.storage
  return transaction((tx) => deliveries.resend(tx, id))
}

async function claimed(): Promise<string[]> {
  return (await world.storage.deliveries.claimDue(100, 30_000)).map(({ id }) => id)
}

async function lineOf(id: string) {
  return (await world.storage.deliveries.recent(100)).find((line) => line.id === id)
}

async function fail(id: string, nextInMs: number | null = 5_000): Promise<EndpointNews> {
  const line = await lineOf(id)
  assert.ok(line)
  const { paymentId, tries, url } = line
  const delivery = { id, paymentId, sourceId: world.sourceId, url, body: '{"a":1}', tries }
  return world.storage.deliveries.markFailed(delivery, 500, 'http_status', nextInMs)
}

test('what is due is claimed once, and comes back when its worker died', async () => {
  const id = await write({})
  await write({ dueInSeconds: 60 })
  const claims = await Promise.all(Array.from({ length: 10 }, claimed))
  assert.deepEqual(claims.flat(), [id])
  await world.sql(`UPDATE deliveries SET next_at = next_at - interval '30 seconds' WHERE id = $1`, [
    id,
  ])
  const [again] = await world.storage.deliveries.claimDue(1, 0)
  assert.equal(again?.id, id)
  assert.equal(again?.body, '{"a":1}')
  assert.equal(again?.url, 'https://shop.kz/hook?n=1')
})

const PREDECESSORS: readonly (Written & { lets: boolean })[] = [
  { state: 'waiting', tries: 0, lets: false },
  { state: 'waiting', tries: 3, lets: false },
  { state: 'waiting', tries: 4, lets: true },
  { state: 'held', lets: false },
  { state: 'delivered', lets: true },
  { state: 'parked', lets: true },
  { state: 'superseded', lets: true },
]

for (const { lets, ...before } of PREDECESSORS) {
  const tries = before.tries === undefined ? '' : ` after ${before.tries} failed tries`
  test(`W4: an event ${lets ? 'goes' : 'waits'} when the one before it is ${before.state}${tries}`, async () => {
    const payment = await world.create()
    await write({ ...before, payment, dueInSeconds: 3_600 })
    const second = await write({ payment, sequence: 2 })
    assert.deepEqual(await claimed(), lets ? [second] : [])
  })
}

test('W4: one payment’s events go in order, another’s do not wait for them', async () => {
  const payment = await world.create()
  const ids = [
    await write({ payment, sequence: 1 }),
    await write({ payment, sequence: 2 }),
    await write({ payment, sequence: 3 }),
  ]
  const other = await write({})
  assert.deepEqual(new Set(await claimed()), new Set([ids[0], other]))
  assert.deepEqual(await claimed(), [])
  const woken = world.notices.wait('delivery_due', 5_000)
  await world.storage.deliveries.markDelivered(ids[0] ?? '', 204)
  await woken
  assert.deepEqual(await claimed(), [ids[1]])
  const first = await lineOf(ids[0] ?? '')
  assert.deepEqual([first?.state, first?.lastHttpStatus, first?.nextAtMs], ['delivered', 204, null])
})

test('a failed try waits for its time, a last one is parked and lets the next go', async () => {
  const payment = await world.create()
  const first = await write({ payment, sequence: 1 })
  const second = await write({ payment, sequence: 2 })
  await claimed()
  assert.equal(await fail(first, 60_000), 'none')
  const line = await lineOf(first)
  assert.deepEqual(
    [line?.state, line?.tries, line?.lastHttpStatus, line?.lastReason],
    ['waiting', 1, 500, 'http_status'],
  )
  const now = await world.storage.leases.now()
  assert.ok(Math.abs((line?.nextAtMs ?? 0) - now - 60_000) < 5_000)
  assert.deepEqual(await claimed(), [])
  await fail(first, null)
  assert.equal((await lineOf(first))?.state, 'parked')
  assert.deepEqual(await claimed(), [second])
})

test('a late failure does not undo a delivery', async () => {
  const id = await write({})
  await world.storage.deliveries.markDelivered(id, 200)
  await fail(id)
  assert.equal((await lineOf(id))?.state, 'delivered')
})

test('deliveries that end together are each recorded as they ended, and their tries too', async () => {
  const { deliveries, deliveryTries } = world.storage
  const written = await Promise.all(Array.from({ length: 100 }, () => write({})))
  const statuses = written.map((_, n) => 200 + (n % 3))
  await Promise.all(
    written.flatMap((id, n) => [
      deliveries.markDelivered(id, statuses[n] ?? 0),
      deliveryTries.keep({
        deliveryId: id,
        sourceId: world.sourceId,
        startedAtMs: 1_700_000_000_000,
        tookMs: n,
        httpStatus: statuses[n] ?? 0,
        reason: null,
        answer: n === 0 ? null : `ответ «${n}» \\ "ok"\n`,
        headers: { 'webhook-id': `evt_${n}` },
      }),
    ]),
  )
  for (const [n, id] of written.entries()) {
    const line = await lineOf(id)
    assert.deepEqual([line?.state, line?.lastHttpStatus], ['delivered', statuses[n]])
    const [tried, ...others] = await deliveryTries.ofDelivery(id, 10)
    assert.deepEqual([tried?.tookMs, tried?.httpStatus, others.length], [n, statuses[n], 0])
    assert.equal(tried?.answer, n === 0 ? null : `ответ «${n}» \\ "ok"\n`)
    assert.deepEqual(tried?.headers, { 'webhook-id': `evt_${n}` })
  }
})

async function failingFor(interval: string): Promise<void> {
  await world.sql(`UPDATE webhook_endpoints SET failing_since = centre_now() - $1::interval`, [
    interval,
  ])
}

test('W4: an endpoint that only fails is warned of once and switched off once; what is due is parked', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => write({})))
  const failAll = async () => (await Promise.all(ids.map((id) => fail(id)))).sort()
  const only = (news: EndpointNews) => [...Array(9).fill('none'), news].sort()
  assert.deepEqual(await failAll(), only('none'))
  await failingFor('3 days 1 minute')
  assert.deepEqual(await failAll(), only('warn'))
  assert.deepEqual(await failAll(), only('none'))
  await failingFor('5 days 1 minute')
  assert.deepEqual(await failAll(), only('switched_off'))
  assert.deepEqual(await failAll(), only('none'))

  const fresh = await write({})
  const elsewhere = await write({ endpoint: 'https://shop.kz/other' })
  assert.deepEqual(await claimed(), [elsewhere])
  const parked = await lineOf(fresh)
  assert.deepEqual([parked?.state, parked?.lastReason], ['parked', 'endpoint_switched_off'])

  assert.equal(await resend(fresh), true)
  assert.deepEqual(await claimed(), [fresh], 'an operator’s word switches it on again')
})

test('a success ends the count of failures', async () => {
  const id = await write({})
  await fail(id)
  await failingFor('4 days')
  await world.storage.deliveries.markDelivered(id, 200)
  const other = await write({})
  assert.equal(await fail(other), 'none')
  const [endpoint] = await world.sql<{ fresh: boolean }>(
    `SELECT failing_since > centre_now() - interval '1 minute' AS fresh FROM webhook_endpoints`,
  )
  assert.equal(endpoint?.fresh, true)
})

test('sending again: same id, tries from the start; nothing that is held, nothing unknown', async () => {
  const { deliveries } = world.storage
  for (const state of ['parked', 'delivered', 'superseded', 'waiting']) {
    const id = await write({ state, tries: 9 })
    assert.equal(await resend(id), true)
    const [again] = await deliveries.claimDue(1, 30_000)
    assert.deepEqual([again?.id, again?.tries], [id, 0])
  }
  assert.equal(await resend(await write({ state: 'held' })), false)
  assert.equal(await resend((await world.peek(await world.create())).freshId), false)
})

test('a payment’s deliveries are shown in their order, the latest of all first', async () => {
  const payment = await world.create()
  await write({ payment, sequence: 2 })
  await write({ payment, sequence: 1, state: 'delivered' })
  await write({})
  const { deliveries } = world.storage
  const sequences = (await deliveries.ofPayment(payment)).map(({ sequence }) => sequence)
  assert.deepEqual(sequences, [1, 2])
  assert.equal((await deliveries.recent(2)).length, 2)
})
