// Webhook deliveries: rows written with the state change that they tell of (W4).

import type { Moment } from '@byfly-pay/core'

export interface DueDelivery {
  readonly id: string
  readonly paymentId: string
  readonly sourceId: number
  readonly url: string
  readonly body: string
  /** Failed tries so far. */
  readonly tries: number
}

export interface DeliveryLine {
  readonly id: string
  readonly paymentId: string
  readonly event: string
  readonly sequence: number
  readonly url: string
  readonly state: string
  readonly tries: number
  readonly nextAtMs: Moment | null
  readonly lastHttpStatus: number | null
  readonly lastReason: string | null
  readonly createdAtMs: Moment
  readonly deliveredAtMs: Moment | null
}

export type EndpointNews = 'none' | 'warn' | 'switched_off'

export interface DeliveryStore {
  /**
   * Takes up to `limit` deliveries that are due and whose predecessor lets them go (W4), and
   * pushes their time on by `holdMs`, so that a worker that dies gives them back.
   */
  claimDue(limit: number, holdMs: number): Promise<DueDelivery[]>
  markDelivered(id: string, httpStatus: number): Promise<void>
  /** `nextInMs` null parks it. Returns what became of its endpoint. */
  markFailed(
    delivery: DueDelivery,
    httpStatus: number | null,
    reason: string,
    nextInMs: number | null,
  ): Promise<EndpointNews>
  /** Sends a delivery again: same id, same bytes. False when there is none. */
  resend(id: string): Promise<boolean>
  ofPayment(paymentId: string): Promise<DeliveryLine[]>
  recent(limit: number): Promise<DeliveryLine[]>
}
