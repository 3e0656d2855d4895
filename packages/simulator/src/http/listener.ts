// A loopback HTTP server that can lose its port for a while and get the same one back. It must never
// listen on an address that other machines reach: nothing here asks who is calling.

import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

const LOOPBACK_HOSTS = /^(127(\.\d{1,3}){3}|localhost|::1)$/
/** How long the same port is waited for, if someone took it while it was closed. */
const REOPEN_RETRY_MS = 200

export class Listener {
  readonly host: string
  readonly #server: Server
  #port: number
  #closed = false

  constructor(host: string, port: number, handle: Handler) {
    if (!LOOPBACK_HOSTS.test(host)) {
      throw new Error(`the simulator listens on loopback only, not on ${host}`)
    }
    this.host = host
    this.#port = port
    this.#server = createServer(asListener(handle))
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host
    return `http://${host}:${this.#port}`
  }

  async open(): Promise<void> {
    this.#server.listen(this.#port, this.host)
    await once(this.#server, 'listening')
    const address: AddressInfo | string | null = this.#server.address()
    if (address !== null && typeof address === 'object') this.#port = address.port
  }

  /** New connections are refused and open ones cut; resolves when the port is closed. */
  async shut(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async reopen(sleep: (ms: number) => Promise<void>): Promise<void> {
    while (!this.#closed && !this.#server.listening) {
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
