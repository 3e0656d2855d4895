// Has a camera looked through once more when its QR was read or missed, for staff to see. Nobody waits for it,
// and what is too much is left out: a camera is busy enough with payments.

import { MINUTE_MS, type Moment } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Occasion, Sights } from '../ports/frame-store.ts'
import { lookAndKeep } from '../terminals/see-screen.ts'
import type { Worker } from './worker.ts'

/** Looks at a time, of all terminals. */
const LOOKS_LIMIT = 4
/** A frame that is younger is good enough. */
const FRESH_MS = 20_000
/** A camera that sends the text of the code alone has nothing to show. */
const NO_PICTURE_MS = 10 * MINUTE_MS

export class SightRecorder implements Sights, Worker {
  /** When each terminal is worth another look. */
  readonly #dueAtMs = new Map<number, Moment>()
  readonly #running = new Map<number, Promise<void>>()
  #centre: Centre | null = null

  start(centre: Centre): void {
    this.#centre = centre
  }

  note(terminalId: number, occasion: Occasion): void {
    const centre = this.#centre
    if (centre === null || this.#running.has(terminalId)) return
    const now = centre.clock.now()
    const isDue = now >= (this.#dueAtMs.get(terminalId) ?? 0) || occasion === 'qr_missed'
    if (!isDue || this.#running.size >= LOOKS_LIMIT) return
    this.#dueAtMs.set(terminalId, now + FRESH_MS)
    const look = this.#look(centre, terminalId, occasion)
      .catch((error: Error) => {
        const fields = { terminal: terminalId, error: error.message }
        centre.log.warn(fields, 'Кадр камеры не записался')
      })
      .finally(() => this.#running.delete(terminalId))
    this.#running.set(terminalId, look)
  }

  async stop(): Promise<void> {
    this.#centre = null
    await Promise.all(this.#running.values())
  }

  async #look(centre: Centre, terminalId: number, occasion: Occasion): Promise<void> {
    const seen = await lookAndKeep(centre, terminalId)
    const isText = seen?.sight.frame === null && seen.sight.reading.kind !== 'camera_failed'
    if (seen === null || isText) this.#dueAtMs.set(terminalId, centre.clock.now() + NO_PICTURE_MS)
    if (seen === null || occasion !== 'qr_missed') return
    const [paymentId = null] = seen.payments
    await centre.storage.frames.addMiss(terminalId, paymentId, seen.sight)
  }
}
