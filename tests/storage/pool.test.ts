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
      forgotten: false,
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

/** An attempt of `terminalId` that came alive and ended `heldSeconds` later, unpaid. */
async function serve(terminalId: number, heldSeconds: number): Promise<void> {
  const { apply, sql } = world
  const paymentId = await world.create()
  const attemptId = await world.reserve(paymentId, terminalId)
  await sql('UPDATE terminals SET last_reserved_at = centre_now() WHERE id = $1', [terminalId])
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_accepted', attemptId, processId: attemptId })
  await sql(
    `UPDATE attempts SET created_at = created_at - $2::integer * interval '1 second',
       live_at = live_at - ($2::integer - 2) * interval '1 second' WHERE id = $1`,
    [attemptId, heldSeconds],
  )
  const observation = { kind: 'failed', reason: 'declined' } as const
  await apply(paymentId, { kind: 'observed', attemptId, observation, duplicate: false })
}

test('trials tell from the attempts themselves how a terminal served', async () => {
  const { health } = world.storage
  const id = await world.addTerminal()
  await serve(id, 40)
  const trials = (await health.trials()).find(({ terminalId }) => terminalId === id)
  const [trial, ...others] = trials?.trials ?? []
  assert.equal(others.length, 0)
  assert.deepEqual([trial?.state, trial?.wasQrWanted, trial?.wasQrRead], ['failed', true, false])
  assert.ok(trial?.heldMs !== undefined && (trial.heldMs ?? 0) >= 40_000)
  assert.ok((trial?.startMs ?? 0) >= 2_000 && (trial?.startMs ?? 0) < 30_000)
  assert.deepEqual(trials?.breaker, { kind: 'closed', sinceMs: null })
})

test('what was measured of a terminal is what the pool sees, and is written only when it differs', async () => {
  const { storage } = world
  const id = await world.addTerminal()
  const facts = async () => (await viewPool()).terminals.find((terminal) => terminal.id === id)
  assert.equal((await facts())?.health, 100)
  const health = { score: 40, trials: 5, faults: 4, startMs: 1_000, qrShare: 0.25 }
  const written = async () => {
    await storage.health.keep([{ terminalId: id, health, timesMs: [40_000.4, 50_000] }])
    const [row] = await world.sql<{ xmin: string }>(
      'SELECT xmin::text FROM terminal_health WHERE terminal_id = $1',
      [id],
    )
    return row?.xmin
  }
  const first = await written()
  assert.equal(await written(), first)
  assert.equal((await facts())?.health, 40)
  assert.deepEqual(
    (await viewPool()).timesMs.filter((ms) => ms === 40_000 || ms === 50_000),
    [40_000, 50_000],
  )
})

test('a terminal is suspended once, its test is one caller’s, and its return is remembered', async () => {
  const { health, leases } = world.storage
  const id = await world.addTerminal()
  const empty = { score: 20, trials: 3, faults: 3, startMs: null, qrShare: null }
  await health.keep([{ terminalId: id, health: empty, timesMs: [] }])
  const now = await leases.now()
  const breaker = {
    kind: 'suspended',
    reason: 'not_connected',
    sinceMs: now,
    nextTestAtMs: now - 1,
    failedTests: 0,
  } as const
  const won = await Promise.all(Array.from({ length: 5 }, () => health.suspend(id, breaker)))
  assert.equal(won.filter(Boolean).length, 1)
  assert.deepEqual((await health.breakerOf(id)).breaker, breaker)
  assert.equal(
    (await viewPool()).terminals.find((terminal) => terminal.id === id)?.isSuspended,
    true,
  )
  const claims = await Promise.all(Array.from({ length: 5 }, () => health.claimTests(100, 60_000)))
  assert.equal(claims.flat().filter((claimed) => claimed === id).length, 1)
  await health.keepTested(id, { kind: 'closed', sinceMs: now + 1_000 })
  assert.deepEqual((await health.breakerOf(id)).breaker, { kind: 'closed', sinceMs: now + 1_000 })
  assert.equal(await health.suspend(id, breaker), false, 'it was judged before its return')
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
  const wanted = {
    presence: 'in_person',
    route: 'terminals_first',
    terminalId: 7,
    tried: [],
    sourceId: world.sourceId,
    countryIso: 'KZ',
  } as const
  const ticket = async () =>
    (await viewPool()).tickets.find((candidate) => candidate.paymentId === paymentId)
  const keep = (turn: number) =>
    within((tx) => storage.pool.keepTicket(tx, { paymentId, turn, wanted }))
  await keep(3)
  const first = await ticket()
  assert.deepEqual([first?.turn, first?.grantedUntilMs], [3, null])
  assert.deepEqual(first?.wanted, wanted)
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
  assert.deepEqual(mine(takers.flat()), [
    { attemptId, paymentId, terminalId, fence: 2n, purpose: 'payment' },
  ])
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
