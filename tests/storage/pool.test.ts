// The pool under many claimers, its queue, and the leases over what runs on it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Attempt, TICKET_LIFE_MS } from '@byfly-pay/core'
import type { Transaction } from '../../packages/server/src/ports/transaction.ts'
import { GOLD, INSTANCE, openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

function viewPool() {
  return world.storage.transaction((tx) => world.storage.pool.lockPool(tx, 'kaspi'))
}

/** Claims one of `ranked` and reserves it for a new payment, in one transaction. */
async function claimFor(ranked: readonly number[], lockFirst: boolean): Promise<number | null> {
  const { storage } = world
  const paymentId = await world.create()
  let terminalId: number | null = null
  await storage.transaction(async (tx) => {
    const locked = await storage.payments.lock(tx, paymentId)
    assert.ok(locked)
    if (lockFirst) await storage.pool.lockPool(tx, 'kaspi')
    terminalId = await storage.pool.claimFirstFree(tx, ranked)
    if (terminalId === null) return
    const attempt: Attempt = {
      id: locked.freshId,
      terminalId,
      presence: 'remote',
      quote: { ...GOLD, chargeTiyn: 1_010_000n, originalTiyn: 1_000_000n },
      state: { kind: 'reserved' },
      processId: null,
      qr: null,
      stopRequested: false,
      holdsTerminal: true,
      lostAtMs: null,
    }
    const payment = { ...locked.payment, attempts: [attempt] }
    const history = {
      what: 'terminal_reserved',
      attemptId: attempt.id,
      statusBefore: 'pending',
      statusAfter: 'processing',
      detail: null,
      facts: {},
    } as const
    const applied = { kind: 'applied', payment, attempt, history, effects: [] } as const
    await storage.payments.save(tx, locked, applied, [], INSTANCE)
  })
  return terminalId
}

for (const lockFirst of [true, false]) {
  const how = lockFirst ? 'under the pool’s lock' : 'even without the pool’s lock'
  test(`I1: 50 claimers for 3 terminals: 3 get one each, ${how}`, async () => {
    const ids = [await world.addTerminal(), await world.addTerminal(), await world.addTerminal()]
    const claims = await Promise.all(Array.from({ length: 50 }, () => claimFor(ids, lockFirst)))
    const had = claims.filter((id) => id !== null)
    assert.deepEqual([...had].sort(), ids)
    const [held] = await world.sql<{ count: number }>(
      'SELECT count(*)::integer FROM open_attempts WHERE terminal_id = ANY ($1) AND holds_terminal',
      [ids],
    )
    assert.equal(held?.count, 3)
  })
}

test('I1: 50 claimers for one terminal: one gets it', async () => {
  const id = await world.addTerminal()
  const claims = await Promise.all(Array.from({ length: 50 }, () => claimFor([id], false)))
  assert.equal(claims.filter((claimed) => claimed === id).length, 1)
})

test('the claim keeps core’s order, passes over what is switched off, and shows as rest', async () => {
  const { sql, storage } = world
  const [a, b, c] = [
    await world.addTerminal(),
    await world.addTerminal(),
    await world.addTerminal(),
  ]
  await sql('UPDATE terminals SET is_active = false WHERE id = $1', [b])
  const claim = (ids: number[]) => storage.transaction((tx) => storage.pool.claimFirstFree(tx, ids))
  assert.equal(await claim([b, c, a]), c)
  assert.equal(await claim([b]), null)
  assert.equal(await claim([]), null)
  const facts = (await viewPool()).terminals
  assert.notEqual(facts.find(({ id }) => id === c)?.lastReservedAtMs, null)
  assert.equal(facts.find(({ id }) => id === a)?.lastReservedAtMs, null)
  assert.equal(facts.find(({ id }) => id === b)?.isActive, false)
})

test('a source’s open attempts are counted by what they hold', async () => {
  const before = (await viewPool()).openBySource.get(world.sourceId) ?? 0
  const paymentId = await world.create()
  const attemptId = await world.reserve(paymentId, await world.addTerminal())
  assert.equal((await viewPool()).openBySource.get(world.sourceId), before + 1)
  await world.apply(paymentId, { kind: 'release', attemptId })
  assert.equal((await viewPool()).openBySource.get(world.sourceId) ?? 0, before)
})

test('the mean operation time is of attempts that had been live', async () => {
  const { apply, sql } = world
  assert.equal((await viewPool()).operationMs, null)
  const paymentId = await world.create()
  const attemptId = await world.reserve(paymentId, await world.addTerminal())
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_accepted', attemptId, processId: 'mean' })
  await sql(`UPDATE attempts SET created_at = created_at - interval '40 seconds' WHERE id = $1`, [
    attemptId,
  ])
  const observation = { kind: 'failed', reason: 'declined' } as const
  await apply(paymentId, { kind: 'observed', attemptId, observation, duplicate: false })
  const { operationMs } = await viewPool()
  assert.ok(operationMs !== null && operationMs >= 40_000 && operationMs < 60_000)
})

test('quarantine, proof and offline', async () => {
  const { pool } = world.storage
  const id = await world.addTerminal()
  const factsOf = async () => (await viewPool()).terminals.find((terminal) => terminal.id === id)
  await pool.quarantine(id, 'terminal_busy', 60_000)
  await pool.quarantine(id, 'start_lost', 1_000)
  await pool.markOffline(id, 5_000)
  const kept = await factsOf()
  const now = await world.storage.leases.now()
  assert.equal(kept?.needsProbe, true)
  assert.ok((kept?.quarantinedUntilMs ?? 0) > now + 50_000, 'a shorter one does not cut a longer')
  assert.ok((kept?.offlineUntilMs ?? 0) > now)
  await pool.proveIdle(id)
  const proven = await factsOf()
  assert.deepEqual(
    [proven?.needsProbe, proven?.quarantinedUntilMs, proven?.offlineUntilMs],
    [false, null, null],
  )
})

test('tickets: kept, granted, lapsed grants forgotten, dead ones lose their place', async () => {
  const { sql, storage } = world
  const paymentId = await world.create()
  const within = (work: (tx: Transaction) => Promise<void>) => storage.transaction(work)
  const ticket = async () =>
    (await viewPool()).tickets.find((candidate) => candidate.paymentId === paymentId)
  const keep = (turn: number) =>
    within((tx) => storage.pool.keepTicket(tx, paymentId, world.sourceId, turn))
  await keep(3)
  const first = await ticket()
  assert.deepEqual([first?.turn, first?.grantedUntilMs], [3, null])
  await within((tx) => storage.pool.grant(tx, [paymentId], 10_000))
  await keep(4)
  const granted = await ticket()
  assert.equal(granted?.turn, 3, 'a turn is kept')
  assert.equal(granted?.enqueuedAtMs, first?.enqueuedAtMs)
  assert.notEqual(granted?.grantedUntilMs, null)
  await sql(`UPDATE queue_tickets SET granted_until = centre_now() - interval '1 second'`)
  await keep(6)
  assert.equal((await ticket())?.grantedUntilMs, null)
  await sql(
    `UPDATE queue_tickets SET last_seen_at = centre_now() - $1::integer * interval '1 millisecond'`,
    [TICKET_LIFE_MS + 1_000],
  )
  assert.equal(await ticket(), undefined)
  await keep(5)
  const reborn = await ticket()
  assert.ok((reborn?.enqueuedAtMs ?? 0) > (first?.enqueuedAtMs ?? 0))
  assert.equal(reborn?.turn, 5)
  await sql(`UPDATE queue_tickets SET last_seen_at = centre_now() - interval '1 hour'`)
  assert.equal(await storage.pool.dropDeadTickets(), 1)
  await keep(6)
  await within((tx) => storage.pool.dropTicket(tx, paymentId))
  assert.equal(await ticket(), undefined)
})

test('a lease that ran out is taken over with the next fencing number, once', async () => {
  const { pool } = world.storage
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  assert.deepEqual((await world.peek(paymentId)).leases, [
    { attemptId, owner: INSTANCE, fence: 1n },
  ])
  const mine = (taken: readonly { attemptId: string }[]) =>
    taken.filter((leased) => leased.attemptId === attemptId)
  assert.deepEqual(mine(await pool.takeOver('b', 10_000, 1_000)), [], 'it is held')
  assert.deepEqual(await pool.renewLeases(INSTANCE, [attemptId], 0), [attemptId])
  const takers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => pool.takeOver(`taker-${n}`, 10_000, 1_000)),
  )
  assert.deepEqual(mine(takers.flat()), [{ attemptId, paymentId, terminalId, fence: 2n }])
  assert.deepEqual(await pool.renewLeases(INSTANCE, [attemptId], 10_000), [], 'it is fenced off')
  const [lease] = (await world.peek(paymentId)).leases
  assert.equal(lease?.fence, 2n)
  await pool.releaseLeases(lease?.owner ?? '')
  assert.equal(mine(await pool.takeOver('c', 10_000, 1_000)).length, 1)
  assert.equal((await pool.leaseOf(attemptId))?.fence, 3n)
  await world.apply(paymentId, { kind: 'release', attemptId })
  assert.equal(await pool.leaseOf(attemptId), null)
})

test('what is held for a person is not taken over', async () => {
  const { sql, storage } = world
  const paymentId = await world.create()
  const attemptId = await world.reserve(paymentId, await world.addTerminal())
  await sql(
    `UPDATE open_attempts SET state = 'held', lease_until = centre_now() - interval '1 hour'
     WHERE attempt_id = $1`,
    [attemptId],
  )
  const taken = await storage.pool.takeOver('d', 1_000, 1_000)
  assert.ok(!taken.some((leased) => leased.attemptId === attemptId))
})

test('a named lease has one owner among 20 who ask, until it runs out', async () => {
  const { leases } = world.storage
  const asked = Array.from({ length: 20 }, (_, n) => leases.acquire('sweep', `i${n}`, 60_000))
  const had = await Promise.all(asked)
  assert.equal(had.filter(Boolean).length, 1)
  const owner = `i${had.indexOf(true)}`
  assert.equal(await leases.acquire('sweep', owner, 0), true, 'its owner extends it')
  assert.equal(await leases.acquire('sweep', 'another', 60_000), true)
})
