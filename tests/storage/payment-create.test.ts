// Creating a payment: one statement, in its four variants, and what happens when many do it at once.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

test('a payment and the first line of its history are of one moment, which its id tells', async () => {
  const { storage, sql } = world
  const metadata = { order: 7, список: ['a', null], 'ключ "1"': { x: 0.5 } }
  const created = await storage.payments.create(
    world.newPayment({ description: "O'Reilly; DROP TABLE", metadata, lifetimeSeconds: 90 }),
  )
  assert.equal(created.kind, 'created')
  const { id, createdAtMs, expiresAtMs } = created.payment
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), createdAtMs)
  assert.equal(expiresAtMs - createdAtMs, 90_000)
  const view = await storage.payments.view(id)
  assert.equal(view?.status, 'pending')
  assert.equal(view?.description, "O'Reilly; DROP TABLE")
  assert.deepEqual(view?.metadata, metadata)
  assert.deepEqual(await storage.payments.history(id), [
    {
      atMs: createdAtMs,
      what: 'created',
      attemptId: null,
      statusBefore: null,
      statusAfter: 'pending',
      detail: null,
      facts: {},
    },
  ])
  const text = await sql<{ metadata: string }>(
    'SELECT metadata::text FROM payments WHERE id = $1',
    [id],
  )
  assert.equal(text[0]?.metadata, JSON.stringify(metadata))
})

test('300 payments at once share statements, and each is answered with its own', async () => {
  const { storage, sql } = world
  const before = await written(sql)
  const asked = Array.from({ length: 300 }, (_, n) =>
    world.newPayment({
      originalTiyn: BigInt(n + 1) * 100n,
      description: `№ ${n} "'\\`,
      metadata: { n, 'ключ "1"': [null, 0.5], 7: '\\u0041\n' },
      customerEmail: n % 2 === 0 ? null : `n${n}@example.kz`,
      lifetimeSeconds: 60 + n,
    }),
  )
  const results = await Promise.all(asked.map((payment) => storage.payments.create(payment)))
  for (const [index, result] of results.entries()) {
    assert.equal(result.kind, 'created')
    const { id, createdAtMs, expiresAtMs } = result.payment
    const { originalTiyn, description, metadata, customerEmail, lifetimeSeconds } =
      asked[index] ?? {}
    assert.equal(expiresAtMs - createdAtMs, Number(lifetimeSeconds) * 1_000)
    const [row] = await sql(
      `SELECT p.original_tiyn::text, description, metadata::text, customer_email, status, what,
         h.version, left(h.id::text, 13) = left(p.id::text, 13) AS same_moment
       FROM payments p JOIN payment_history h ON h.payment_id = p.id WHERE p.id = $1`,
      [id],
    )
    assert.deepEqual(row, {
      original_tiyn: String(originalTiyn),
      description,
      metadata: JSON.stringify(metadata),
      customer_email: customerEmail,
      status: 'pending',
      what: 'created',
      version: 1,
      same_moment: true,
    })
  }
  assert.ok((await written(sql)) - before < 150, 'commits were shared')
})

test('one payment that the database refuses takes no other of its group with it', async () => {
  const { storage } = world
  const asked = Array.from({ length: 40 }, (_, n) =>
    world.newPayment({ originalTiyn: n % 10 === 7 ? -1n : 100n }),
  )
  const results = await Promise.allSettled(asked.map((payment) => storage.payments.create(payment)))
  const refused = results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))
  assert.deepEqual(refused, [7, 17, 27, 37])
})

test('ids never repeat and follow the clock', async () => {
  const ids: string[] = []
  for (let n = 0; n < 30; n += 1) ids.push(await world.create())
  const moments = ids.map((id) => id.slice(0, 13))
  assert.deepEqual(moments, [...moments].sort())
  assert.equal(new Set(ids).size, ids.length)
})

test('T9: of 20 payments with one external_id at once one is created, and nothing of the others', async () => {
  const { storage, sql } = world
  const asked = Array.from({ length: 20 }, () =>
    storage.payments.create(world.newPayment({ externalId: 'order-1' })),
  )
  const results = await Promise.all(asked)
  const created = results.filter(({ kind }) => kind === 'created')
  assert.equal(created.length, 1)
  assert.equal(results.filter(({ kind }) => kind === 'external_id_taken').length, 19)
  const [counted] = await sql<{ payments: number; lines: number }>(`
    SELECT count(DISTINCT p.id)::integer AS payments, count(h.id)::integer AS lines
    FROM payments p JOIN payment_history h ON h.payment_id = p.id
    WHERE p.external_id = 'order-1'`)
  assert.deepEqual(counted, { payments: 1, lines: 1 })
})

test('external_id is unique in its source only', async () => {
  const other = await world.addSource({ name: 'Другой', amountUnit: 'tenge' })
  await world.create({ externalId: 'order-2' })
  await world.create({ externalId: 'order-2', sourceId: other })
})

for (const externalId of [null, 'order-3']) {
  const said = externalId === null ? 'a key' : 'a key and an external_id'
  test(`T9: with ${said} calls that overlap have one effect, which the key remembers`, async () => {
    const { storage, sourceId } = world
    const key = `key-${externalId}`
    const request = {
      callerId: sourceId,
      key,
      route: 'init',
      target: null,
      bodyHash: Buffer.alloc(32),
    }
    assert.deepEqual(await storage.idempotency.claim(request, 0), {
      kind: 'claimed',
      effectId: null,
    })
    const payment = world.newPayment({ externalId, idempotency: { callerId: sourceId, key } })
    const results = await Promise.all(
      Array.from({ length: 10 }, () => storage.payments.create(payment)),
    )
    const ids = new Set(
      results.map((result) => (result.kind === 'created' ? result.payment.id : '')),
    )
    assert.equal(ids.size, 1)
    const again = await storage.idempotency.claim(request, 0)
    assert.deepEqual(again, { kind: 'claimed', effectId: [...ids][0] })
  })
}

test('a key that another call has not claimed creates nothing', async () => {
  const { storage, sourceId } = world
  const idempotency = { callerId: sourceId, key: 'never claimed' }
  await assert.rejects(storage.payments.create(world.newPayment({ idempotency })))
})

test('sums at their bounds are refused by the column, not rounded', async () => {
  await world.create({ originalTiyn: 9_007_199_254_740_991n })
  await assert.rejects(world.create({ originalTiyn: 9_007_199_254_740_992n }))
  await assert.rejects(world.create({ originalTiyn: 0n }))
})

/** Transactions that have written so far. */
async function written(sql: StorageWorld['sql']): Promise<number> {
  const [row] = await sql<{ n: number }>('SELECT txid_current()::integer AS n')
  return row?.n ?? 0
}
