// Sends one drawn request as it is, learns the numbers of what it made, and tells it as a line of curl. Whoever
// waits longer than a client would is left, as clients do.

import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import type { Answer } from './judge.ts'
import type { FuzzRequest, PathPart } from './requests.ts'
import type { Target } from './target.ts'

const PATIENCE_MS = 3_000
const TEXT_LIMIT = 4_000_000

/** What stands before an id in a path → its parameter's name. */
const NOUNS: Readonly<Record<string, string>> = {
  sources: 'source_id',
  terminals: 'terminal_id',
  admins: 'admin_id',
  refunds: 'refund_id',
  refund: 'refund_id',
  deliveries: 'delivery_id',
  replays: 'replay_id',
  statements: 'statement_id',
  'saved-views': 'view_id',
  'payment-methods': 'method_id',
  rates: 'rate_id',
  'alert-recipients': 'recipient_id',
  sessions: 'session_id',
  desks: 'entry_id',
  attempts: 'attempt_id',
  entries: 'entry_id',
}

export type Sent = Answer | 'left'

export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  readonly #target: Target

  constructor(target: Target) {
    this.#target = target
  }

  async send(request: FuzzRequest): Promise<Sent> {
    const answer = await this.#ask(request)
    if (answer !== 'left' && answer.status < 300) this.#learnFrom(request, answer)
    return answer
  }

  close(): void {
    this.#agent.destroy()
  }

  curl(request: FuzzRequest): string {
    const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
    const words = [
      'curl -i --path-as-is',
      `-X ${methodOf(request)}`,
      ...headers.map((header) => `-H ${quoted(header)}`),
      ...(request.body === null ? [] : [`--data-binary ${quoted(request.body)}`]),
      quoted(`$URL${this.#path(request)}`).replace('$URL', `'"$URL"'`),
    ]
    return `${words.join(' ')}  # as ${request.caller}`
  }

  #ask(request: FuzzRequest): Promise<Sent> {
    const { body } = request
    const headers = {
      ...request.headers,
      ...this.#target.headersOf(request.caller),
      ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    }
    return new Promise((resolve, reject) => {
      const call = httpRequest(this.#target.url, {
        agent: this.#agent,
        method: methodOf(request),
        path: this.#path(request),
        headers,
      })
      const patience = setTimeout(() => {
        resolve('left')
        call.destroy()
      }, PATIENCE_MS)
      call.on('response', (response) => {
        readAnswer(response).then(
          (answer) => {
            clearTimeout(patience)
            resolve(answer)
            if (answer.text === null) call.destroy()
          },
          (error: unknown) => {
            clearTimeout(patience)
            reject(error)
          },
        )
      })
      call.on('error', (error) => {
        clearTimeout(patience)
        reject(error)
      })
      call.end(body ?? undefined)
    })
  }

  #path({ operation, path, query, twist }: FuzzRequest): string {
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent(this.#textOf(name, path[name]).toWellFormed()),
    )
    const pairs = query.map((pair) =>
      pair.map((each) => encodeURIComponent(each.toWellFormed())).join('='),
    )
    const whole = twist?.kind === 'path' ? `${filled}${twist.path}` : filled
    return pairs.length === 0 ? whole : `${whole}?${pairs.join('&')}`
  }

  #textOf(name: string, part: PathPart | undefined): string {
    if (part === undefined) return '1'
    return 'known' in part ? this.#target.known(name, part.known) : part.text
  }

  #learnFrom({ operation }: FuzzRequest, { headers, text }: Answer): void {
    const isJson = String(headers['content-type']).startsWith('application/json')
    if (!isJson || text === null || text === '') return
    const noun = operation.path.split('/').findLast((part) => part in NOUNS) ?? ''
    this.#learn(JSON.parse(text), noun)
  }

  #learn(value: unknown, noun: string): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value)) {
      if (key === 'transaction_id' && typeof each === 'string') this.#target.learn(key, each)
      else if (key === 'id' && noun in NOUNS) this.#target.learn(NOUNS[noun] ?? '', String(each))
      else this.#learn(each, key in NOUNS ? key : noun)
    }
  }
}

function methodOf({ operation, twist }: FuzzRequest): string {
  return twist?.kind === 'method' ? twist.method : operation.method
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response
  if (String(headers['content-type']).startsWith('text/event-stream')) {
    response.destroy()
    return { status, headers, text: null }
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    if (length > TEXT_LIMIT) throw new Error(`an answer of more than ${TEXT_LIMIT} bytes`)
    chunks.push(chunk)
  }
  return { status, headers, text: Buffer.concat(chunks).toString('utf8') }
}
