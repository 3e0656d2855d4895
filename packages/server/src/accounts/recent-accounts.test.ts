import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountStore } from '../ports/account-store.ts'
import { recentAccounts } from './recent-accounts.ts'

const HOUR_MS = 3_600_000

test('A28: what is remembered is asked again soon, also when the clock is set back', async () => {
  let now = 10 * HOUR_MS
  let isTaking = true
  const store = { isTakingMoney: async () => isTaking } as AccountStore
  const clock = { now: () => now, sleep: async () => {}, timeout: AbortSignal.timeout }
  const recent = recentAccounts(store, clock)
  assert.equal(await recent.isTakingMoney(), true)
  isTaking = false
  assert.equal(await recent.isTakingMoney(), true)
  now -= HOUR_MS
  assert.equal(await recent.isTakingMoney(), false)
})
