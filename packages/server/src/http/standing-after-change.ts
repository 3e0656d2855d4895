// The long poll `?wait=` of a status (S11): the answer comes when the status changes. A client that waits
// is one promise and one timer; the hub looks for everybody.

import type { FastifyReply } from 'fastify'
import type { PaymentStanding } from '../ports/payment-store.ts'
import type { Watcher } from './live/hub.ts'
import { type Live, seatsOfSource } from './live/live.ts'
import { isAtRest } from './live/sight.ts'

/**
 * The payment as it is after its next change of status, or after `waitMs`, or when this instance stops or
 * the client has gone. A payment at rest is not waited for: nothing more is expected of it.
 *
 * @throws Refusal rate_limited when too many wait already
 */
export function standingAfterChange(
  live: Live,
  before: PaymentStanding,
  waitMs: number,
  reply: FastifyReply,
): Promise<PaymentStanding> {
  const { raw } = reply
  if (isAtRest(before) || raw.destroyed) return Promise.resolve(before)
  const leave = live.seats.take(seatsOfSource(live, before.sourceId, before.id))
  return new Promise((resolve) => {
    let newest = before
    const answer = (): void => {
      clearTimeout(timer)
      raw.off('close', answer)
      live.hub.forget(before.id, watcher)
      leave()
      resolve(newest)
    }
    const watcher: Watcher = {
      see({ view }) {
        newest = view
        if (!isSame(view, before)) answer()
      },
      dismiss() {
        // An idle connection would hold up the stop.
        reply.header('connection', 'close')
        answer()
      },
    }
    const timer = setTimeout(answer, waitMs)
    raw.once('close', answer)
    live.hub.watch(before.id, watcher)
  })
}

function isSame(a: PaymentStanding, b: PaymentStanding): boolean {
  return a.status === b.status && a.statusDetail === b.statusDetail
}
