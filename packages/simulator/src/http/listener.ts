// A loopback HTTP or HTTPS server that can lose its port for a while and get the same one back. It must
// never listen on an address that other machines reach: nothing here asks who is calling.

import { once } from 'node:events'
import {
  createServer as createWebServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import { type AddressInfo, createServer as createPort, type Server, type Socket } from 'node:net'
import type { Certificates } from './certificates.ts'

const LOOPBACK_HOSTS = /^(127(\.\d{1,3}){3}|localhost|::1)$/
/** How long the same port is waited for, if someone took it while it was closed. */
const REOPEN_RETRY_MS = 200
/** Longer than the longest delay that a fault may ask for. */
const SILENCE_LIMIT_MS = 900_000

export interface ListenerOptions {
  /** HTTPS with the current one of these; plain HTTP without. */
  readonly certificates?: Certificates | null
  /** Asked at each new connection; true leaves it without a word until the client gives up. */
  readonly isDeaf?: () => boolean
}

export class Listener {
  readonly host: string
  /** Takes the connections, so that one can be left hanging even before a TLS handshake. */
  readonly #door: Server
  readonly #web: ReturnType<typeof createWebServer> | SecureServer
  readonly #certificates: Certificates | null
  readonly #isDeaf: () => boolean
  readonly #connections = new Set<Socket>()
  #port: number
  #closed = false

  constructor(host: string, port: number, handle: Handler, options: ListenerOptions = {}) {
    if (!LOOPBACK_HOSTS.test(host)) {
      throw new Error(`the simulator listens on loopback only, not on ${host}`)
    }
    this.host = host
    this.#port = port
    this.#certificates = options.certificates ?? null
    this.#isDeaf = options.isDeaf ?? (() => false)
    const listener = asListener(handle)
    this.#web =
      this.#certificates === null ? createWebServer(listener) : createSecureServer({}, listener)
    this.#web.setTimeout(SILENCE_LIMIT_MS)
    this.#door = createPort({ allowHalfOpen: true, noDelay: true }, (socket) => this.#take(socket))
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    const scheme = this.#certificates === null ? 'http' : 'https'
    const host = this.host.includes(':') ? `[${this.host}]` : this.host
    return `${scheme}://${host}:${this.#port}`
  }

  async open(): Promise<void> {
    await this.#certificates?.prepare()
    this.showCertificate()
    this.#door.listen(this.#port, this.host)
    await once(this.#door, 'listening')
    const address: AddressInfo | string | null = this.#door.address()
    if (address !== null && typeof address === 'object') this.#port = address.port
  }

  /** Takes the current certificate into use for connections to come, and cuts those that are open. */
  showCertificate(): void {
    if (this.#certificates === null || !('setSecureContext' in this.#web)) return
    this.#web.setSecureContext(this.#certificates.current)
    this.#cutAll()
  }

  /** New connections are refused and open ones cut; resolves when the port is closed. */
  async shut(): Promise<void> {
    if (!this.#door.listening) return
    const closed = once(this.#door, 'close')
    this.#door.close()
    this.#cutAll()
    await closed
  }

  async reopen(sleep: (ms: number) => Promise<void>): Promise<void> {
    while (!this.#closed && !this.#door.listening) {
      try {
        await this.open()
      } catch {
        await sleep(REOPEN_RETRY_MS)
      }
    }
    // The simulator may have been closed while the port was being taken.
    if (this.#closed) await this.shut()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.shut()
  }

  #take(socket: Socket): void {
    this.#connections.add(socket)
    socket.once('close', () => this.#connections.delete(socket))
    socket.on('error', () => socket.destroy())
    if (this.#isDeaf()) {
      // What comes is thrown away, or the client's leaving would never be noticed.
      socket.resume().once('end', () => socket.destroy())
      socket.setTimeout(SILENCE_LIMIT_MS, () => socket.destroy())
    } else {
      this.#web.emit('connection', socket)
    }
  }

  #cutAll(): void {
    for (const socket of this.#connections) socket.destroy()
  }
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** A fault of the simulator itself cuts the connection; it must never look like an answer. */
function asListener(handle: Handler): RequestListener {
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  }
}
