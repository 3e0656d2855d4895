// Where payments stand, as an instance remembers it over a real server: what another instance commits is seen within
// the promised time, also when notices no longer come and nobody has noticed yet.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../packages/server/src/clock.ts'
import { recentStandings } from '../../packages/server/src/payments/recent-standings.ts'
import type { PaymentStore } from '../../packages/server/src/ports/payment-store.ts'
import { type OpenedStorage, openStorage } from '../../packages/server/src/storage/open.ts'
import { quietLog } from '../support/test-server.ts'
import { until } from '../support/until.ts'
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'
import { openWorld, plainVault, type StorageWorld } from './storage-world.ts'

/** Twice what is promised: the test's own machine may be busy. */
const SOON_MS = 200

let world: StorageWorld
let line: CuttingProxy
let here: OpenedStorage
let asked: number
let recent: PaymentStore

before(async () => {
  world = await openWorld()
  line = await startCuttingProxy(world.database.url)
  here = openStorage({ url: line.url, log: quietLog, vault: plainVault })
  asked = 0
  const counted: PaymentStore = {
    ...here.storage.payments,
    standing(id) {
      asked += 1
      return here.storage.payments.standing(id)
    },
  }
  recent = recentStandings(counted, here.notices, systemClock)
})
after(async () => {
  await here.close()
  await line.stop()
  await world.end()
})

/** Until answers come from memory. */
async function remembering(id: string): Promise<void> {
  await until(async () => {
    await recent.standing(id)
    const before = asked
    await recent.standing(id)
    return asked === before
  })
}

test('asked again and again it is remembered, and another instance’s change is seen', async () => {
  const id = await world.create()
  const terminalId = await world.addTerminal()
  await remembering(id)
  await world.reserve(id, terminalId)
  await sleep(SOON_MS)
  assert.equal((await recent.standing(id))?.status, 'processing')
  await remembering(id)
})

test('notices that no longer come are missed before what they tell is: nothing old is told', async () => {
  const id = await world.create()
  const terminalId = await world.addTerminal()
  await remembering(id)
  line.mute('SELECT 1')
  await sleep(SOON_MS)
  await world.reserve(id, terminalId)
  await sleep(SOON_MS)
  assert.equal((await recent.standing(id))?.status, 'processing')
})
