// Keeps SMS going: woken by a notice, or by looking for itself now and then, since a notice may be lost and
// a row is the truth. Any number of instances may run it.

import { deliverText } from '../notices/deliver-text.ts'
import type { Centre } from '../ports/centre.ts'
import type { DueText } from '../ports/text-store.ts'
import type { Worker } from './worker.ts'

/** SMS under way at once, on one instance. */
const IN_FLIGHT_LIMIT = 8

export function startTextWorker(centre: Centre): Worker {
  const stopping = new AbortController()
  const { signal } = stopping
  const inFlight = new Set<Promise<void>>()

  function begin(text: DueText): void {
    const under = deliverText(centre, text)
      .catch((error: Error) => {
        centre.log.error({ text: text.id, error: error.message }, 'Отправка SMS прервалась')
      })
      .finally(() => inFlight.delete(under))
    inFlight.add(under)
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const woken = centre.notices.wait('text_due', centre.limits.sweepMs, signal)
      const room = IN_FLIGHT_LIMIT - inFlight.size
      if (room === 0) {
        await Promise.race(inFlight)
        continue
      }
      const due = await claim(room)
      for (const text of due) begin(text)
      if (due.length < room) await woken
    }
    // A call to a gateway is not broken off: nobody could tell whether it was carried out.
    await Promise.allSettled(inFlight)
  }

  async function claim(room: number): Promise<DueText[]> {
    try {
      return await centre.storage.texts.claimDue(room)
    } catch (error) {
      centre.log.error({ error: (error as Error).message }, 'Очередь SMS не прочиталась')
      return []
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
