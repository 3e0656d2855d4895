// What both pretend SMS gateways have in common: the messages that were really taken, the money left, and
// the faults that wait for the next calls. It must never send anything anywhere.

import { nowMs } from '../clock.ts'

export const GATEWAYS = ['smsc', 'mobizon'] as const
export type GatewayName = (typeof GATEWAYS)[number]

export const SMS_FAULTS = [
  /** Refuses with `code`. */
  'error',
  /** Answers nothing until the caller has gone. */
  'hang',
  /** Answers what is no JSON. */
  'garbage',
  /** Answers half and cuts the connection. */
  'half',
  /** Answers with an HTTP status of 500. */
  'http_500',
  /** Answers rightly, every number written as a text. */
  'numbers_as_text',
] as const
export type SmsFaultName = (typeof SMS_FAULTS)[number]

export interface SmsFault {
  readonly fault: SmsFaultName
  /** Of `error`. */
  readonly code: number
  /** The next so many calls. */
  readonly times: number
  /** Whether the message is taken all the same, behind the fault; never behind `error`. */
  readonly accepts: boolean
}

/** A message that was taken: a real gateway would have sent it. */
export interface SmsMessage {
  readonly gateway: GatewayName
  readonly id: number
  readonly to: string
  readonly text: string
  readonly from: string | null
  readonly at: string
}

/** The oldest are forgotten: this is a window to look through. */
const KEPT_MESSAGES = 1_000
const MAX_ARMED = 100
const FIRST_ID = 1_001

export class SmsGateways {
  readonly #messages: SmsMessage[] = []
  readonly #armed = new Map<GatewayName, SmsFault[]>()
  readonly #calls = new Map<GatewayName, number>()
  #lastId = FIRST_ID

  /** Newest last. */
  get messages(): readonly SmsMessage[] {
    return this.#messages
  }

  /** Calls to send, taken or not. */
  callsOf(gateway: GatewayName): number {
    return this.#calls.get(gateway) ?? 0
  }

  countCall(gateway: GatewayName): void {
    this.#calls.set(gateway, this.callsOf(gateway) + 1)
  }

  take(gateway: GatewayName, message: Pick<SmsMessage, 'to' | 'text' | 'from'>): SmsMessage {
    this.#lastId += 1
    const at = new Date(nowMs()).toISOString()
    const taken = { gateway, id: this.#lastId, ...message, at }
    this.#messages.push(taken)
    if (this.#messages.length > KEPT_MESSAGES) this.#messages.shift()
    return taken
  }

  /** The last message with that text to that number, which a hasty repetition would double. */
  lastLike(gateway: GatewayName, to: string, text: string): SmsMessage | null {
    const isLike = (message: SmsMessage) =>
      message.gateway === gateway && message.to === to && message.text === text
    return this.#messages.findLast(isLike) ?? null
  }

  /** False when too many are waiting already. */
  arm(gateway: GatewayName, fault: SmsFault): boolean {
    const armed = this.#armed.get(gateway) ?? []
    if (armed.length >= MAX_ARMED) return false
    this.#armed.set(gateway, [...armed, fault])
    return true
  }

  clearFaults(): void {
    this.#armed.clear()
  }

  /** The oldest fault of the gateway, used once by this. */
  takeFault(gateway: GatewayName): SmsFault | null {
    const [oldest, ...rest] = this.#armed.get(gateway) ?? []
    if (oldest === undefined) return null
    const left = { ...oldest, times: oldest.times - 1 }
    this.#armed.set(gateway, left.times > 0 ? [left, ...rest] : rest)
    return oldest
  }
}
