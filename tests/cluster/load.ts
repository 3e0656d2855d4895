// The load of a trial: customers who pay, shops that create payments in an even stream, and clients that
// wait for news. All of them come by way of the balancer, as from outside.

import { setTimeout as sleep } from 'node:timers/promises'
import { shop } from '../chaos/shoppers.ts'
import { seeded } from '../crash/seeded.ts'
import type { World } from '../crash/world.ts'

export interface Load {
  /** Resolves when the last call has ended. */
  stop(): Promise<void>
}

export interface LoadOptions {
  readonly world: World
  readonly url: string
  readonly seed: number
  readonly customers: number
}

const CREATORS = 3
const CREATE_EVERY_MS = 150
const WAITERS = 3
/** Soon after an answer, as a client does whose wait was cut short. */
const WAIT_AGAIN_MS = 100

export function startLoad({ customers, seed, url, world }: LoadOptions): Load {
  const closing = new AbortController()
  const { signal } = closing
  const each = (count: number, work: (place: number) => Promise<void>) =>
    Array.from({ length: count }, (_, place) => work(place))
  const loops = [
    ...each(customers, (place) =>
      shop({ world, chance: seeded(seed + 1 + place), urls: () => [url], signal }, `c${place}`),
    ),
    ...each(CREATORS, (place) => create(world, url, `s${place}`, signal)),
    ...each(WAITERS, (place) => wait(world, url, `w${place}`, signal)),
  ]
  return {
    async stop() {
      closing.abort()
      await Promise.all(loops)
    },
  }
}

/** One after another and none twice: by these the way back of the service is measured. */
async function create({ client }: World, url: string, name: string, signal: AbortSignal) {
  for (let n = 1; !signal.aborted; n += 1) {
    await client.init(url, 100_000, `init:${name}:${n}`)
    await sleep(CREATE_EVERY_MS)
  }
}

/** For a payment that nobody pays: answered only when its time is up, or when its instance stops. */
async function wait({ client }: World, url: string, name: string, signal: AbortSignal) {
  let id: string | null = null
  while (!signal.aborted) {
    if (id === null) id = (await client.init(url, 100_000, `init:${name}`)).id
    else await client.wait(url, id)
    await sleep(WAIT_AGAIN_MS)
  }
}
