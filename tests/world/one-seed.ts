// One seed as everybody runs it: every thirtieth over PostgreSQL where there is a server, the rest in memory.

import type { Event } from './events/event.ts'
import { eventsOf, type History, runHistory } from './history.ts'
import type { Policy } from './policies/policy.ts'
import { openPostgresWorld } from './storage/postgres-world.ts'
import { settingOf } from './world.ts'

const POSTGRES_EVERY = 30

export function isOverPostgres(seed: number): boolean {
  return seed % POSTGRES_EVERY === 0
}

/** Over PostgreSQL; needs the run's test server. */
export async function runOverPostgres(
  seed: number,
  events: readonly Event[],
  policy: Policy | null = null,
): Promise<History> {
  const storage = await openPostgresWorld(settingOf(seed))
  try {
    return await runHistory({ seed, events, storage, policy })
  } finally {
    await storage.end()
  }
}

export function runSeed(seed: number, eventCount: number, hasServer: boolean): Promise<History> {
  const events = eventsOf(seed, eventCount)
  return hasServer && isOverPostgres(seed)
    ? runOverPostgres(seed, events)
    : runHistory({ seed, events })
}
