// Idempotency keys: one call at work, one answer, byte for byte (T9, I12).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

const BODY = Buffer.alloc(32, 1)

function requestFor(
  key: string,
  more: { route?: string; target?: string; bodyHash?: Buffer } = {},
) {
  const { bodyHash = BODY, route = 'init', target = null } = more
  return { callerId: world.sourceId, key, route, target, bodyHash }
}

test('50 calls with one key at once: one does the work, the others see it busy', async () => {
  const { idempotency } = world.storage
  const claims = await Promise.all(
    Array.from({ length: 50 }, () => idempotency.claim(requestFor('raced'), 60_000)),
  )
  assert.equal(claims.filter(({ kind }) => kind === 'claimed').length, 1)
  assert.equal(claims.filter(({ kind }) => kind === 'busy').length, 49)
})

test('the stored answer is repeated byte for byte, and the first one stays', async () => {
  const { idempotency } = world.storage
  const request = requestFor('answered')
  const body = '{"a":1.50, "ключ":"\\u0000 и \t", "b": {}}'
  await idempotency.claim(request, 60_000)
  await idempotency.finish(request, { httpStatus: 201, body })
  await idempotency.finish(request, { httpStatus: 200, body: 'другой' })
  await idempotency.release(request)
  const reply = { httpStatus: 201, body }
  assert.deepEqual(await idempotency.claim(request, 60_000), { kind: 'replay', reply })
})

test('another route, payment or body under the same key is a mismatch, busy or answered', async () => {
  const { idempotency } = world.storage
  const { freshId } = await world.peek(await world.create())
  await idempotency.claim(requestFor('used'), 60_000)
  const others = [
    requestFor('used', { route: 'cancel' }),
    requestFor('used', { target: freshId }),
    requestFor('used', { bodyHash: Buffer.alloc(32, 2) }),
  ]
  for (const other of others) {
    assert.deepEqual(await idempotency.claim(other, 60_000), { kind: 'mismatch' })
  }
  await idempotency.finish(requestFor('used'), { httpStatus: 200, body: '' })
  for (const other of others) {
    assert.deepEqual(await idempotency.claim(other, 60_000), { kind: 'mismatch' })
  }
})

test('a released key, and one whose call is gone, go on with what was brought about', async () => {
  const { idempotency } = world.storage
  const { freshId } = await world.peek(await world.create())
  const request = requestFor('gone')
  await idempotency.claim(request, 60_000)
  await world.storage.transaction((tx) => idempotency.recordEffect(tx, request, freshId))
  await idempotency.release(request)
  assert.deepEqual(await idempotency.claim(request, 0), { kind: 'claimed', effectId: freshId })
  const next = await Promise.all(
    Array.from({ length: 20 }, () => idempotency.claim(request, 60_000)),
  )
  assert.equal(next.filter(({ kind }) => kind === 'claimed').length, 1)
})

test('keys belong to their source', async () => {
  const { idempotency } = world.storage
  await idempotency.claim(requestFor('shared'), 60_000)
  const foreign = { ...requestFor('shared'), callerId: world.sourceId + 1 }
  assert.equal((await idempotency.claim(foreign, 60_000)).kind, 'claimed')
})

test('old keys are forgotten, however many; young ones and those at work are not', async () => {
  const { idempotency } = world.storage
  await world.sql('TRUNCATE idempotency_keys')
  await world.sql(
    `INSERT INTO idempotency_keys (source_id, key, route, body_hash, busy_until, created_at)
     SELECT 1, n::text, 'init', '', centre_now() - interval '1 day', centre_now() - interval '25 hours'
     FROM generate_series(1, 12000) AS n`,
  )
  await world.sql(
    `UPDATE idempotency_keys SET busy_until = centre_now() + interval '1 minute' WHERE key = '7'`,
  )
  await idempotency.claim(requestFor('young'), 0)
  assert.equal(await idempotency.forgetOld(), 11_999)
  const left = await world.sql<{ key: string }>('SELECT key FROM idempotency_keys ORDER BY key')
  assert.deepEqual(
    left.map(({ key }) => key),
    ['7', 'young'],
  )
})
