// A pretend merchant: creates payments at the centre once it has an account there, keeps the webhooks that
// it was sent, as they came, and checks their signature the two documented ways. It must never trust an
// unsigned one.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isoTime, nowMs } from '../clock.ts'
import { type Account, askPayment, createPayment, refundPayment, type Told } from './merchant.ts'
import { newOrder, type Order, told } from './order.ts'

/** The oldest are forgotten: this is a window to look through, not a record. */
const KEPT_WEBHOOKS = 200
const KEPT_ORDERS = 50
/** The centre answers about one payment once a second. */
const ASK_AGAIN_MS = 1_200
/** The centre is asked about so many of the newest orders. */
const WATCHED_ORDERS = 4

export interface ReceivedWebhook {
  readonly at: string
  readonly id: string
  readonly signature: string
  /** The exact text. */
  readonly text: string
  readonly body: unknown
}

export interface CheckedWebhook extends ReceivedWebhook {
  /** Over the raw body, as the documented PHP receiver does; null without a secret. */
  readonly raw_body_verified: boolean | null
  /** Over `JSON.stringify(JSON.parse(body))`, as the documented Node receiver does. */
  readonly parsed_body_verified: boolean | null
}

export class Shop {
  readonly #webhooks: ReceivedWebhook[] = []
  #orders: readonly Order[] = []
  #account: Account | null = null
  #askedAtMs = 0

  /** Its orders were another centre's when the account changes. */
  open(account: Account): void {
    if (account.apiToken !== this.#account?.apiToken) this.#orders = []
    this.#account = account
  }

  receive(headers: IncomingHttpHeaders, text: string, body: unknown): void {
    const webhook: ReceivedWebhook = {
      at: isoTime(nowMs()),
      id: single(headers['webhook-id']),
      signature: single(headers['x-webhook-signature']),
      text,
      body,
    }
    this.#webhooks.push(webhook)
    if (this.#webhooks.length > KEPT_WEBHOOKS) this.#webhooks.shift()
  }

  /** Newest last; each is checked with the secret given, or with that of the shop's own account. */
  webhooks(secret: string | null = null): readonly CheckedWebhook[] {
    const key = secret ?? this.#account?.webhookSecret ?? null
    return this.#webhooks.map((webhook) => ({
      ...webhook,
      raw_body_verified: key === null ? null : isSigned(webhook.signature, webhook.text, key),
      parsed_body_verified:
        key === null ? null : isSigned(webhook.signature, JSON.stringify(webhook.body), key),
    }))
  }

  /** Newest last, as the centre told of them last. */
  get orders(): readonly Order[] {
    return this.#orders
  }

  async order(amountTenge: number, description: string): Promise<Told<Order>> {
    if (this.#account === null) return NO_ACCOUNT
    const made = await createPayment(this.#account, amountTenge, description)
    if (!made.ok) return made
    const order = newOrder(made.data, { amountTenge, description, at: isoTime(nowMs()) })
    this.#orders = [...this.#orders, order].slice(-KEPT_ORDERS)
    return { ok: true, data: order }
  }

  async refund(id: string): Promise<Told<unknown>> {
    if (this.#account === null) return NO_ACCOUNT
    return refundPayment(this.#account, id, `${id} ${nowMs()}`)
  }

  /** Asks the centre about the newest orders, unless it was asked a moment ago. */
  async askAgain(): Promise<void> {
    const account = this.#account
    if (account === null || nowMs() - this.#askedAtMs < ASK_AGAIN_MS) return
    this.#askedAtMs = nowMs()
    const watched = this.#orders.slice(-WATCHED_ORDERS)
    await Promise.all(watched.map(({ id }) => this.#askAbout(account, id)))
  }

  async #askAbout(account: Account, id: string): Promise<void> {
    const answer = await askPayment(account, id)
    if (!answer.ok) return
    this.#orders = this.#orders.map((order) => (order.id === id ? told(order, answer.data) : order))
  }
}

const NO_ACCOUNT = {
  ok: false,
  status: 409,
  message: 'У магазина ещё нет счёта в платёжном центре',
} as const

function single(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? ''
}

function isSigned(signature: string, text: string, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
