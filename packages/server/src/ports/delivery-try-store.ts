// The tries of deliveries, for people: what was sent, what came back, how long it took. Nothing is decided
// on it, so losing a line is no harm.

import type { Moment } from '@byfly-pay/core'

export interface NewDeliveryTry {
  readonly deliveryId: string
  readonly sourceId: number
  readonly startedAtMs: Moment
  readonly tookMs: number
  readonly httpStatus: number | null
  /** Null when it was delivered. */
  readonly reason: string | null
  /** The start of what the receiver said; null when it said nothing. */
  readonly answer: string | null
  /** The signatures as they were sent, by the name of their header. */
  readonly headers: Readonly<Record<string, string>>
}

export interface DeliveryTry extends Omit<NewDeliveryTry, 'deliveryId' | 'sourceId'> {
  readonly id: string
}

/** How one receiver of a source has been taking its webhooks lately. */
export interface EndpointHealth {
  readonly endpoint: string
  readonly tries: number
  readonly failed: number
  readonly lastDeliveredAtMs: Moment | null
  readonly lastFailedAtMs: Moment | null
  readonly lastReason: string | null
  readonly lastHttpStatus: number | null
  /** Since when it has only failed; null when it has not. */
  readonly failingSinceMs: Moment | null
  readonly switchedOffAtMs: Moment | null
  /** Deliveries that wait for their next try. */
  readonly waiting: number
}

export interface DeliveryTryStore {
  keep(tried: NewDeliveryTry): Promise<void>
  /** The newest first. */
  ofDelivery(deliveryId: string, limit: number): Promise<DeliveryTry[]>
  /** By the newest `limit` tries of a source, none older than `withinMs`. */
  health(sourceId: number, withinMs: number, limit: number): Promise<EndpointHealth[]>
}
