// The world must bite: each of the broken policies is caught within a bounded number of seeds, and what is left
// of a caught history still shows it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventsOf, type Failure, runHistory } from './history.ts'
import { BROKEN_POLICIES } from './policies/broken.ts'
import type { Policy } from './policies/policy.ts'
import { shrink } from './shrink.ts'

/** Twice what the slowest to be caught has taken; the figures are in docs/development/reliability.md. */
const SEEDS_LIMIT = 60

/** By which invariant each has to be caught, not by an accident of the program. */
const CAUGHT_BY: Readonly<Record<string, readonly string[]>> = {
  timeout_means_failed: ['I4'],
  no_lock: ['I1'],
  settle_twice: ['I3'],
  free_on_cancel: ['I1'],
  any_qr: ['I17'],
  refund_again: ['I4'],
  id_for_ever: ['I4'],
  silence_is_quiet: ['S11'],
}

async function firstCaught(policy: Policy): Promise<{ seed: number; failure: Failure } | null> {
  for (let seed = 1; seed <= SEEDS_LIMIT; seed += 1) {
    const { failure } = await runHistory({ seed, events: eventsOf(seed), policy })
    if (failure !== null) return { seed, failure }
  }
  return null
}

for (const policy of BROKEN_POLICIES) {
  test(`«${policy.name}» is caught: ${policy.harm}`, async () => {
    const caught = await firstCaught(policy)
    assert.ok(caught, `not caught within ${SEEDS_LIMIT} seeds`)
    const { failure, seed } = caught
    assert.ok(CAUGHT_BY[policy.name]?.includes(failure.invariant), failure.message)
    const { failure: clean } = await runHistory({ seed, events: eventsOf(seed) })
    assert.equal(clean, null, 'without the policy the same seed holds')
  })
}

test('a failing history shrinks to events that still break the same promise', async () => {
  const policy = BROKEN_POLICIES.find(({ name }) => name === 'settle_twice')
  assert.ok(policy)
  const caught = await firstCaught(policy)
  assert.ok(caught)
  const { failure, seed } = caught
  const less = await shrink(seed, eventsOf(seed), failure, policy)
  assert.ok(less.events.length <= 4, `${less.events.length} are left`)
  assert.ok(less.events.some(({ kind }) => kind === 'start'))
  const again = await runHistory({ seed, events: less.events, policy })
  assert.equal(again.failure?.invariant, failure.invariant)
})
