// How the books stand, as monitoring reads it: ages by the database's clock, and only what waits for its turn.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

const near = (ms: number, expectedMs: number) => ms >= expectedMs && ms < expectedMs + 60_000

test('empty books stand still', async () => {
  const nothing = { count: 0, oldestMs: 0 }
  const { deliveries, open, queue, texts, ...rest } = await world.standing.read()
  assert.deepEqual([open, queue, deliveries, texts], [[], nothing, nothing, nothing])
  assert.equal(rest.failingEndpoints, 0)
  assert.equal(rest.certificateExpiresAtMs, null)
})

test('an open attempt is told with its state and age, its terminal as busy', async () => {
  const [held, free] = [await world.addTerminal(), await world.addTerminal()]
  const paymentId = await world.create()
  const attemptId = await world.reserve(paymentId, held)
  await world.sql(
    `UPDATE attempts SET created_at = created_at - interval '10 minutes' WHERE id = $1`,
    [attemptId],
  )
  const { open, terminals } = await world.standing.read()
  const [only, ...more] = open
  assert.deepEqual(more, [])
  assert.deepEqual([only?.purpose, only?.state], ['payment', 'reserved'])
  assert.ok(near(only?.ageMs ?? 0, 600_000), `${only?.ageMs}`)
  const [kaspi] = terminals
  assert.equal(kaspi?.system, 'kaspi')
  assert.deepEqual([kaspi?.byAvailability.busy, kaspi?.byAvailability.free], [1, 1], `${free}`)
})

test('of deliveries only those count whose time has come; of tickets only the living', async () => {
  for (const seconds of [-120, -5, 60]) {
    await world.sql(
      `INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
         next_at, created_at)
       VALUES (new_id(), new_id(), $1, 'paid', 1, 'https://shop.kz/', 'https://shop.kz/', '{}', 'waiting',
         centre_now() + $2::integer * interval '1 second', centre_now())`,
      [world.sourceId, seconds],
    )
  }
  for (const [waited, seen] of [
    [90, 1],
    [7_200, 7_200],
  ]) {
    await world.sql(
      `INSERT INTO queue_tickets (payment_id, source_id, enqueued_at, turn, last_seen_at)
       VALUES ($1, $2, centre_now() - $3::integer * interval '1 second', 1,
         centre_now() - $4::integer * interval '1 second')`,
      [await world.create(), world.sourceId, waited, seen],
    )
  }
  const { deliveries, queue } = await world.standing.read()
  assert.equal(deliveries.count, 2)
  assert.ok(near(deliveries.oldestMs, 120_000), `${deliveries.oldestMs}`)
  assert.equal(queue.count, 1)
  assert.ok(near(queue.oldestMs, 90_000), `${queue.oldestMs}`)
})

test('deltas that are not folded, receivers that fail, the first certificate to run out', async () => {
  await world.sql(
    `INSERT INTO webhook_endpoints (source_id, endpoint, failing_since) VALUES ($1, 'https://a/', centre_now())`,
    [world.sourceId],
  )
  await world.sql(`
    INSERT INTO tls_certificates (fingerprint, names, expires_at, seen_at) VALUES
      (sha256('1'), 'a', '2030-01-02', centre_now()), (sha256('2'), 'b', '2030-01-03', centre_now()),
      (sha256('3'), 'of before', '2029-01-01', centre_now() - interval '1 day')`)
  await world.sql('DELETE FROM figure_deltas')
  await world.create()
  const { certificateExpiresAtMs, failingEndpoints, unfoldedDeltas } = await world.standing.read()
  assert.equal(certificateExpiresAtMs, Date.parse('2030-01-02T00:00:00Z'))
  assert.equal(failingEndpoints, 1)
  assert.equal(unfoldedDeltas, 1)
})
