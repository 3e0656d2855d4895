// A shop that webhooks go to: keeps all that arrives, as it came, and misbehaves for as many tries of a
// payment as it is told. What it took before it misbehaved is kept too.

import { createHmac } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const MISCHIEF = [
  'hangs',
  'answers_500',
  'answers_301',
  'answers_410',
  'answers_429',
  'answers_hugely',
  'resets_after_processing',
] as const
export type Mischief = (typeof MISCHIEF)[number]

export interface ReceivedWebhook {
  readonly id: string
  readonly transactionId: string
  readonly event: string
  readonly sequence: number
  readonly text: string
  readonly isSigned: boolean
  /** Whether it was answered as the centre needs it. */
  readonly isAccepted: boolean
}

export interface Receiver {
  readonly url: string
  readonly received: readonly ReceivedWebhook[]
  setSecret(secret: string): void
  misbehave(transactionId: string, mischief: Mischief, tries: number): void
  behave(): void
  close(): Promise<void>
}

const HUGE_BYTES = 20_000_000

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = []
  const armed = new Map<string, { mischief: Mischief; left: number }>()
  const hanging = new Set<ServerResponse>()
  let secret = ''

  function mischiefFor(transactionId: string): Mischief | null {
    const fault = armed.get(transactionId)
    if (fault === undefined || fault.left === 0) return null
    fault.left -= 1
    return fault.mischief
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body = JSON.parse(text)
    const mischief = mischiefFor(body.transaction_id)
    received.push({
      id: String(request.headers['webhook-id']),
      transactionId: body.transaction_id,
      event: body.event,
      sequence: body.sequence,
      text,
      isSigned:
        request.headers['x-webhook-signature'] ===
        createHmac('sha256', secret).update(text).digest('hex'),
      isAccepted: mischief === null || mischief === 'answers_hugely',
    })
    if (mischief === 'hangs') hanging.add(response)
    else answer(response, mischief)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    setSecret(value) {
      secret = value
    },
    misbehave: (transactionId, mischief, tries) => {
      armed.set(transactionId, { mischief, left: tries })
    },
    behave() {
      armed.clear()
      for (const response of hanging) response.destroy()
      hanging.clear()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(response: ServerResponse, mischief: Exclude<Mischief, 'hangs'> | null): void {
  switch (mischief) {
    case null:
      response.writeHead(200).end('ok')
      return
    case 'answers_500':
      response.writeHead(500).end()
      return
    case 'answers_301':
      response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end()
      return
    case 'answers_410':
      response.writeHead(410).end()
      return
    case 'answers_429':
      response.writeHead(429, { 'retry-after': '1' }).end()
      return
    case 'answers_hugely':
      response.writeHead(200).end(Buffer.alloc(HUGE_BYTES, 120))
      return
    case 'resets_after_processing':
      response.socket?.resetAndDestroy()
  }
}
