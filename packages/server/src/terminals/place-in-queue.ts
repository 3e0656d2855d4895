// Where a payment stands in the queue before the pool, for whoever looks (S8). It takes no lock and keeps no
// place: only the call that wants a terminal does.

import { placeOf } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { QueuePlace } from './reserve-terminal.ts'

/** Null for a payment that does not wait. */
export async function placeInQueue(
  centre: Centre,
  paymentId: string,
  system: string,
): Promise<QueuePlace | null> {
  const sight = await centre.storage.pool.lookAtQueue(paymentId, system)
  if (sight === null) return null
  const { tickets, terminals, timesMs } = sight.view
  return placeOf(tickets, paymentId, terminals, timesMs, sight.now)
}
