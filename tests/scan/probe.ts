// An ordinary client beside an attack: it asks for health and creates payments, and remembers each refusal and
// its slowest call.

import { setTimeout as sleep } from 'node:timers/promises'
import { client } from '../support/centre.ts'
import type { Victim } from './victim.ts'

const EVERY_MS = 200
const PATIENCE_MS = 5_000

export interface Probed {
  readonly calls: number
  readonly refused: number
  readonly slowestMs: number
}

export function startProbe(victim: Victim): { stop(): Promise<Probed> } {
  const source = client(victim.url, victim.apiToken)
  let isOver = false
  let calls = 0
  let refused = 0
  let slowestMs = 0
  async function ask(call: () => Promise<{ readonly status: number }>): Promise<void> {
    const startedAt = performance.now()
    const timeout = sleep(PATIENCE_MS, { status: 0 }, { ref: false })
    const { status } = await Promise.race([call().catch(() => ({ status: 0 })), timeout])
    calls += 1
    slowestMs = Math.max(slowestMs, performance.now() - startedAt)
    if (status < 200 || status >= 300) refused += 1
  }
  async function loop(): Promise<void> {
    while (!isOver) {
      await ask(() => source.call('GET', '/healthz'))
      await ask(() => source.call('POST', '/api/payment/init', { amount: 100_000 }))
      await sleep(EVERY_MS)
    }
  }
  const running = loop()
  return {
    async stop() {
      isOver = true
      await running
      return { calls, refused, slowestMs }
    },
  }
}
