// What a process takes after a collection, and how late its event loop was since the last question.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Memory {
  readonly rssBytes: number
  /** Objects and what hangs on them outside the heap. */
  readonly heapBytes: number
  /** The worst hundredth, in ms; the resolution is one. */
  readonly lagMs: number
}

/** One collection leaves what finalizers only then let go of. */
const COLLECTIONS = 4
const BETWEEN_MS = 100
const RESOLUTION_MS = 1

const lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
lag.enable()

export async function memoryOfProcess(): Promise<Memory> {
  const lagMs = lag.percentile(99) / 1e6
  for (let n = 0; n < COLLECTIONS; n += 1) {
    globalThis.gc?.()
    await sleep(BETWEEN_MS)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  lag.reset()
  return { rssBytes: rss, heapBytes: heapUsed + external, lagMs }
}
