// Receivers of webhooks, and the wire to them: the sender's port. They keep a journal of all that reached
// them, which is what the centre's promises are held against.

import type {
  WebhookCall,
  WebhookOutcome,
  WebhookSender,
} from '../../../packages/server/src/ports/webhook-sender.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'

export const RECEIVER_MODES = ['ok', 'error', 'hang', 'reset_after', 'busy'] as const
export type ReceiverMode = (typeof RECEIVER_MODES)[number]

export interface Received {
  readonly id: string
  readonly url: string
  readonly body: string
  readonly atMs: number
  /** What the sender was told. */
  readonly isTaken: boolean
}

const TIMEOUT_MS = 10_000

export class Receivers {
  readonly journal: Received[] = []
  readonly #time: SimulatedTime
  readonly #modes = new Map<string, ReceiverMode>()

  constructor(time: SimulatedTime) {
    this.#time = time
  }

  turn(url: string, mode: ReceiverMode): void {
    this.#modes.set(url, mode)
  }

  heal(): void {
    this.#modes.clear()
  }

  sender(): WebhookSender {
    return {
      refusalOf: (url) => (url.startsWith('https://') ? null : 'not_https'),
      send: (call, signal) => this.#send(call, signal),
    }
  }

  async #send({ id, url, body }: WebhookCall, signal: AbortSignal): Promise<WebhookOutcome> {
    const mode = this.#modes.get(url) ?? 'ok'
    const note = (isTaken: boolean) =>
      this.journal.push({ id, url, body, atMs: this.#time.nowMs, isTaken })
    await this.#time.sleep(30, signal)
    switch (mode) {
      case 'ok':
        note(true)
        return { kind: 'delivered', httpStatus: 200 }
      case 'error':
        note(false)
        return failed(500, 'http_status')
      case 'busy':
        note(false)
        return { ...failed(429, 'http_status'), retryAfterMs: 45_000 }
      case 'hang':
        note(false)
        await this.#time.sleep(TIMEOUT_MS, signal)
        return failed(null, 'timeout')
      case 'reset_after':
        // It has processed the event all the same, and will see it again.
        note(false)
        return failed(null, 'reset')
    }
  }
}

function failed(httpStatus: number | null, reason: string) {
  return { kind: 'failed', httpStatus, reason, retryAfterMs: null } as const
}
