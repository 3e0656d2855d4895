// What waits on this instance: the hubs, the heartbeat and the count of seats, opened and closed together.

import type { Centre } from '../../ports/centre.ts'
import type { HttpLimits } from '../limits.ts'
import { Heartbeat } from './heartbeat.ts'
import { LiveHub } from './hub.ts'
import { type Seat, Seats } from './seats.ts'
import { StaffHub } from './staff-hub.ts'

export interface Live {
  /** Of clients that wait for a payment. */
  readonly hub: LiveHub
  readonly staffHub: StaffHub
  readonly heartbeat: Heartbeat
  readonly seats: Seats
  readonly limits: HttpLimits
  /** Ends every stream and answers every long poll, so that a stop need not wait for them. */
  close(): void
}

export function openLive(centre: Centre, limits: HttpLimits): Live {
  const hub = new LiveHub(centre, limits)
  const staffHub = new StaffHub(centre, limits)
  const heartbeat = new Heartbeat(limits.heartbeatMs)
  const seats = new Seats()
  centre.meter.liveClients(() => ({
    source: seats.taken('sources'),
    customer: seats.taken('customers'),
    staff: seats.taken('staff'),
  }))
  return {
    hub,
    staffHub,
    heartbeat,
    seats,
    limits,
    close() {
      heartbeat.close()
      hub.close()
      staffHub.close()
    },
  }
}

/** A customer's waiting does not use up the seats of the shop, nor the other way round. */
export function seatsOfSource({ limits }: Live, sourceId: number, paymentId: string): Seat[] {
  return [
    { of: `source ${sourceId} ${paymentId}`, limit: limits.waitersPerPayment },
    { of: `source ${sourceId}`, limit: limits.waitersPerSource },
    { of: 'sources', limit: limits.waiters },
    { of: 'all', limit: limits.waiters },
  ]
}

export function seatsOfCustomer({ limits }: Live, address: string, paymentId: string): Seat[] {
  return [
    { of: `customer ${paymentId}`, limit: limits.waitersPerPayment },
    { of: `address ${address}`, limit: limits.waitersPerAddress },
    { of: 'customers', limit: limits.waiters },
    { of: 'all', limit: limits.waiters },
  ]
}

export function seatsOfStaff({ limits }: Live, adminId: number): Seat[] {
  return [
    { of: `staff ${adminId}`, limit: limits.streamsPerPerson },
    { of: 'staff', limit: limits.staffStreams },
    { of: 'all', limit: limits.waiters },
  ]
}
