// Keeps messages about alerts going. A call is not broken off when the centre stops: it ends within
// seconds, and its row would be sent again.

import { deliverAlert } from '../alerts/deliver-alert.ts'
import type { Centre } from '../ports/centre.ts'
import { keepSending } from './keep-sending.ts'
import type { Worker } from './worker.ts'

/** A messenger limits how often a bot speaks. */
const IN_FLIGHT_LIMIT = 4

/** Longer than a call: until then no other instance sends the same message. */
const HOLD_MS = 60_000

export function startAlertWorker(centre: Centre): Worker {
  return keepSending(centre, {
    brokeOff: 'Отправка тревоги прервалась',
    unreadable: 'Очередь тревог не прочиталась',
    topic: 'alert_due',
    inFlightLimit: IN_FLIGHT_LIMIT,
    claim: (limit) => centre.storage.alerts.claimDue(limit, HOLD_MS),
    send: (message) => deliverAlert(centre, message),
  })
}
