// HTTP to the terminals. It tells what came back and never what it means. No redirect is followed and
// nothing is repeated; a start call has a connection of its own and leaves nothing behind it.

import { Agent, Client, type Dispatcher } from 'undici'
import { withDeadline } from '../deadline.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import { ForbiddenAddressError, guardedConnector } from '../guarded-connector.ts'
import { readBody } from '../read-body.ts'
import type { DeviceCall } from './calls.ts'
import type { DeviceLimits } from './limits.ts'
import { oneConnection } from './one-connection.ts'

/** `cause` is a code of ours, of Node or of undici, for the log alone; no byte of the device. */
export type CallResult =
  /** The whole answer arrived, whatever it says. */
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly body: Uint8Array }
  /** Proved: no connection was made, nothing was sent. */
  | { readonly kind: 'not_connected'; readonly forbidden: boolean; readonly cause: string }
  /** Something may have been sent; no whole answer within the limits came back. */
  | { readonly kind: 'no_answer'; readonly cause: string }

export interface Transport {
  /**
   * A question that may be asked again: connections are shared and kept for a while. Whether one was
   * made is not proved here, but for an address where none was tried because none may be.
   */
  ask(call: DeviceCall, limitMs: number, signal: AbortSignal): Promise<CallResult>
  /** A call that must not be made twice: it proves whether a connection was made. */
  sendOnce(call: DeviceCall, limitMs: number): Promise<CallResult>
  close(): Promise<void>
}

/** Two per device: a status question must not wait behind a hanging `stop`. */
const CONNECTIONS_PER_DEVICE = 2
/** Shorter than the time for which small web servers keep an idle connection. */
const KEEP_ALIVE_MS = 3_000

export function openTransport(networks: DeviceNetworks, limits: DeviceLimits): Transport {
  const connector = guardedConnector(networks, limits.connectMs)
  const agent = new Agent({
    connect: connector,
    connections: CONNECTIONS_PER_DEVICE,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  })

  return {
    async ask(call, limitMs, signal) {
      try {
        return await withDeadline(limitMs, signal, (deadline) =>
          request(agent, call, limits.answerBytes, deadline),
        )
      } catch (error) {
        const cause = causeOf(error)
        return error instanceof ForbiddenAddressError
          ? { kind: 'not_connected', forbidden: true, cause }
          : { kind: 'no_answer', cause }
      }
    },

    async sendOnce(call, limitMs) {
      const connection = oneConnection(connector)
      let client: Client | null = null
      try {
        // Pipelining 0 is undici's way to say "one request, then close".
        const fresh = new Client(call.origin, { connect: connection.connect, pipelining: 0 })
        client = fresh
        return await withDeadline(limitMs, null, (deadline) =>
          request(fresh, call, limits.answerBytes, deadline),
        )
      } catch (error) {
        const cause = causeOf(error)
        if (connection.wasMade()) return { kind: 'no_answer', cause }
        const forbidden = error instanceof ForbiddenAddressError
        return { kind: 'not_connected', forbidden, cause }
      } finally {
        // Not awaited: the answer is known, and closing may wait for a hanging device.
        client?.destroy().catch(() => {})
      }
    },

    close: () => agent.destroy(),
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
    method: 'GET',
    headers: call.headers,
    // The deadline bounds the whole call; undici's own two limits would only blur it.
    headersTimeout: 0,
    bodyTimeout: 0,
    signal,
  })
  const body = await readBody(answer.body, limitBytes)
  return body === null
    ? { kind: 'no_answer', cause: 'ANSWER_TOO_LONG' }
    : { kind: 'answered', httpStatus: answer.statusCode, body }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
