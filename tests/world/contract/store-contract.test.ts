// One contract for both stores of the world. What memory promises beyond PostgreSQL, or less, would make every
// history over it worth nothing.

import { after, test } from 'node:test'
import { openPostgresWorld } from '../storage/postgres-world.ts'
import { openMemoryWorld, type WorldStorage } from '../storage/world-storage.ts'
import { Chance } from '../time/chance.ts'
import { DELIVERY_CASES } from './deliveries.ts'
import { HEALTH_CASES } from './health.ts'
import { Kept, SETTING } from './kept.ts'
import { PAYMENT_CASES } from './payments.ts'
import { POOL_CASES } from './pool.ts'
import { REFUND_CASES } from './refunds.ts'

const STORES: Readonly<Record<string, () => Promise<WorldStorage>>> = {
  memory: () => openMemoryWorld(SETTING, new Chance(1, 'contract'), []),
  PostgreSQL: () => openPostgresWorld(SETTING),
}

const opened: WorldStorage[] = []
after(() => Promise.all(opened.map((world) => world.end())))

for (const [store, open] of Object.entries(STORES)) {
  for (const [name, holds] of Object.entries({
    ...PAYMENT_CASES,
    ...POOL_CASES,
    ...DELIVERY_CASES,
    ...REFUND_CASES,
    ...HEALTH_CASES,
  })) {
    test(`${store}: ${name}`, async () => {
      const world = await open()
      opened.push(world)
      await holds(await Kept.over(world))
    })
  }
}
