// One call to an SMS gateway over HTTP. It tells what came back and whether anything can have been sent;
// it never follows a redirect, never calls twice, and keeps no connection.

import { buildConnector, Client } from 'undici'

export interface GatewayLimits {
  readonly connectMs: number
  /** The whole call, connecting included. */
  readonly callMs: number
  readonly answerBytes: number
}

export const GATEWAY_LIMITS: GatewayLimits = {
  connectMs: 5_000,
  callMs: 10_000,
  answerBytes: 64 * 1024,
}

export interface GatewayCall {
  /** Of the gateway, without a slash at its end; a path may be part of it. */
  readonly baseUrl: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Fields of the body; without them the call is a GET. */
  readonly form?: Readonly<Record<string, string>>
}

export type GatewayResult =
  /** HTTP 200, and JSON that is an object. */
  | { readonly kind: 'answered'; readonly body: WireObject }
  /** Proved: no connection was made, not a byte was sent. `cause` is a code of Node's or undici's. */
  | { readonly kind: 'not_connected'; readonly cause: string }
  /** Whether the call was carried out is not known. */
  | { readonly kind: 'no_answer'; readonly cause: string }
  | { readonly kind: 'http_status'; readonly cause: string }
  | { readonly kind: 'bad_answer'; readonly cause: string }

export type WireObject = Readonly<Record<string, unknown>>

export async function callGateway(
  call: GatewayCall,
  limits: GatewayLimits,
): Promise<GatewayResult> {
  const url = new URL(call.baseUrl + call.path)
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
  const connection = oneConnection(limits.connectMs)
  // Pipelining 0 is undici's way to say "one request, then close".
  const client = new Client(url.origin, { connect: connection.connect, pipelining: 0 })
  try {
    const answer = await client.request({
      path: url.pathname + url.search,
      signal: AbortSignal.timeout(limits.callMs),
      // The signal bounds the whole call; undici's own two limits would only blur it.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...requestOf(call.form),
    })
    if (answer.statusCode !== 200) {
      return { kind: 'http_status', cause: `HTTP ${answer.statusCode}` }
    }
    const text = await readText(answer.body, limits.answerBytes)
    const body = text === null ? null : objectIn(text)
    return body === null ? { kind: 'bad_answer', cause: 'NO_JSON' } : { kind: 'answered', body }
  } catch (error) {
    return { kind: connection.wasMade() ? 'no_answer' : 'not_connected', cause: causeOf(error) }
  } finally {
    // Not awaited: the answer is known, and closing may wait for a hanging gateway.
    client.destroy().catch(() => {})
  }
}

function requestOf(form: GatewayCall['form']) {
  if (form === undefined) return { method: 'GET' } as const
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(form).toString(),
  } as const
}

/**
 * Whether a byte of the call can have left is told by the connection that the client was given, not by an
 * error's name: those differ by platform, and a reset reads the same before and after the request.
 */
function oneConnection(connectMs: number) {
  const connector = buildConnector({ timeout: connectMs, rejectUnauthorized: true, allowH2: false })
  let isTried = false
  let isMade = false
  let isOver = false
  const connect: buildConnector.connector = (options, callback) => {
    if (isTried) {
      callback(new Error('a text has one connection'), null)
      return
    }
    isTried = true
    connector(options, (error, socket) => {
      if (error !== null) {
        callback(error, null)
      } else if (isOver) {
        socket.on('error', () => {}).destroy()
        callback(new Error('nobody waits for this connection'), null)
      } else {
        isMade = true
        callback(null, socket)
      }
    })
  }
  return {
    connect,
    /** The answer is final: a connection that succeeds after it is thrown away unused. */
    wasMade() {
      isOver = true
      return isMade
    },
  }
}

async function readText(body: AsyncIterable<Buffer>, limitBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of body) {
    sizeBytes += chunk.length
    if (sizeBytes > limitBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function objectIn(text: string): WireObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return asObject(value)
  } catch {
    return null
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

export function asObject(value: unknown): WireObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as WireObject)
    : null
}
