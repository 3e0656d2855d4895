// A pretend merchant: keeps the webhooks that it was sent, as they came, and checks their signature
// the two documented ways once it has been told the secret. It must never trust an unsigned one.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { nowMs } from '../clock.ts'

/** The oldest are forgotten: this is a window to look through, not a record. */
const KEPT_WEBHOOKS = 200

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

  receive(headers: IncomingHttpHeaders, text: string, body: unknown): void {
    const webhook: ReceivedWebhook = {
      at: new Date(nowMs()).toISOString(),
      id: single(headers['webhook-id']),
      signature: single(headers['x-webhook-signature']),
      text,
      body,
    }
    this.#webhooks.push(webhook)
    if (this.#webhooks.length > KEPT_WEBHOOKS) this.#webhooks.shift()
  }

  /** Newest last; with the source's webhook secret each is checked. */
  webhooks(secret: string | null): readonly CheckedWebhook[] {
    return this.#webhooks.map((webhook) => ({
      ...webhook,
      raw_body_verified: secret === null ? null : isSigned(webhook.signature, webhook.text, secret),
      parsed_body_verified:
        secret === null ? null : isSigned(webhook.signature, JSON.stringify(webhook.body), secret),
    }))
  }
}

function single(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? ''
}

function isSigned(signature: string, text: string, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
