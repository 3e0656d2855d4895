// One try of one webhook. Prepare, call, record are three steps: this port is the second alone.

export interface WebhookCall {
  readonly url: string
  /** The stored text, sent as it is. */
  readonly body: string
  /** Id of the delivery, the same on every try (`webhook-id`). */
  readonly id: string
  /** Secrets that sign, the current one first; each `whsec_…` (W1). */
  readonly secrets: readonly string[]
  /** Epoch seconds for `webhook-timestamp`. */
  readonly timestampSeconds: number
  /** Lets a receiver that traces go on with this trace; signed by nothing, needed by nobody. */
  readonly traceparent?: string | null
  /** An event of no payment, marked so that a receiver can tell. */
  readonly isTest?: true
}

/**
 * What came of it. Only a 2xx within the time limit is `delivered`. `answer` is the start of what the
 * receiver said, where it said anything: foreign text, for people to read and for nothing else.
 */
export type WebhookOutcome =
  | { readonly kind: 'delivered'; readonly httpStatus: number; readonly answer?: string }
  | {
      readonly kind: 'failed'
      readonly httpStatus: number | null
      /** Stable word: `http_status`, `timeout`, `refused`, `dns`, `tls`, `forbidden_address`, … */
      readonly reason: string
      readonly retryAfterMs: number | null
      readonly answer?: string
    }

export interface WebhookSender {
  /** Never throws, never follows a redirect, ends within 10 s. */
  send(call: WebhookCall, signal: AbortSignal): Promise<WebhookOutcome>
  /** Why a URL may not be called at all, in one word; null when it may (W6). */
  refusalOf(url: string): string | null
}
