// Two instances that are always meant to be there: whoever is killed comes back. Each has a line to the
// database of its own, so that one can be cut off alone.

import { type FaultyProxy, startFaultyProxy } from '../crash/faulty-proxy.ts'
import type { Instance } from '../crash/spawn-instance.ts'
import type { World } from '../crash/world.ts'

/** One of the two places where an instance works. */
export interface Seat {
  readonly name: string
  readonly line: FaultyProxy
  /** Null while nobody works there. */
  instance: Instance | null
  url: string | null
  isStopped: boolean
  /** While somebody is on his way to it: a second one would stay for ever, and nobody would know of him. */
  filling: Promise<void> | null
}

export interface Ensemble {
  readonly seats: readonly Seat[]
  /** Addresses of those that answer, as far as is known. */
  urls(): string[]
  fill(seat: Seat): Promise<void>
  kill(seat: Seat): Promise<void>
  close(): Promise<void>
}

/** Longer than any fault lasts: whoever has not come back by then never will. */
const START_LIMIT_MS = 120_000

export async function startEnsemble(world: World): Promise<Ensemble> {
  const { hostname, port } = new URL(world.database.url)
  const target = { host: hostname, port: Number(port) }
  const seats: Seat[] = []
  for (const name of ['A', 'Б']) {
    const line = await startFaultyProxy(target)
    seats.push({ name, line, instance: null, url: null, isStopped: false, filling: null })
  }

  /** A start that the database does not let through is begun again, as a supervisor would. */
  async function begin(seat: Seat): Promise<void> {
    const untilMs = performance.now() + START_LIMIT_MS
    while (seat.url === null) {
      const instance = await world.start(undefined, { lineTo: seat.line })
      seat.instance = instance
      const begun = await instance.begin().catch((error: Error) => error)
      if (typeof begun === 'string') {
        seat.url = begun
        continue
      }
      await instance.kill()
      if (performance.now() > untilMs) {
        throw new Error(`экземпляр ${seat.name} так и не начал работу`, { cause: begun })
      }
    }
  }

  function fill(seat: Seat): Promise<void> {
    seat.filling ??= begin(seat).finally(() => {
      seat.filling = null
    })
    return seat.filling
  }

  return {
    seats,
    urls: () => seats.flatMap(({ url }) => (url === null ? [] : [url])),
    fill,
    async kill(seat) {
      const { instance } = seat
      seat.url = null
      seat.instance = null
      seat.isStopped = false
      await instance?.kill()
    },
    async close() {
      await Promise.all(seats.map(({ line }) => line.close()))
    },
  }
}
