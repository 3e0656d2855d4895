// Keeps SMS going. A call to a gateway is not broken off when the centre stops: nobody could tell whether
// it was carried out.

import { deliverText } from '../notices/deliver-text.ts'
import type { Centre } from '../ports/centre.ts'
import { keepSending } from './keep-sending.ts'
import type { Worker } from './worker.ts'

const IN_FLIGHT_LIMIT = 8

export function startTextWorker(centre: Centre): Worker {
  return keepSending(centre, {
    brokeOff: 'Отправка SMS прервалась',
    unreadable: 'Очередь SMS не прочиталась',
    topic: 'text_due',
    inFlightLimit: IN_FLIGHT_LIMIT,
    claim: (limit) => centre.storage.texts.claimDue(limit),
    send: (text) => deliverText(centre, text),
  })
}
