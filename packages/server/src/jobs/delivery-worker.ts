// Keeps deliveries going (W4).

import { deliverWebhook } from '../notices/deliver-webhook.ts'
import type { Centre } from '../ports/centre.ts'
import { keepSending } from './keep-sending.ts'
import type { Worker } from './worker.ts'

const IN_FLIGHT_LIMIT = 64

/** Longer than any one try takes; a worker that died gives its deliveries back after it. */
const HOLD_MS = 15_000

export function startDeliveryWorker(centre: Centre): Worker {
  return keepSending(centre, {
    brokeOff: 'Доставка прервалась',
    unreadable: 'Очередь доставки не прочиталась',
    topic: 'delivery_due',
    inFlightLimit: IN_FLIGHT_LIMIT,
    claim: (limit) => centre.storage.deliveries.claimDue(limit, HOLD_MS),
    send: (delivery, signal) => deliverWebhook(centre, delivery, signal),
  })
}
