// One try of one webhook over HTTP (W4–W6). It never throws, never follows a redirect, never logs what a
// receiver answers, hands on no more than its start, and never says `delivered` without a 2xx.

import { signWebhook } from '@byfly-pay/contract'
import { RETRY_AFTER_LIMIT_MS, SECOND_MS } from '@byfly-pay/core'
import type { Dispatcher } from 'undici'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { WebhookCall, WebhookOutcome, WebhookSender } from '../ports/webhook-sender.ts'
import { startOfAnswer } from './answer-start.ts'
import { createDestinations } from './destinations.ts'
import { createHttpClient, type Lookup, NotConnected } from './http-client.ts'
import { within } from './within.ts'

/** Resolving, connecting, sending and the answer's headers together (W4). */
export const WEBHOOK_TIMEOUT_MS = 10 * SECOND_MS
const USER_AGENT = 'ByFlyPay-Webhooks/1'
const TEST_MARK = { 'X-Webhook-Test': 'true' } as const

export interface WebhookSenderOptions {
  /** CIDRs of `BYFLY_WEBHOOK_NETWORKS`; in demo mode the loopback ones. */
  readonly networks: readonly string[]
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs?: number
  readonly lookup?: Lookup
  /** PEM certificates trusted beside the usual ones. */
  readonly extraCa?: readonly string[]
}

export interface OpenWebhookSender extends WebhookSender {
  /** Ends the kept connections and the calls still on their way. */
  close(): Promise<void>
}

/** @throws when an entry of `networks` is not a CIDR */
export function createWebhookSender(options: WebhookSenderOptions): OpenWebhookSender {
  const { clock, log, timeoutMs = WEBHOOK_TIMEOUT_MS } = options
  const destinations = createDestinations(options.networks)
  const client = createHttpClient({ ...options, destinations, timeoutMs })

  return {
    refusalOf: destinations.refusalOf,
    close: () => client.destroy(),
    async send(call, signal) {
      try {
        // Asked again: the configuration may have changed since the payment was made.
        const refusal = destinations.refusalOf(call.url)
        if (refusal !== null)
          return failed(refusal === 'address' ? 'forbidden_address' : 'forbidden_url')
        return await within(timeoutMs, signal, (ending) => post(client, clock, call, ending))
      } catch (error) {
        if (signal.aborted) return failed('aborted')
        const reason = reasonOf(error)
        if (reason === 'unknown') {
          log.error({ delivery: call.id, code: codeOf(error) }, 'Вебхук не отправлен')
        }
        return failed(reason)
      }
    },
  }
}

async function post(
  client: Dispatcher,
  clock: Clock,
  call: WebhookCall,
  ending: AbortSignal,
): Promise<WebhookOutcome> {
  const url = new URL(call.url)
  const answer = await client.request({
    method: 'POST',
    origin: url.origin,
    path: url.pathname + url.search,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': USER_AGENT,
      ...(call.isTest === true ? TEST_MARK : {}),
      ...(call.traceparent == null ? {} : { traceparent: call.traceparent }),
      ...signWebhook(call),
    },
    body: call.body,
    signal: ending,
  })
  const { statusCode: httpStatus } = answer
  const outcome: WebhookOutcome =
    httpStatus >= 200 && httpStatus < 300
      ? { kind: 'delivered', httpStatus }
      : {
          kind: 'failed',
          httpStatus,
          reason: isRedirect(httpStatus) ? 'redirect' : 'http_status',
          retryAfterMs: retryAfterMs(answer.headers['retry-after'], clock.now()),
        }
  // The headers have decided. A body that is endless, slow or cut off changes nothing any more.
  const said = await startOfAnswer(answer.body, ending)
  return said === '' ? outcome : { ...outcome, answer: said }
}

function failed(reason: string): WebhookOutcome {
  return { kind: 'failed', httpStatus: null, reason, retryAfterMs: null }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** The one date format that RFC 9110 lets a sender write; `Date.parse` alone reads nearly anything. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * How long a receiver asks to be left alone, in milliseconds from 0 to `RETRY_AFTER_LIMIT_MS`; null
 * when it does not say so in one of the two forms of RFC 9110.
 */
export function retryAfterMs(header: string | string[] | undefined, nowMs: number): number | null {
  if (typeof header !== 'string') return null
  const text = header.trim()
  const wait = /^\d+$/.test(text)
    ? Number(text) * SECOND_MS
    : HTTP_DATE.test(text)
      ? Date.parse(text) - nowMs
      : Number.NaN
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), RETRY_AFTER_LIMIT_MS)
}

/** Words of the port for what Node and undici say; `unknown` is a fault of ours and is logged. */
function reasonOf(error: unknown): string {
  if (error instanceof NotConnected) return error.reason
  const code = codeOf(error)
  const known = REASONS.find(([pattern]) => pattern.test(code))
  return known === undefined ? 'unknown' : known[1]
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/, 'unreachable'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, 'reset'],
  // undici gives some of its parser errors no code, only their name.
  [/^(HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_)/, 'bad_answer'],
  [/^(EPROTO|ERR_TLS_|ERR_SSL_|ERR_OSSL_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_)/, 'tls'],
  [/(^|_)(CERT|CERTIFICATE|CRL|ISSUER|SIGNATURE|CHAIN|HOSTNAME_MISMATCH)(_|$)/, 'tls'],
  // The centre is being stopped: nothing can be said about this try.
  [/^UND_ERR_(DESTROYED|CLOSED)$/, 'aborted'],
]

/** Several addresses were tried: the first failure stands for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (!(error instanceof Error)) return ''
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
