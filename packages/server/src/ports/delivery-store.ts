// Webhook deliveries: rows written with the state change that they tell of (W4).

import type { Moment, Scope } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface DueDelivery {
  readonly id: string
  readonly paymentId: string
  readonly sourceId: number
  readonly url: string
  readonly body: string
  /** Failed tries so far. */
  readonly tries: number
}

export const DELIVERY_STATES = ['held', 'waiting', 'delivered', 'parked', 'superseded'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export interface DeliveryLine {
  readonly id: string
  readonly paymentId: string
  readonly sourceId: number
  readonly event: string
  readonly sequence: number
  readonly url: string
  /** Scheme, host and path of the URL, without what a query may carry. */
  readonly endpoint: string
  readonly state: DeliveryState
  readonly tries: number
  readonly nextAtMs: Moment | null
  readonly lastHttpStatus: number | null
  readonly lastReason: string | null
  readonly createdAtMs: Moment
  readonly deliveredAtMs: Moment | null
}

/** The same with its text, for one who looks at it alone. */
export interface DeliveryWithBody extends DeliveryLine {
  readonly body: string
}

export interface DeliveryFilter {
  readonly paymentId: string | null
  readonly sourceId: number | null
  readonly event: string | null
  /** The last answer's; `none` where there was no answer. */
  readonly httpStatus: number | 'none' | null
  readonly fromMs: Moment | null
  readonly beforeMs: Moment | null
  readonly endpoint: string | null
  readonly state: DeliveryState | null
  /** Only rows before this one. */
  readonly beforeId: string | null
  readonly limit: number
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
  /** Sends a delivery again: same id, same bytes. False when there is none, or it is still held. */
  resend(tx: Transaction, id: string): Promise<boolean>
  /** Locks a delivery of a payment in the scope; null when there is none for it. */
  lock(tx: Transaction, scope: Scope, id: string): Promise<DeliveryLine | null>
  /** The newest first, of payments in the scope. */
  page(scope: Scope, filter: DeliveryFilter): Promise<DeliveryLine[]>
  /** Null when there is none of a payment in the scope. */
  find(scope: Scope, id: string): Promise<DeliveryWithBody | null>
  ofPayment(paymentId: string): Promise<DeliveryLine[]>
  recent(limit: number): Promise<DeliveryLine[]>
}
