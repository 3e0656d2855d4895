// The long poll `?wait=` (S11): the answer comes with the news. A client that waits is one promise and one
// timer; the hub looks for everybody.

import type { FastifyReply } from 'fastify'
import type { PaymentStanding, PaymentView } from '../../ports/payment-store.ts'
import type { Watcher } from './hub.ts'
import type { Live } from './live.ts'
import type { Seat } from './seats.ts'
import { isAtRest } from './sight.ts'

export interface WaitCall<T extends PaymentStanding> {
  /** The payment as the route found it. */
  readonly seen: T
  /** Whether the client is to hear of this now. */
  readonly isNews: (view: PaymentView) => boolean
  readonly waitMs: number
  readonly reply: FastifyReply
  readonly seats: readonly Seat[]
}

/**
 * The payment as it is when there is news of it, or after `waitMs`, or when this instance stops or the
 * client has gone. A payment at rest is not waited for: nothing more is expected of it.
 *
 * @throws Refusal rate_limited when too many wait already
 */
export function afterChange<T extends PaymentStanding>(
  live: Live,
  { seen, isNews, waitMs, reply, seats }: WaitCall<T>,
): Promise<T | PaymentView> {
  const { raw } = reply
  if (isAtRest(seen) || raw.destroyed) return Promise.resolve(seen)
  const leave = live.seats.take(seats)
  return new Promise((resolve) => {
    let newest: T | PaymentView = seen
    const answer = (): void => {
      clearTimeout(timer)
      raw.off('close', answer)
      live.hub.forget(seen.id, watcher)
      leave()
      resolve(newest)
    }
    const watcher: Watcher = {
      see({ view }) {
        newest = view
        if (isNews(view)) answer()
      },
      dismiss() {
        // An idle connection would hold up the stop.
        reply.header('connection', 'close')
        answer()
      },
    }
    const timer = setTimeout(answer, waitMs)
    raw.once('close', answer)
    live.hub.watch(seen.id, watcher)
  })
}
