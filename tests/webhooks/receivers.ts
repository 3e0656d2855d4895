// Real receivers on loopback, and the sender under test with what it needs around it.

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import {
  type AddressInfo,
  createServer as createRawServer,
  type Server as RawServer,
  type Socket,
} from 'node:net'
import type { WebhookCall } from '../../packages/server/src/ports/webhook-sender.ts'
import {
  createWebhookSender,
  type OpenWebhookSender,
  type WebhookSenderOptions,
} from '../../packages/server/src/webhooks/call-endpoint.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const BODY = JSON.stringify({ status: 'paid', description: 'Оплата за тур 🏖' })
export const NOW_MS = Date.UTC(2026, 0, 15, 10, 0, 0)

export interface Received {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly raw: Buffer
  readonly port: number | undefined
  readonly localAddress: string | undefined
}

export interface Receiver {
  readonly port: number
  readonly received: readonly Received[]
  stop(): Promise<void>
}

export interface ReceiverOptions {
  readonly host?: string
  readonly port?: number
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** Keeps what arrives, then lets `answer` do what a receiver of this kind does. */
export async function startReceiver(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
  { host = '127.0.0.1', port = 0, tls }: ReceiverOptions = {},
): Promise<Receiver> {
  const received: Received[] = []
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { remotePort, localAddress } = request.socket
      const raw = Buffer.concat(chunks)
      const { url = '', headers } = request
      received.push({ url, headers, raw, port: remotePort, localAddress })
      answer(response, request)
    })
    // A sender that has given up resets the connection in the middle of an answer.
    response.on('error', () => {})
  }
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.on('tlsClientError', () => {})
  const bound = await listen(server, port, host)
  return {
    port: bound,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Speaks bytes instead of HTTP: for answers that no HTTP server would give. */
export async function startRawReceiver(
  answer: (socket: Socket) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  const server = createRawServer((socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
    socket.once('data', () => answer(socket))
  })
  const port = await listen(server, 0, '127.0.0.1')
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  return { port, stop }
}

async function listen(server: RawServer, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  return (server.address() as AddressInfo).port
}

/** The sender under test; `faults` collects what it logs, which should be nothing. */
export function openSender(
  options: Partial<WebhookSenderOptions> = {},
): OpenWebhookSender & { readonly faults: unknown[] } {
  const faults: unknown[] = []
  const keep = (fields: Record<string, unknown>) => void faults.push(fields)
  const sender = createWebhookSender({
    networks: ['127.0.0.0/8'],
    clock: {
      now: () => NOW_MS,
      sleep: () => Promise.resolve(),
      timeout: (ms) => AbortSignal.timeout(ms),
    },
    log: { info: keep, warn: keep, error: keep },
    timeoutMs: 2_000,
    ...options,
  })
  return { ...sender, faults }
}

export function callTo(url: string, change: Partial<WebhookCall> = {}): WebhookCall {
  const timestampSeconds = Math.floor(Date.now() / 1000)
  return { url, body: BODY, id: 'delivery-1', secrets: [SECRET], timestampSeconds, ...change }
}

/** What `send` answers when it was not delivered. */
export function failed(
  reason: string,
  httpStatus: number | null = null,
  wait: number | null = null,
) {
  return { kind: 'failed', httpStatus, reason, retryAfterMs: wait }
}

/** Stops what a test has started, whether it passed or not. */
export function keeper() {
  const running: { stop(): Promise<void> }[] = []
  return {
    kept<T extends { stop(): Promise<void> }>(receiver: T): T {
      running.push(receiver)
      return receiver
    },
    async stopAll() {
      await Promise.all(running.splice(0).map((each) => each.stop()))
    },
  }
}
