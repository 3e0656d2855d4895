// Keeps deliveries going: woken by a notice, or by looking for itself now and then, since a notice
// may be lost and a row is the truth (W4). Any number of instances may run it.

import { deliverWebhook } from '../notices/deliver-webhook.ts'
import type { Centre } from '../ports/centre.ts'
import type { DueDelivery } from '../ports/delivery-store.ts'
import type { Worker } from './worker.ts'

/** Deliveries under way at once, on one instance. */
const IN_FLIGHT_LIMIT = 64

/** Longer than any one try takes; a worker that died gives its deliveries back after it. */
const HOLD_MS = 15_000

export function startDeliveryWorker(centre: Centre): Worker {
  const stopping = new AbortController()
  const { signal } = stopping
  const inFlight = new Set<Promise<void>>()

  function begin(delivery: DueDelivery): void {
    const under = deliverWebhook(centre, delivery, signal)
      .catch((error: Error) => {
        centre.log.error({ delivery: delivery.id, error: error.message }, 'Доставка прервалась')
      })
      .finally(() => inFlight.delete(under))
    inFlight.add(under)
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const woken = centre.notices.wait('delivery_due', centre.limits.sweepMs, signal)
      const room = IN_FLIGHT_LIMIT - inFlight.size
      if (room === 0) {
        await Promise.race(inFlight)
        continue
      }
      const due = await claim(room)
      for (const delivery of due) begin(delivery)
      if (due.length < room) await woken
    }
    await Promise.allSettled(inFlight)
  }

  async function claim(room: number): Promise<DueDelivery[]> {
    try {
      return await centre.storage.deliveries.claimDue(room, HOLD_MS)
    } catch (error) {
      centre.log.error({ error: (error as Error).message }, 'Очередь доставки не прочиталась')
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
