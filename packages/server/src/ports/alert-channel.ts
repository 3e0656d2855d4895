// A way to tell people of an alert beside SMS: a plain object in its own folder of `channels/` plus one
// line in `all-channels.ts`. Text only.

export type ChannelName = 'telegram'

export type MessageOutcome =
  | { readonly kind: 'sent' }
  /** It will not be taken, however often it is sent. `fault` is a short word without any secret. */
  | { readonly kind: 'refused'; readonly fault: string }
  /**
   * Not taken, or nobody can tell: an alert twice is better than none. `askedMs` is how long the receiver
   * asked to wait.
   */
  | { readonly kind: 'again'; readonly fault: string; readonly askedMs: number | null }

export interface AlertChannel {
  readonly name: ChannelName
  /** Whom a centre without any recipients tells; null for nobody. */
  readonly usualAddress: string | null
  /** Never throws, ends within 10 s, never repeats by itself. */
  send(address: string, text: string): Promise<MessageOutcome>
}

/** Checked at the start. */
export interface ChannelSettings {
  /** Null where Telegram is not set up. */
  readonly telegram: {
    readonly baseUrl: string
    readonly token: string
    readonly chatId: string | null
  } | null
}
