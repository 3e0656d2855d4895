// Jobs of the timetable that no payment needs: they get no turn in the world, so that they cost nothing and both
// stores do the same. Their own tests show them over the real thing.

import type { LeaseStore } from '../../../packages/server/src/ports/pool-store.ts'

const BESIDE_THE_ROAD: ReadonlySet<string> = new Set([
  'fold-figures',
  'keep-books-alive',
  'renew-tokens',
  'raise-alerts',
  'read-sms-balance',
  'measure-usual-sums',
  'forget-alerts',
  'find-doubles',
  'recheck-terminals',
  'reconcile-again',
  'replay-webhooks',
  'forget-webhook-checks',
  'close-overdue-texts',
  'forget-logins',
  'ensure-partitions',
])

export function withoutJobsBesideTheRoad(leases: LeaseStore): LeaseStore {
  return {
    now: () => leases.now(),
    release: (name, owner) => leases.release(name, owner),
    acquire: async (name, owner, forMs) =>
      !BESIDE_THE_ROAD.has(name) && leases.acquire(name, owner, forMs),
  }
}
