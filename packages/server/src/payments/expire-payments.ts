// Payments past their term: cancelled as expired, unless something is open or was taken (S2).

import type { Centre } from '../ports/centre.ts'
import { applyInput } from './apply-input.ts'

/** So many at a time, so that one sweep never holds the database for long. */
const BATCH = 100

/** @returns how many payments expired. */
export async function expirePayments(centre: Centre): Promise<number> {
  const { storage } = centre
  const overdue = await storage.payments.overdue(BATCH)
  for (const paymentId of overdue) {
    await applyInput(
      centre,
      paymentId,
      { kind: 'expire' },
      { alsoInTransaction: (tx) => storage.pool.dropTicket(tx, paymentId) },
    )
  }
  return overdue.length
}
