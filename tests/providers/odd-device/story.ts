// What a terminal has to tell in the course of one payment: the truth, before any dialect is put on
// it. It must never know how a driver reads it.

export const WAIT_SUB_STATUSES = [
  'Initialize',
  'WaitUser',
  'WaitForQrConfirmation',
  'ProcessingCard',
  'WaitForPinCode',
] as const
export type WaitSubStatus = (typeof WAIT_SUB_STATUSES)[number]

/** What the customer chose in the app; `other` is a word outside the page's list (M11). */
export type NamedProduct =
  | { readonly kind: 'gold' | 'red' }
  | { readonly kind: 'loan'; readonly termMonths: number }
  | { readonly kind: 'other'; readonly word: string }

export interface Sale {
  readonly method: 'qr' | 'card' | 'alaqan'
  /** Whole tenge as the device reports them, which need not be what was asked for (rule 6). */
  readonly tenge: number
  /** The order number of a QR or a palm, the rrn of a card. */
  readonly transactionId: string
  /** Null when the device names none. */
  readonly product: NamedProduct | null
}

export const FAILURES = ['qr_declined', 'card_declined', 'cancelled', 'ran_out'] as const
export type Failure = (typeof FAILURES)[number]

/** How an answer can be none at all; each leaves what it was about as it was. */
export const ACCIDENTS = [
  'reset',
  'cut_in_status_line',
  'cut_in_headers',
  'cut_in_body',
  'cut_in_chunk',
  'half_json',
  'empty_body',
  'page_500',
  'not_http',
  'not_json',
  'json_list',
  'json_null',
] as const
export type Accident = (typeof ACCIDENTS)[number]

/** The answer to one question of the driver, in the order in which they are asked. */
export type Word =
  | { readonly kind: 'wait'; readonly subStatus: WaitSubStatus }
  | { readonly kind: 'paid'; readonly sale: Sale }
  | { readonly kind: 'failed'; readonly how: Failure }
  | { readonly kind: 'unknown' }
  /** A statusCode other than 0: about the question, never about the money. */
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'accident'; readonly accident: Accident }

/** What `/v2/payment` comes to. */
export type StartWord =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'accident'; readonly accident: Accident }

export interface Story {
  readonly processId: string
  readonly start: StartWord
  /** The last one is repeated for as long as anybody asks. */
  readonly words: readonly Word[]
}
