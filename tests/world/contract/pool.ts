// What a store of the pool promises: who may have which terminal, whose turn it is, and who watches what.

import assert from 'node:assert/strict'
import { EVERYTHING } from '@byfly-pay/core'
import { type Kept, LEASE_MS } from './kept.ts'

type Case = (kept: Kept) => Promise<void>

function viewPool({ storage }: Kept) {
  return storage.transaction((tx) => storage.pool.lockPool(tx, 'kaspi'))
}

async function factsOf(kept: Kept, terminalId: number) {
  const { terminals } = await viewPool(kept)
  const facts = terminals.find(({ id }) => id === terminalId)
  assert.ok(facts)
  return facts
}

function wantedBy({ sourceId }: Kept) {
  return {
    presence: 'in_person',
    route: 'terminals_first',
    terminalId: 2,
    tried: [],
    sourceId,
    countryIso: 'KZ',
  } as const
}

function claim({ storage }: Kept, ranked: readonly number[]) {
  return storage.transaction((tx) => storage.pool.claimFirstFree(tx, ranked))
}

export const POOL_CASES: Readonly<Record<string, Case>> = {
  'the claim keeps core’s order and passes over what is held or taken out': async (kept) => {
    const { terminals } = kept.storage
    await kept.reserve(await kept.create(), 2)
    assert.equal(await claim(kept, [2, 3, 1]), 3)
    await kept.storage.transaction((tx) => terminals.takeOut(tx, 3, 'кто-то', 'чинят'))
    assert.equal(await claim(kept, [2, 3, 1]), 1)
    assert.equal(await claim(kept, [2, 3]), null)
    const [held, out] = [await factsOf(kept, 2), await factsOf(kept, 3)]
    assert.deepEqual(
      [held.isHeld, held.hasCamera, out.isTakenOut, out.hasCamera],
      [true, true, true, false],
    )
    await kept.storage.transaction((tx) => terminals.bringBack(tx, 3))
    assert.equal((await factsOf(kept, 3)).isTakenOut, false)
    assert.equal((await factsOf(kept, 3)).lastReservedAtMs, kept.time.nowMs)
  },

  'a terminal that another has in hand is passed over': async (kept) => {
    const entered = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const first = kept.storage.transaction(async (tx) => {
      const claimed = await kept.storage.pool.claimFirstFree(tx, [1, 2])
      entered.resolve()
      await go.promise
      return claimed
    })
    await entered.promise
    assert.equal(await claim(kept, [1, 2]), 2)
    go.resolve()
    assert.equal(await first, 1)
  },

  'the pool is one decision at a time': async (kept) => {
    const order: string[] = []
    const entered = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const first = kept.storage.transaction(async (tx) => {
      await kept.storage.pool.lockPool(tx, 'kaspi')
      entered.resolve()
      await go.promise
      order.push('first')
    })
    await entered.promise
    const second = viewPool(kept).then(() => order.push('second'))
    go.resolve()
    await Promise.all([first, second])
    assert.deepEqual(order, ['first', 'second'])
  },

  'an id that is given again is shared until the device is known to have forgotten it': async (
    kept,
  ) => {
    const { storage } = kept
    const first = await kept.create()
    const attemptId = await kept.reserve(first, 1)
    await kept.apply(first, { kind: 'mark_calling', attemptId })
    await kept.apply(first, { kind: 'start_accepted', attemptId, processId: 'p-1' })
    const lease = await storage.pool.leaseOf(attemptId)
    assert.ok(lease)
    const other = { ...lease, attemptId: first }
    assert.deepEqual(await storage.pool.sharingProcess(other, 'p-1'), [lease])
    assert.deepEqual(await storage.pool.sharingProcess(other, 'p-2'), [])
    assert.deepEqual(await storage.pool.sharingProcess(lease, 'p-1'), [])
    const observation = { kind: 'not_found' } as const
    await kept.apply(first, { kind: 'observed', attemptId, observation, duplicate: false })
    assert.deepEqual(await storage.pool.sharingProcess(other, 'p-1'), [])
  },

  'a source’s open attempts are counted by what they hold': async (kept) => {
    const id = await kept.create()
    const attemptId = await kept.reserve(id, 1)
    assert.equal((await viewPool(kept)).openBySource.get(kept.sourceId), 1)
    await kept.apply(id, { kind: 'release', attemptId })
    assert.equal((await viewPool(kept)).openBySource.get(kept.sourceId), undefined)
  },

  'a quarantine only grows, and ends by proof or by a person': async (kept) => {
    const { pool, terminals } = kept.storage
    const now = kept.time.nowMs
    await pool.quarantine(1, 'start_lost', 60_000)
    await pool.quarantine(1, 'terminal_busy', 10_000)
    assert.equal((await factsOf(kept, 1)).quarantinedUntilMs, now + 60_000)
    await kept.storage.transaction((tx) => terminals.endQuarantine(tx, 1))
    const ended = await factsOf(kept, 1)
    assert.deepEqual([ended.quarantinedUntilMs, ended.needsProbe], [null, true])
    await pool.quarantine(1, 'start_lost', 60_000)
    await pool.markOffline(1, 5_000)
    await pool.proveIdle(1)
    const proved = await factsOf(kept, 1)
    assert.deepEqual(
      [proved.quarantinedUntilMs, proved.needsProbe, proved.offlineUntilMs],
      [null, false, null],
    )
    await pool.markOffline(1, 5_000)
    assert.equal((await factsOf(kept, 1)).offlineUntilMs, now + 5_000)
    await pool.markOnline(1)
    assert.equal((await factsOf(kept, 1)).offlineUntilMs, null)
  },

  'tickets: kept, granted, a lapsed grant forgotten, a dead one loses its place': async (kept) => {
    const id = await kept.create()
    const begins = kept.time.nowMs
    const keep = (turn: number) =>
      kept.storage.transaction((tx) =>
        kept.storage.pool.keepTicket(tx, { paymentId: id, turn, wanted: wantedBy(kept) }),
      )
    const ticket = async () => (await viewPool(kept)).tickets[0]
    await keep(3)
    await kept.storage.transaction((tx) => kept.storage.pool.grant(tx, [id], 10_000))
    assert.equal((await ticket())?.grantedUntilMs, begins + 10_000)
    assert.deepEqual((await ticket())?.wanted, wantedBy(kept))
    await kept.time.pass(10_000)
    await keep(9)
    const again = await ticket()
    assert.deepEqual([again?.grantedUntilMs, again?.turn, again?.enqueuedAtMs], [null, 3, begins])
    await kept.time.pass(60_001)
    assert.equal(await ticket(), undefined)
    await keep(9)
    const reborn = await ticket()
    assert.deepEqual([reborn?.turn, reborn?.enqueuedAtMs], [9, kept.time.nowMs])
    await kept.time.pass(60_001)
    assert.equal(await kept.storage.pool.dropDeadTickets(), 1)
    await keep(1)
    await kept.storage.transaction((tx) => kept.storage.pool.dropTicket(tx, id))
    assert.equal(await ticket(), undefined)
  },

  'a lease that ran out is taken over with the next fencing number, once': async (kept) => {
    const { pool } = kept.storage
    const id = await kept.create()
    const attemptId = await kept.reserve(id, 1)
    assert.deepEqual(await pool.takeOver('b', LEASE_MS, 9), [])
    assert.deepEqual(await pool.renewLeases('b', [attemptId], LEASE_MS), [])
    await kept.time.pass(LEASE_MS - 1)
    assert.deepEqual(await pool.renewLeases('a', [attemptId], LEASE_MS), [attemptId])
    await kept.time.pass(LEASE_MS)
    const taken = await pool.takeOver('b', LEASE_MS, 9)
    assert.deepEqual(taken, [
      { purpose: 'payment', attemptId, paymentId: id, terminalId: 1, fence: 2n },
    ])
    assert.deepEqual(await pool.takeOver('c', LEASE_MS, 9), [])
    assert.deepEqual((await kept.peek(id)).leases, [{ attemptId, owner: 'b', fence: 2n }])
    await pool.releaseLeases('b')
    assert.equal((await pool.takeOver('c', LEASE_MS, 9))[0]?.fence, 3n)
    assert.equal((await pool.leaseOf(attemptId))?.fence, 3n)
    await kept.apply(id, { kind: 'release', attemptId })
    assert.equal(await pool.leaseOf(attemptId), null)
  },

  'what is held for a person is not taken over': async (kept) => {
    const id = await kept.create()
    const attemptId = await kept.goLive(id, 1, '1')
    const success = {
      grossTiyn: null,
      moneyKind: 'qr',
      providerTransactionId: 'T1',
      product: { methodCode: null, word: '' },
    } as const
    const observation = { kind: 'succeeded', success } as const
    await kept.apply(id, { kind: 'observed', attemptId, duplicate: false, observation })
    await kept.time.pass(LEASE_MS)
    assert.deepEqual(await kept.storage.pool.takeOver('b', LEASE_MS, 9), [])
    const { open, tasks } = await kept.books()
    assert.deepEqual([open[0]?.state, open[0]?.holdsTerminal], ['held', false])
    assert.deepEqual(
      tasks.map(({ kind }) => kind),
      ['settle_by_hand'],
    )
  },

  'a named lease has one owner until it runs out or is let go': async ({ storage, time }) => {
    const { leases } = storage
    assert.equal(await leases.acquire('job', 'a', 1_000), true)
    assert.equal(await leases.acquire('job', 'b', 1_000), false)
    assert.equal(await leases.acquire('job', 'a', 1_000), true)
    await time.pass(1_000)
    assert.equal(await leases.acquire('job', 'b', 1_000), true)
    await leases.release('job', 'a')
    assert.equal(await leases.acquire('job', 'c', 1_000), false)
    await leases.release('job', 'b')
    assert.equal(await leases.acquire('job', 'c', 1_000), true)
    assert.equal(await leases.now(), time.nowMs)
  },

  'a terminal’s holder is seen by staff, and its lock is waited for': async (kept) => {
    const { terminals } = kept.storage
    const id = await kept.create()
    await kept.reserve(id, 1)
    const view = await terminals.view(EVERYTHING, 1)
    assert.deepEqual([view?.holder, view?.currentPaymentId], ['reserved', id])
    const held = await kept.storage.transaction(async (tx) => {
      await terminals.lock(tx, EVERYTHING, 1)
      return terminals.heldFor(tx, 1)
    })
    assert.equal(held?.paymentId, id)
    assert.equal(await kept.storage.transaction((tx) => terminals.heldFor(tx, 2)), null)
    assert.equal(await terminals.view(EVERYTHING, 99), null)
  },
}
