// What a store promises of how terminals served: their last attempts, and breakers that only a test closes.

import assert from 'node:assert/strict'
import { type Breaker, EVERYTHING } from '@byfly-pay/core'
import type { Kept } from './kept.ts'

type Case = (kept: Kept) => Promise<void>

const HEALTH = { score: 40, trials: 3, faults: 2, startMs: 900, qrShare: 0.5 }

async function factsOf({ storage }: Kept, terminalId: number) {
  const view = await storage.transaction((tx) => storage.pool.lockPool(tx, 'kaspi'))
  return { view, facts: view.terminals.find(({ id }) => id === terminalId) }
}

export const HEALTH_CASES: Readonly<Record<string, Case>> = {
  'trials are the last attempts that are over, or lost, of terminals at work': async (kept) => {
    assert.deepEqual(await kept.storage.health.trials(), [])
    const [ended, lost] = [await kept.create(), await kept.create()]
    const beganMs = kept.time.nowMs
    await kept.storage.transaction((tx) => kept.storage.pool.claimFirstFree(tx, [1]))
    const attemptId = await kept.reserve(ended, 1)
    await kept.apply(ended, { kind: 'mark_calling', attemptId })
    await kept.time.pass(700)
    await kept.apply(ended, { kind: 'start_accepted', attemptId, processId: '1' })
    await kept.time.pass(6_000)
    const observation = { kind: 'failed', reason: 'declined' } as const
    await kept.apply(ended, { kind: 'observed', attemptId, duplicate: false, observation })
    const other = await kept.reserve(lost, 1)
    await kept.apply(lost, { kind: 'mark_calling', attemptId: other })
    await kept.apply(lost, { kind: 'start_lost', attemptId: other })
    const [seen, ...none] = await kept.storage.health.trials()
    assert.deepEqual([none, seen?.terminalId, seen?.nowMs], [[], 1, kept.time.nowMs])
    assert.deepEqual(seen?.breaker, { kind: 'closed', sinceMs: null })
    const quiet = { refusal: null, wasQrRead: false }
    assert.deepEqual(seen?.trials, [
      {
        ...quiet,
        state: 'lost',
        startedAtMs: beganMs + 6_700,
        startMs: null,
        heldMs: null,
        wasQrWanted: false,
      },
      {
        ...quiet,
        state: 'failed',
        startedAtMs: beganMs,
        startMs: 700,
        heldMs: 6_700,
        wasQrWanted: true,
      },
    ])
  },

  'a suspended terminal is tested when its test is due, by one, and only a test brings it back':
    async (kept) => {
      const { health, terminals } = kept.storage
      await health.keep([{ terminalId: 1, health: HEALTH, timesMs: [1_000, 2_000] }])
      const { facts, view } = await factsOf(kept, 1)
      assert.deepEqual(
        [facts?.health, facts?.isSuspended, view.timesMs],
        [40, false, [1_000, 2_000]],
      )
      const now = kept.time.nowMs
      const breaker: Breaker = {
        kind: 'suspended',
        reason: 'start_lost',
        sinceMs: now,
        nextTestAtMs: now + 15_000,
        failedTests: 0,
      }
      assert.deepEqual(
        [await health.suspend(1, breaker), await health.suspend(1, breaker)],
        [true, false],
      )
      assert.equal(await health.suspend(2, breaker), false)
      assert.equal((await factsOf(kept, 1)).facts?.isSuspended, true)
      assert.deepEqual(await health.claimTests(9, 60_000), [])
      await kept.time.pass(15_000)
      assert.deepEqual(await health.claimTests(9, 60_000), [1])
      assert.deepEqual(await health.claimTests(9, 60_000), [])
      const claimed = { ...breaker, nextTestAtMs: now + 75_000 }
      assert.deepEqual(await health.breakerOf(1), { breaker: claimed, nowMs: now + 15_000 })
      const returned: Breaker = { kind: 'closed', sinceMs: now + 15_000 }
      await health.keepTested(1, returned)
      assert.deepEqual((await health.breakerOf(1)).breaker, returned)
      assert.equal(await health.suspend(1, breaker), false, 'judged by what was before its return')
      const [shown] = await terminals.list(EVERYTHING)
      assert.deepEqual([shown?.health, shown?.suspension], [HEALTH, null])
    },

  'a terminal that nobody heard of for a while is looked at, and one that is away': async (
    kept,
  ) => {
    const { pool, terminals } = kept.storage
    assert.deepEqual(await terminals.silent(1_000, 9), [])
    await kept.time.pass(1_000)
    await terminals.noteSeen(2)
    await kept.reserve(await kept.create(), 3)
    assert.deepEqual(await terminals.silent(1_000, 9), [1])
    await pool.markOffline(2, 5_000)
    assert.deepEqual(new Set(await terminals.silent(1_000, 9)), new Set([1, 2]))
    await pool.markOnline(2)
    assert.deepEqual(await terminals.silent(1_000, 9), [1])
  },
}
