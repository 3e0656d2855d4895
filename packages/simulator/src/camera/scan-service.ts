// The camera service of the earlier centre, so that offices which run it need no other: a long poll
// for a QR, a picture, a list. It must never hold a poll longer than its limit.
import { nowMs, type Timers } from '../clock.ts'
import { BadInput } from '../http/bad-input.ts'
import { type Reply, refusalReply } from '../http/reply.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cameraDown, jsonSight } from './camera.ts'
import { look, qrInSight } from './sight.ts'

const DEFAULT_TIMEOUT_MS = 30_000
const MAX_TIMEOUT_MS = 120_000

export class ScanService {
  readonly #timers: Timers
  /** The running polls by terminal, each with its way to be stopped. */
  readonly #polls = new Map<number, Set<AbortController>>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  async waitForQr(terminal: Terminal, timeoutMs: number, gone: AbortSignal): Promise<Reply> {
    const stop = new AbortController()
    const polls = this.#polls.get(terminal.number) ?? new Set()
    this.#polls.set(terminal.number, polls.add(stop))
    try {
      const deadlineMs = nowMs() + timeoutMs
      for (;;) {
        const sight = look(terminal)
        if (sight.kind === 'down') return cameraDown(sight)
        if (qrInSight(sight) !== null) return jsonSight(sight, 'json')
        if (stop.signal.aborted) return refusalReply(200, 'Сканирование остановлено')
        if (nowMs() >= deadlineMs || gone.aborted) {
          return refusalReply(200, 'QR-код не найден за отведённое время')
        }
        await this.#timers.sleep(terminal.timing.frameMs)
      }
    } finally {
      polls.delete(stop)
    }
  }

  /** Ends the running polls of one camera. */
  stop(terminalNumber: number): number {
    const polls = this.#polls.get(terminalNumber) ?? new Set()
    for (const poll of polls) poll.abort()
    return polls.size
  }

  running(): number {
    return [...this.#polls.values()].reduce((sum, polls) => sum + polls.size, 0)
  }
}

export function readTimeoutMs(query: URLSearchParams): number {
  const text = query.get('timeout')
  if (text === null) return DEFAULT_TIMEOUT_MS
  if (!/^\d{1,9}$/.test(text)) throw new BadInput('Параметр «timeout»: нужны миллисекунды')
  return Math.min(Number(text), MAX_TIMEOUT_MS)
}
