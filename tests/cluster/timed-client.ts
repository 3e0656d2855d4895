// The shop's client with a watch: when each call began and ended, for the measures. What was told stays in
// the client's own journal, for the judge.

import type { ShopClient, Told } from '../crash/shop-client.ts'

export interface Call {
  readonly what: Told['what']
  readonly outcome: Told['outcome']
  readonly httpStatus: number | null
  /** The code of a refusal, or why there was no answer; null for anything else. */
  readonly code: string | null
  readonly id: string | null
  /** By `performance.now()`, both. */
  readonly beganMs: number
  readonly endedMs: number
}

export interface TimedClient extends ShopClient {
  readonly calls: readonly Call[]
}

export function timedClient(client: ShopClient): TimedClient {
  const calls: Call[] = []
  async function clock(asking: () => Promise<Told>): Promise<Told> {
    const beganMs = performance.now()
    const told = await asking()
    const { body, httpStatus, id, outcome, text, what } = told
    const refused = typeof body?.code === 'string' ? body.code : null
    const code = httpStatus === null ? text : refused
    calls.push({ what, outcome, httpStatus, code, id, beganMs, endedMs: performance.now() })
    return told
  }
  return {
    journal: client.journal,
    calls,
    init: (...asked) => clock(() => client.init(...asked)),
    kaspi: (...asked) => clock(() => client.kaspi(...asked)),
    cancel: (...asked) => clock(() => client.cancel(...asked)),
    status: (...asked) => clock(() => client.status(...asked)),
    wait: (...asked) => clock(() => client.wait(...asked)),
  }
}
