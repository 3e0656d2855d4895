// Everything that can happen to a refund. What a terminal brings about is said in the words of an attempt,
// so that one watcher serves both.

import type { Qr } from '../payment/attempt.ts'
import type { Observation, StartRefusal } from '../provider/observation.ts'
import type { RefundWish } from './plan.ts'
import type { Party, RefundReason } from './state.ts'

export interface RefundRequest extends RefundWish {
  readonly reason: RefundReason
  readonly note: string | null
  readonly requestedBy: Party
  /** Above this a second person has to approve; null where nobody has to. Tiyn. */
  readonly approvalAboveTiyn: bigint | null
}

/** How an operator settles what no program can decide. */
export type RefundResolution =
  | { readonly kind: 'refunded'; readonly amountTiyn: bigint }
  | { readonly kind: 'not_refunded' }

export type RefundStep =
  | { readonly kind: 'approve'; readonly by: Party }
  | { readonly kind: 'decline'; readonly by: Party }
  | { readonly kind: 'cancel' }
  /** `isShared`: it carries many at once, and this one keeps it from nobody. */
  | { readonly kind: 'reserve'; readonly terminalId: number; readonly isShared?: true }
  | { readonly kind: 'mark_calling' }
  | { readonly kind: 'start_accepted'; readonly processId: string; readonly qr?: Qr }
  | { readonly kind: 'start_refused'; readonly reason: StartRefusal }
  | { readonly kind: 'start_lost' }
  | { readonly kind: 'release' }
  | { readonly kind: 'qr_read'; readonly qr: Qr }
  | { readonly kind: 'observed'; readonly observation: Observation }
  /** The quarantine after a lost start is over. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'resolve'; readonly resolution: RefundResolution }

export type RefundInput =
  | {
      readonly kind: 'request_refund'
      /** Fresh ids, at least one for each capture. */
      readonly refundIds: readonly string[]
      readonly request: RefundRequest
    }
  | { readonly kind: 'refund'; readonly refundId: string; readonly step: RefundStep }
