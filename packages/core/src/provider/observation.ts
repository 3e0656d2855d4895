// What a terminal's driver may report, in the centre's words. No byte of a device passes this point
// unread: a driver maps every word of its wire to one of these, and what it does not know is
// `unknown` or `waiting`, never a yes or a no.

import type { Qr } from '../payment/attempt.ts'

/** How far a live operation has come. */
export type Phase = 'starting' | 'waiting_for_scan' | 'waiting_for_confirmation' | 'processing_card'

export const PHASES: readonly Phase[] = [
  'starting',
  'waiting_for_scan',
  'waiting_for_confirmation',
  'processing_card',
]

/** What the customer really used, as far as the terminal tells. */
export interface UsedProduct {
  /** The code of a payment method, or null for a word that nobody knows (M11). */
  readonly methodCode: string | null
  /** The device's own word, cleaned, for the history and an operator's eyes. */
  readonly word: string
}

/** How the money moved; part of what makes a provider's transaction unique. */
export type MoneyKind = 'qr' | 'card' | 'alaqan'

/** A terminal's word that money moved. */
export interface Success {
  /** The reported sum in tiyn; null when it could not be read, which is held for a person (S6b). */
  readonly grossTiyn: bigint | null
  readonly moneyKind: MoneyKind
  /** The provider's number of the transaction; null when the device gave none. */
  readonly providerTransactionId: string | null
  readonly product: UsedProduct
  /** What was given back, tiyn, where the receipt says that it is a refund's. */
  readonly refundTiyn?: bigint
}

/** Why a live operation ended without money, proved by the terminal's own word. */
export type NoMoneyReason = 'declined' | 'ran_out' | 'cancelled_on_device' | 'device_error'

export type FinalWord = Extract<Observation, { readonly kind: 'succeeded' | 'failed' }>

export type Observation =
  | { readonly kind: 'waiting'; readonly phase: Phase }
  | { readonly kind: 'succeeded'; readonly success: Success }
  | { readonly kind: 'failed'; readonly reason: NoMoneyReason }
  /** The terminal itself says that it does not know: money may have moved. */
  | { readonly kind: 'unknown' }
  /** The terminal has forgotten the process; after a reboot that proves nothing. */
  | { readonly kind: 'not_found' }
  /** Nobody answered, or the answer made no sense or was about another process. */
  | { readonly kind: 'no_answer' }

/** A refusal that proves that nothing was started (S9). */
export type StartRefusal =
  | 'not_connected'
  | 'no_internet'
  | 'method_not_supported'
  | 'payments_blocked'
  | 'terminal_busy'
  | 'not_registered'
  | 'bad_request'
  | 'access_denied'
  /** The terminal does not know the purchase that a refund is of. */
  | 'purchase_not_found'
  /** The bank gives nothing back of this purchase, or not so much, or not a part of it. */
  | 'refund_not_allowed'

/** What a start call came to. */
export type StartResult =
  | {
      readonly kind: 'accepted'
      readonly processId: string
      /** Where the answer itself brings it: there is no screen to read it from. */
      readonly qr?: Qr
      /** How often the other side wants to be asked, in ms; the centre's own pace unless told. */
      readonly pollMs?: number
    }
  | { readonly kind: 'refused'; readonly reason: StartRefusal }
  /** Sent, and no usable answer: an operation may be alive that nobody can ask about (S6a). */
  | { readonly kind: 'lost' }
