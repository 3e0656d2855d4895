// How a webhook is signed and checked (W1, W5). It must never print, keep or shorten a secret, and
// never change the body: what is signed is what is sent.

import { createHmac, timingSafeEqual } from 'node:crypto'

const SECRET_PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** 32 bytes are 43 base64 digits and one `=`. */
const SECRET_PATTERN = /^whsec_[A-Za-z0-9+/]{43}=$/
const HEX_SHA256 = /^[0-9a-f]{64}$/

/** Before a secret that an earlier centre gave out; it was never of this form, so it is marked. */
const FORMER_PREFIX = 'former:'

export interface WebhookToSign {
  /**
   * Each `whsec_…`: the current one first, the oldest one last. The last one signs the documented
   * `X-Webhook-Signature`, because a receiver of the documented kind knows one key and changes it
   * by hand some time after a rotation (W1). All of them sign `webhook-signature`.
   */
  readonly secrets: readonly string[]
  /** Id of the delivery, the same on every try. */
  readonly id: string
  /** Whole seconds since the epoch; the moment of this try. */
  readonly timestampSeconds: number
  /** The stored text (W2). */
  readonly body: string
}

export interface WebhookHeaders {
  /** Bare lower-case hex, no `sha256=` before it, as the documentation shows it. */
  readonly 'X-Webhook-Signature': string
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  /** `v1,<base64>` for each secret, separated by spaces (Standard Webhooks). */
  readonly 'webhook-signature': string
}

/**
 * A new secret of a source, `whsec_` + base64. The whole string is the key of the documented
 * verifiers, the decoded bytes are that of Standard Webhooks.
 *
 * @throws when not given exactly 32 random bytes
 */
export function newWebhookSecret(randomBytes32: Uint8Array): string {
  if (randomBytes32.length !== SECRET_BYTES) throw new Error('Секрет вебхука — ровно 32 байта')
  return SECRET_PREFIX + Buffer.from(randomBytes32).toString('base64')
}

/**
 * How a secret of an earlier centre is kept: its receivers know the text itself, so it signs the documented
 * header as it is. One that has the form of this centre's stays what it is.
 *
 * @throws when there is nothing in it
 */
export function formerWebhookSecret(text: string): string {
  if (text === '') throw new Error('Секрет вебхука пуст')
  return SECRET_PATTERN.test(text) ? text : FORMER_PREFIX + text
}

/**
 * The headers of one try.
 *
 * @throws when there is no secret, one of them is neither `whsec_…` nor a former one, or the time is not whole seconds
 */
export function signWebhook(webhook: WebhookToSign): WebhookHeaders {
  const { secrets, id, timestampSeconds, body } = webhook
  const documented = secrets.at(-1)
  if (documented === undefined) throw new Error('Вебхук нечем подписать: нет секрета')
  if (!Number.isSafeInteger(timestampSeconds))
    throw new Error('Время подписи вебхука — целые секунды')
  const standardText = `${id}.${timestampSeconds}.${body}`
  return {
    'X-Webhook-Signature': documentedSignature(body, documented).toString('hex'),
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': secrets
      .map((secret) => `v1,${hmac(decodedKey(secret), standardText).toString('base64')}`)
      .join(' '),
  }
}

/**
 * Whether `header`, the `X-Webhook-Signature` of a request, belongs to this body: for receivers.
 * `body` has to be what came over the wire, before any parser. A missing or malformed header is
 * simply not valid, so that a receiver has one branch.
 */
export function verifyWebhookSignature(
  body: string | Uint8Array,
  header: string | null | undefined,
  secret: string,
): boolean {
  if (typeof header !== 'string' || !HEX_SHA256.test(header)) return false
  return timingSafeEqual(Buffer.from(header, 'hex'), documentedSignature(body, secret))
}

function documentedSignature(body: string | Uint8Array, secret: string): Buffer {
  const isFormer = secret.startsWith(FORMER_PREFIX)
  return hmac(Buffer.from(isFormer ? secret.slice(FORMER_PREFIX.length) : secret, 'utf8'), body)
}

/** Node's decoder skips what is no base64, so a damaged secret would quietly become another key. */
function decodedKey(secret: string): Buffer {
  if (secret.startsWith(FORMER_PREFIX) && secret.length > FORMER_PREFIX.length) {
    return Buffer.from(secret.slice(FORMER_PREFIX.length), 'utf8')
  }
  if (!SECRET_PATTERN.test(secret)) throw new Error('Секрет вебхука — whsec_ и base64 от 32 байтов')
  return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
}

function hmac(key: Uint8Array, text: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
