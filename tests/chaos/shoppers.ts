// Customers one after another: a payment is created, started, paid, declined, left or cancelled, by way of
// whichever instance answers. What a shopper was told is in the client's journal; nothing is assumed.

import { setTimeout as sleep } from 'node:timers/promises'
import { oneOf, type Seeded } from '../crash/seeded.ts'
import type { Told } from '../crash/shop-client.ts'
import type { World } from '../crash/world.ts'

const CALLS_LIMIT = 40
const PAUSE_MS = 120
const OUTCOMES = ['confirm', 'confirm', 'confirm', 'confirm', 'decline', 'leave', 'cancel'] as const

export interface Shopping {
  readonly world: World
  readonly chance: Seeded
  urls(): readonly string[]
  readonly signal: AbortSignal
}

/** Shops until the signal; the sums differ, so that no two payments are mistaken for each other. */
export async function shop(shopping: Shopping, name: string): Promise<void> {
  for (let visit = 1; !shopping.signal.aborted; visit += 1) {
    const tiyn = 100_000 + Math.floor(shopping.chance() * 9_000) * 100
    const created = await insist(shopping, (url) =>
      shopping.world.client.init(url, tiyn, `init:${name}:${visit}`),
    )
    if (created?.id) await pay(shopping, created.id)
    await sleep(PAUSE_MS * shopping.chance())
  }
}

async function pay(shopping: Shopping, id: string): Promise<void> {
  const { chance, world } = shopping
  const outcome = oneOf(chance, OUTCOMES)
  const isTwice = chance() < 0.1
  const started = await insist(shopping, async (url) => {
    const calls = isTwice ? [url, oneOf(chance, shopping.urls())] : [url]
    const told = await Promise.all(calls.map((each) => world.client.kaspi(each, id, '1')))
    return told[0]
  })
  if (started?.outcome === 'ok' && outcome !== 'cancel') {
    world.simulator.phone.scan({ qr: started.body.data.qr_code, outcome })
  }
  if (outcome === 'cancel') await insist(shopping, (url) => world.client.cancel(url, id))
  await insist(shopping, (url) => world.client.status(url, id))
}

/** Asks again while nobody knows, and while there is something to wait for; null when given up. */
async function insist(
  { chance, signal, urls }: Shopping,
  ask: (url: string) => Promise<Told | undefined>,
): Promise<Told | null> {
  for (let calls = 0; calls < CALLS_LIMIT && !signal.aborted; calls += 1) {
    const up = urls()
    const told = up.length === 0 ? undefined : await ask(oneOf(chance, up))
    if (told !== undefined && told.outcome !== 'unknown') return told
    await sleep(Math.max(told?.retryAfterMs ?? 0, PAUSE_MS))
  }
  return null
}
