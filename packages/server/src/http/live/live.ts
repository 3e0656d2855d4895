// What waits on this instance: the hub, the heartbeat and the count of seats, opened and closed together.

import type { Centre } from '../../ports/centre.ts'
import type { HttpLimits } from '../limits.ts'
import { Heartbeat } from './heartbeat.ts'
import { LiveHub } from './hub.ts'
import { type Seat, Seats } from './seats.ts'

export interface Live {
  readonly hub: LiveHub
  readonly heartbeat: Heartbeat
  readonly seats: Seats
  readonly limits: HttpLimits
  /** Ends every stream and answers every long poll, so that a stop need not wait for them. */
  close(): void
}

export function openLive(centre: Centre, limits: HttpLimits): Live {
  const hub = new LiveHub(centre, limits)
  const heartbeat = new Heartbeat(limits.heartbeatMs)
  return {
    hub,
    heartbeat,
    seats: new Seats(),
    limits,
    close() {
      heartbeat.close()
      hub.close()
    },
  }
}

/** A customer's waiting does not use up the seats of the shop, nor the other way round. */
export function seatsOfSource({ limits }: Live, sourceId: number, paymentId: string): Seat[] {
  return [
    { of: `source ${sourceId} ${paymentId}`, limit: limits.waitersPerPayment },
    { of: `source ${sourceId}`, limit: limits.waitersPerSource },
    { of: 'all', limit: limits.waiters },
  ]
}

export function seatsOfCustomer({ limits }: Live, address: string, paymentId: string): Seat[] {
  return [
    { of: `customer ${paymentId}`, limit: limits.waitersPerPayment },
    { of: `address ${address}`, limit: limits.waitersPerAddress },
    { of: 'all', limit: limits.waiters },
  ]
}
