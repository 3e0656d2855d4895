// The pretend bank behind Kaspi QR API, on its wire: HTTP or HTTPS that asks for a certificate. The wire is
// written here a second time, from the protocol page alone, so that a misreading of the driver cannot pass.

import { once } from 'node:events'
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { Timers } from '../clock.ts'
import { BANK_ACCOUNT, BankBooks, type BankScan, type BankTimes } from './bank-books.ts'
import { type ArmedBankFault, type BankCall, BankFaults } from './bank-faults.ts'
import type { BankPayment } from './payment.ts'
import { type Body, type Called, type Reply, refusal, routeOf } from './routes.ts'

export interface BankOptions extends BankTimes {
  readonly host?: string
  /** PEM; with it the server asks every caller for a certificate. Without it, plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientAuthority: string }
}

const SILENCE_MS = 60_000
const BODY_BYTES = 64 * 1024

export class BankServer {
  /** Every call that was heard, in order. */
  readonly calls: { readonly path: string; readonly body: Body }[] = []
  readonly #options: BankOptions
  readonly #timers = new Timers()
  readonly #faults = new BankFaults()
  readonly #books: BankBooks
  readonly #server: Server

  constructor(options: BankOptions) {
    this.#options = options
    this.#books = new BankBooks(options, this.#faults, this.#timers)
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(() => response.destroy())
    }
    const { tls } = options
    this.#server =
      tls === undefined
        ? createPlainServer(handle)
        : createSecureServer(
            {
              cert: tls.cert,
              key: tls.key,
              ca: tls.clientAuthority,
              requestCert: true,
              rejectUnauthorized: false,
            },
            handle,
          )
  }

  async open(): Promise<void> {
    this.#server.listen(0, this.#options.host ?? '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    const scheme = this.#options.tls === undefined ? 'http' : 'https'
    return `${scheme}://${this.#options.host ?? '127.0.0.1'}:${this.port}`
  }

  async close(): Promise<void> {
    this.#timers.stop()
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  get payments(): readonly BankPayment[] {
    return this.#books.payments
  }

  arm(fault: ArmedBankFault): void {
    this.#faults.arm(fault)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  forgetDevices(): void {
    this.#books.forgetDevices()
  }

  scan(code: string, scan: BankScan = {}): boolean {
    return this.#books.scan(code, scan)
  }

  paymentBy(code: string): BankPayment | undefined {
    return this.#books.paymentBy(code)
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const body = await readJson(request)
    const path = request.url ?? ''
    const called = routeOf(request.method ?? '', path)
    const call: BankCall = called?.call ?? 'other'
    if (this.#faults.take(call, ['silent_before']) !== null) return this.#keepSilent(response)
    this.calls.push({ path, body })
    const wrong = this.#faults.take(call, ['error'])
    const isNonsense = this.#faults.take(call, ['nonsense']) !== null
    const reply = wrong !== null ? refusal(wrong.code ?? -999) : this.#reply(request, called, body)
    if (this.#faults.take(call, ['silent_after']) !== null) return this.#keepSilent(response)
    // A wrong key is turned away by a gateway, which knows no codes of the bank.
    const isDenied = reply.StatusCode === 401
    const text = isNonsense || isDenied ? '<html></html>' : JSON.stringify(reply)
    response.writeHead(isDenied ? 401 : 200, { 'content-type': 'application/json' })
    response.end(text)
  }

  #keepSilent(response: ServerResponse): void {
    this.#timers.after(SILENCE_MS, () => response.destroy())
  }

  #reply(request: IncomingMessage, called: Called | null, body: Body): Reply {
    if (called === null) return refusal(-999)
    const { scheme } = called
    if (scheme === 'r1' && request.headers['api-key'] !== BANK_ACCOUNT.apiKey) return refusal(401)
    const { socket } = request
    const isKnown = socket instanceof TLSSocket && socket.authorized
    if (scheme !== 'r1' && !isKnown) return refusal(-10_000)
    const isOfNobody = body['OrganizationBin'] !== BANK_ACCOUNT.organizationBin
    if (scheme === 'r3' && called.isPost && isOfNobody) return refusal(-1503)
    return this.#books.reply(called, body)
  }
}

async function readJson(request: IncomingMessage): Promise<Body> {
  let read = ''
  for await (const chunk of request) {
    read += String(chunk)
    if (read.length > BODY_BYTES) throw new Error('too much')
  }
  return read === '' ? {} : JSON.parse(read)
}

/** On any free port; close it. */
export async function startBank(options: BankOptions = {}): Promise<BankServer> {
  const bank = new BankServer(options)
  await bank.open()
  return bank
}
