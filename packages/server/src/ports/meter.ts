// What the centre counts of its own work. Telling costs next to nothing and never fails; no id, name,
// phone, token or address is ever told, so that labels stay few and figures say nothing of anybody.

import type { TryReason } from '@byfly-pay/core'
import type { Purpose } from './pool-store.ts'

/** An answered request, or one whose client went away before its answer. */
export interface MeasuredRequest {
  readonly method: string
  /** The template, such as `/api/payment/:id`; one word for all addresses without a route. */
  readonly route: string
  /** Null when the client was gone. */
  readonly httpStatus: number | null
  readonly tookMs: number
}

/** Whose clients wait on this instance for news. */
export const LIVE_CLIENTS = ['source', 'customer', 'staff'] as const
export type LiveClient = (typeof LIVE_CLIENTS)[number]

/** How a message to somebody outside fared: taken, to be sent again, or not to be. */
export type TryOutcome = 'sent' | 'again' | 'failed'

export interface Meter {
  answered(request: MeasuredRequest): void
  /** `count` is asked at each scrape; the last one given is the one that is asked. */
  liveClients(count: () => Readonly<Record<LiveClient, number>>): void
  /** How long a payment stood in the queue before it had its terminal; 0 for one that did not. */
  leftQueue(waitedMs: number): void
  started(purpose: Purpose, outcome: 'accepted' | 'refused' | 'lost', tookMs: number): void
  /** How much later than it was due an open attempt was looked at. */
  lookedLate(lateMs: number): void
  /** From when the camera was asked to the code that counts. */
  readQr(tookMs: number): void
  /** A code that should be on the screen by now and that the camera does not read. */
  missedQr(): void
  /** Of attempts whose watcher let its leases run out. */
  tookOver(attempts: number): void
  triedDelivery(outcome: 'delivered' | TryReason, tookMs: number): void
  triedText(outcome: TryOutcome): void
  triedAlert(outcome: TryOutcome): void
  /** A list, a count or an export of staff's. */
  readWide(outcome: 'done' | 'too_wide' | 'failed', tookMs: number): void
}

/** All figures as text, in the type's own words. */
export interface Exposition {
  readonly type: string
  readonly text: string
}
