// What was said to a device about an attempt, and what it answered: a log for people. Nothing is ever
// decided on it, and writing it never makes a payment wait.

import type { Moment } from '@byfly-pay/core'

export const EXCHANGE_CALLS = ['start', 'status', 'actualize', 'stop'] as const
export type ExchangeCall = (typeof EXCHANGE_CALLS)[number]

/** One call to a device and its answer. */
export interface Exchange {
  readonly call: ExchangeCall
  readonly startedAtMs: Moment
  readonly tookMs: number
  /** Null when no whole answer came. */
  readonly httpStatus: number | null
  /** What the driver took it for, in stable words: `waiting waiting_for_scan`. */
  readonly outcome: string
  /**
   * The JSON of the answer as a text of at most 4 KB, cleaned of tokens, whole card numbers and control
   * characters; null when the answer was no JSON.
   */
  readonly said: string | null
}

/** Takes an exchange to be kept. Never throws, never waits. */
export type Hear = (exchange: Exchange) => void

/** Whose exchange it is. */
export interface ExchangeOf {
  readonly paymentId: string
  readonly attemptId: string
  readonly terminalId: number
}

/** What the middle hands the exchanges to. */
export interface Exchanges {
  of(subject: ExchangeOf): Hear
}

export interface NewExchange extends Exchange, ExchangeOf {
  /** So many equal ones in a row, the last of them at `lastAtMs`. */
  readonly repeats: number
  readonly lastAtMs: Moment
}

/** More of the same as a line that is kept already. */
export interface MoreOfSame {
  readonly id: string
  readonly repeats: number
  readonly lastAtMs: Moment
}

export interface ExchangeLine extends NewExchange {
  readonly id: string
}

export interface ExchangeStore {
  /** @returns the ids of the new lines, in their order. */
  keep(fresh: readonly NewExchange[], more: readonly MoreOfSame[]): Promise<string[]>
  /** The last `limit` of a payment, oldest first. */
  ofPayment(paymentId: string, limit: number): Promise<ExchangeLine[]>
}
