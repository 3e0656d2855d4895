// The long poll `?wait=` of a status (S11): the answer comes when the status changes.

import type { FastifyReply } from 'fastify'
import type { Centre } from '../ports/centre.ts'
import type { PaymentStanding } from '../ports/payment-store.ts'
import { clientGone } from './client-gone.ts'

/** A notice can be missed, so the row is looked at again by itself now and then. */
const LOOK_AGAIN_MS = 2_000

/** The payment as it is after its next change of status, after `waitMs`, or when the client has gone. */
export async function standingAfterChange(
  centre: Centre,
  before: PaymentStanding,
  waitMs: number,
  reply: FastifyReply,
): Promise<PaymentStanding> {
  const { clock, notices, storage } = centre
  const gone = clientGone(reply)
  const deadline = clock.now() + waitMs
  let standing = before
  while (isSame(standing, before) && !gone.aborted) {
    const leftMs = deadline - clock.now()
    if (leftMs <= 0) break
    await notices.wait(`payment:${before.id}`, Math.min(leftMs, LOOK_AGAIN_MS), gone)
    standing = (await storage.payments.standing(before.id)) ?? standing
  }
  return standing
}

function isSame(a: PaymentStanding, b: PaymentStanding): boolean {
  return a.status === b.status && a.statusDetail === b.statusDetail
}
