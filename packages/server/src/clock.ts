// The only reader of this machine's time. Moments that decide about money come from the database.

import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './ports/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    if (signal?.aborted === true) return
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal })
    } catch {
      // Aborted: the sleeper looks at its signal itself.
    }
  },
  timeout: (ms) => AbortSignal.timeout(ms),
}
