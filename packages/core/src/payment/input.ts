// Everything that can happen to a payment, as one closed list. Whoever asks (a client, a watcher, a
// janitor, an operator) says it in these words.

import type { Observation, StartRefusal } from '../provider/observation.ts'
import type { RefundInput } from '../refund/input.ts'
import type { Presence, Qr } from './attempt.ts'
import type { ReadableSuccess } from './capture.ts'
import type { ChosenMethod } from './state.ts'

/** A payment method as it stands when a start is asked for. */
export interface MethodTerms extends ChosenMethod {
  readonly minTiyn: bigint
  readonly maxTiyn: bigint
  readonly currency: string
  /** Current rates of every method of the same provider, by code. */
  readonly rates: Readonly<Record<string, number>>
}

/** What a start asks for. */
export interface StartRequest {
  readonly terms: MethodTerms
  /** A deliberate part of the price (M8), or null for all that is due. */
  readonly partTiyn: bigint | null
  readonly presence: Presence
}

/** How an operator settles what no program can decide. */
export type Resolution =
  /** A person has read the sum; what they could not read either stays as it is. */
  { readonly kind: 'money'; readonly success: ReadableSuccess } | { readonly kind: 'no_money' }

export type PaymentInput =
  /** A free terminal was found: take it. Checked again under the payment's lock. */
  | {
      readonly kind: 'reserve'
      readonly attemptId: string
      readonly terminalId: number
      /** It carries many at once: this one keeps it from nobody. */
      readonly isShared?: true
      readonly request: StartRequest
    }
  | { readonly kind: 'mark_calling'; readonly attemptId: string }
  | {
      readonly kind: 'start_accepted'
      readonly attemptId: string
      readonly processId: string
      /** Where the answer itself brought it, and no camera has to read it. */
      readonly qr?: Qr
    }
  | { readonly kind: 'start_refused'; readonly attemptId: string; readonly reason: StartRefusal }
  | { readonly kind: 'start_lost'; readonly attemptId: string }
  /** The starter of a reserved attempt is gone: nothing was called. */
  | { readonly kind: 'release'; readonly attemptId: string }
  | { readonly kind: 'qr_read'; readonly attemptId: string; readonly qr: Qr }
  | {
      readonly kind: 'observed'
      readonly attemptId: string
      readonly observation: Observation
      /** The reported provider transaction is already booked on another attempt (rule 7). */
      readonly duplicate: boolean
    }
  /** Another price is wanted: the live attempt must end first (S7). */
  | { readonly kind: 'stop'; readonly attemptId: string }
  /** The first price is wanted after all, and the attempt did not stop: let it be. */
  | { readonly kind: 'resume'; readonly attemptId: string }
  /** The quarantine after a lost start is over. */
  | { readonly kind: 'abandon'; readonly attemptId: string }
  | { readonly kind: 'resolve'; readonly attemptId: string; readonly resolution: Resolution }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'expire' }
  | RefundInput

export type PaymentInputKind = PaymentInput['kind']

export const PAYMENT_INPUTS: readonly PaymentInputKind[] = [
  'reserve',
  'mark_calling',
  'start_accepted',
  'start_refused',
  'start_lost',
  'release',
  'qr_read',
  'observed',
  'stop',
  'resume',
  'abandon',
  'resolve',
  'cancel',
  'expire',
  'request_refund',
  'refund',
]
