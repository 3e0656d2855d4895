// A centre in a process of its own for bench/live.ts. Says where it listens, and how much memory it takes
// after a collection, when asked. Needs `--expose-gc`.

import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, startCentre } from '../packages/server/src/main.ts'

export interface Memory {
  readonly rssBytes: number
  /** Objects and what hangs on them outside the heap. */
  readonly heapBytes: number
}

/** One collection leaves what finalizers only then let go of. */
const COLLECTIONS = 4
const BETWEEN_MS = 100

const config = readConfig(process.env)
const url = config.databaseUrl ?? ''
const database = { url, ownerUrl: url, stop: async () => {} }
const running = await startCentre(config, database, createLog(config))

async function memory(): Promise<Memory> {
  for (let n = 0; n < COLLECTIONS; n += 1) {
    globalThis.gc?.()
    await sleep(BETWEEN_MS)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rssBytes: rss, heapBytes: heapUsed + external }
}

process.on('message', async () => process.send?.(await memory()))
process.on('disconnect', () => void running.stop())
process.send?.(running.url)
