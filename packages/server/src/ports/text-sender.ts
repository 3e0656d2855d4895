// One try of one SMS, and the account it is paid from. A sender says what it knows: only where nothing can
// have been taken may the text be sent again.

/** Stable words for what went wrong; `notices/text-advice.ts` has a sentence for each. */
export type TextFault =
  | 'wrong_request'
  | 'wrong_credentials'
  | 'no_money'
  | 'address_blocked'
  | 'text_forbidden'
  | 'wrong_phone'
  | 'not_deliverable'
  /** The same text a moment ago: it was taken then, or is being sent. */
  | 'repeated'
  /** The gateway refused in words of its own. */
  | 'refused'
  | 'not_connected'
  | 'no_answer'
  | 'http_status'
  | 'bad_answer'
  /** The file cannot be written. */
  | 'not_written'
  /** No sender is configured. */
  | 'not_configured'
  /** The process ended while it was sending. */
  | 'interrupted'

export interface TextFailure {
  readonly fault: TextFault
  /** What the gateway said itself, short and without anybody's number; null when it said nothing. */
  readonly word: string | null
}

export type TextOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  /** It will not be taken, however often it is sent. */
  | ({ readonly kind: 'refused' } & TextFailure)
  /** Proved: nothing was taken; it may be sent again. */
  | ({ readonly kind: 'not_sent' } & TextFailure)
  /** It may have been taken. */
  | ({ readonly kind: 'unknown' } & TextFailure)

export type BalanceOutcome =
  /** `amount` as the gateway writes it: `4043.0656`. */
  | { readonly kind: 'known'; readonly amount: string; readonly currency: string | null }
  /** This sender costs nothing. */
  | { readonly kind: 'free' }
  | ({ readonly kind: 'failed' } & TextFailure)

export type TextSenderName = 'file' | 'console' | 'smsc' | 'mobizon' | 'none'

export interface TextSender {
  /** `none`: nothing is configured, and nobody can log in. */
  readonly name: TextSenderName
  /** @param to E.164. Never throws, ends within 10 s, never repeats by itself. */
  send(to: string, text: string): Promise<TextOutcome>
  /** Never throws, ends within 10 s. */
  balance(): Promise<BalanceOutcome>
}

/** As staff set it up: an account at one of the gateways. Where those are the environment says. */
export type KeptTextSettings =
  | {
      readonly sender: 'smsc'
      readonly login: string
      readonly password: string
      /** A name agreed with the gateway; null for its own. */
      readonly from: string | null
    }
  | { readonly sender: 'mobizon'; readonly key: string; readonly from: string | null }

export interface TextSenders {
  /** The centre was started with a sender: staff cannot name another. */
  readonly isFixed: boolean
  /** The one to send by now; take it anew for each use. */
  inUse(): Promise<TextSender>
}

/** Bases of the gateways' addresses, without a slash at their end. */
export type GatewayUrls = Readonly<Record<KeptTextSettings['sender'], string>>

/** How the operator wants SMS to be sent, checked at the start. */
export type TextSettings =
  | { readonly sender: 'none' }
  | { readonly sender: 'console' }
  | { readonly sender: 'file'; readonly path: string }
  | {
      readonly sender: 'smsc'
      readonly baseUrl: string
      readonly login: string
      readonly password: string
      /** A name agreed with the gateway; null for its own. */
      readonly from: string | null
    }
  | {
      readonly sender: 'mobizon'
      readonly baseUrl: string
      readonly key: string
      readonly from: string | null
    }
