// HTTP to devices and to banks' own servers. It tells what came back and never what it means. No redirect
// is followed and nothing is repeated; a start call has a connection of its own and leaves nothing behind it.

import type { Moment } from '@byfly-pay/core'
import { Agent, type buildConnector, Client, type Dispatcher } from 'undici'
import { withDeadline } from './deadline.ts'
import type { DeviceNetworks } from './device-networks.ts'
import {
  type ConnectorLimits,
  ForbiddenAddressError,
  guardedConnector,
} from './guarded-connector.ts'
import { oneConnection } from './one-connection.ts'
import { readBody } from './read-body.ts'
import {
  CertificateChangedError,
  type Credentials,
  isUntrustedCertificate,
  type TlsTrust,
} from './tls-trust.ts'

/** A request: address, trust, what it carries. */
export interface DeviceCall {
  readonly origin: string
  readonly trust: TlsTrust
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON, sent by POST; a call without one is a GET. */
  readonly body?: string
  /** What the caller shows of itself where the other side asks for a certificate. */
  readonly credentials?: Credentials
}

export interface TransportLimits extends ConnectorLimits {
  readonly answerBytes: number
  /** To one device or server at once: a question must not wait behind one that hangs. */
  readonly connections: number
  /** After so many questions a kept connection is replaced, long before it has brought too much. */
  readonly connectionCalls: number
}

/** `cause` is a code of ours, of Node or of undici, for the log alone; no byte of the device. */
export type CallResult =
  /** The whole answer arrived, whatever it says. */
  | {
      readonly kind: 'answered'
      readonly httpStatus: number
      readonly body: Uint8Array
      /** By its own clock, where the answer says it. */
      readonly deviceTimeMs?: Moment
    }
  /** Proved: no connection was made, nothing was sent. */
  | { readonly kind: 'not_connected'; readonly why: NoConnection; readonly cause: string }
  /** Something may have been sent; no whole answer within the limits came back. */
  | { readonly kind: 'no_answer'; readonly cause: string }

export type NoConnection =
  /** No device may be there. */
  | 'forbidden_address'
  /** It is not the one that is pinned. */
  | 'certificate_changed'
  /** No authority vouches for it, or not for this name. */
  | 'certificate_untrusted'
  | 'unreachable'

export interface Transport {
  /**
   * A question that may be asked again: connections are shared and kept for a while. Whether one was
   * made is proved only where the address or the certificate forbade it.
   */
  ask(call: DeviceCall, limitMs: number, signal: AbortSignal): Promise<CallResult>
  /** A call that must not be made twice: it proves whether a connection was made. */
  sendOnce(call: DeviceCall, limitMs: number, signal?: AbortSignal): Promise<CallResult>
  close(): Promise<void>
}

/** More than one office has devices with a pin of their own. */
const AGENTS_LIMIT = 1_000
/** Shorter than the time for which small web servers keep an idle connection. */
const KEEP_ALIVE_MS = 3_000

export function openTransport(networks: DeviceNetworks, limits: TransportLimits): Transport {
  const connectorFor: ConnectorFor = ({ trust, credentials }) =>
    guardedConnector(networks, limits, trust, credentials)
  const agents = new AgentsByParties(connectorFor, limits)

  return {
    async ask(call, limitMs, signal) {
      try {
        return await withDeadline(limitMs, signal, (deadline) =>
          request(agents.of(call), call, limits.answerBytes, deadline),
        )
      } catch (error) {
        const cause = causeOf(error)
        const why = whyNot(error, cause)
        return why === 'unreachable'
          ? { kind: 'no_answer', cause }
          : { kind: 'not_connected', why, cause }
      }
    },

    async sendOnce(call, limitMs, signal) {
      const connection = oneConnection(connectorFor(call))
      let client: Client | null = null
      try {
        // Pipelining 0 is undici's way to say "one request, then close".
        const fresh = new Client(call.origin, { connect: connection.connect, pipelining: 0 })
        client = fresh
        return await withDeadline(limitMs, signal ?? null, (deadline) =>
          request(fresh, call, limits.answerBytes, deadline),
        )
      } catch (error) {
        const cause = causeOf(error)
        if (connection.wasMade()) return { kind: 'no_answer', cause }
        return { kind: 'not_connected', why: whyNot(error, cause), cause }
      } finally {
        // Not awaited: the answer is known, and closing may wait for a hanging device.
        client?.destroy().catch(() => {})
      }
    },

    close: () => agents.close(),
  }
}

/** Who is spoken to, and as whom. */
type Parties = Pick<DeviceCall, 'trust' | 'credentials'>
type ConnectorFor = (parties: Parties) => buildConnector.connector

/** A kept connection was checked once, so none is shared between kinds of trust, or between callers. */
class AgentsByParties {
  readonly #connectorFor: ConnectorFor
  readonly #limits: Pick<TransportLimits, 'connections' | 'connectionCalls'>
  readonly #agents = new Map<string, Agent>()

  constructor(connectorFor: ConnectorFor, limits: TransportLimits) {
    this.#connectorFor = connectorFor
    this.#limits = limits
  }

  of({ credentials, trust }: Parties): Agent {
    const trusted = trust.kind === 'certificate' ? `certificate ${trust.fingerprint}` : trust.kind
    const key = `${trusted} ${credentials?.name ?? ''}`
    const known = this.#agents.get(key)
    if (known !== undefined) return known
    const agent = new Agent({
      connect: this.#connectorFor(credentials === undefined ? { trust } : { trust, credentials }),
      connections: this.#limits.connections,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxRequestsPerClient: this.#limits.connectionCalls,
    })
    this.#agents.set(key, agent)
    this.#dropOldest()
    return agent
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()))
  }

  /** Pins are changed seldom; one that is asked for again is made anew. */
  #dropOldest(): void {
    const [oldest] = this.#agents
    if (this.#agents.size <= AGENTS_LIMIT || oldest === undefined) return
    this.#agents.delete(oldest[0])
    oldest[1].close().catch(() => {})
  }
}

async function request(
  dispatcher: Dispatcher,
  call: DeviceCall,
  limitBytes: number,
  signal: AbortSignal,
): Promise<CallResult> {
  const answer = await dispatcher.request({
    origin: call.origin,
    path: call.path,
    method: call.body === undefined ? 'GET' : 'POST',
    headers: call.headers,
    ...(call.body === undefined ? {} : { body: call.body }),
    // The deadline bounds the whole call; undici's own two limits would only blur it.
    headersTimeout: 0,
    bodyTimeout: 0,
    signal,
  })
  const body = await readBody(answer.body, limitBytes)
  return body === null
    ? { kind: 'no_answer', cause: 'ANSWER_TOO_LONG' }
    : { kind: 'answered', httpStatus: answer.statusCode, body, ...deviceTime(answer.headers) }
}

/** Only the form that HTTP knows: what else may be read as a date is no clock's word. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

function deviceTime({ date }: Dispatcher.ResponseData['headers']) {
  const deviceTimeMs =
    typeof date === 'string' && HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN
  return Number.isNaN(deviceTimeMs) ? {} : { deviceTimeMs }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function whyNot(error: unknown, cause: string): NoConnection {
  if (error instanceof ForbiddenAddressError) return 'forbidden_address'
  if (error instanceof CertificateChangedError) return 'certificate_changed'
  return isUntrustedCertificate(cause) ? 'certificate_untrusted' : 'unreachable'
}
