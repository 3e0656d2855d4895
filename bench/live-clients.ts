// Thousands of clients in a process of their own for bench/live.ts: bare sockets, so that the clients cost
// little beside the server. Tells which socket was sent news, and when by the machine's own clock.

import { connect, type Socket } from 'node:net'

/** `bare` are idle sockets on a bare Fastify, `page` the streams of open payment pages. */
export type Kind = 'bare' | 'idle' | 'stream' | 'poll' | 'page'

export interface Orders {
  readonly kind: Kind
  readonly port: number
  /** One client each, with the token of the payment's source. */
  readonly clients: readonly { readonly token: string; readonly transactionId: string }[]
}

/** Socket → nanoseconds of the monotonic clock, which all processes of a machine share. */
export type Arrivals = readonly (readonly [client: number, atNs: string])[]

const TOGETHER = 100
const FLUSH_MS = 10

const PATHS: Readonly<Record<Kind, string>> = {
  bare: '/api/payment/:id/status',
  idle: '/api/payment/:id/status',
  stream: '/api/payment/:id/events',
  poll: '/api/payment/:id/status?wait=25',
  page: '/pay/:id/events',
}

let sockets: Socket[] = []
let arrivals: [number, string][] = []

setInterval(() => {
  if (arrivals.length === 0) return
  process.send?.(arrivals)
  arrivals = []
}, FLUSH_MS)

/** Resolves when the client waits: for a poll that is when it has asked. */
function open({ clients, kind, port }: Orders, n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    let isWaiting = kind === 'poll'
    socket.on('error', reject)
    socket.on('connect', () => {
      const { token = '', transactionId = '' } = clients[n] ?? {}
      // Each customer has an address of his own, as behind a proxy.
      socket.write(
        `GET ${PATHS[kind].replace(':id', transactionId)} HTTP/1.1\r\nHost: bench\r\n` +
          `X-API-Token: ${token}\r\nX-Forwarded-For: 10.1.${n >> 8}.${n & 255}\r\n\r\n`,
      )
      if (isWaiting) resolve()
    })
    socket.on('data', (bytes) => {
      const atNs = process.hrtime.bigint()
      // A head alone, or a heartbeat, is no news.
      if (!bytes.includes('"status"') && !bytes.includes('"transaction_id"')) return
      if (isWaiting) arrivals.push([n, String(atNs)])
      isWaiting = true
      resolve()
    })
  })
}

async function openAll(orders: Orders): Promise<void> {
  const { length } = orders.clients
  for (let from = 0; from < length; from += TOGETHER) {
    const count = Math.min(TOGETHER, length - from)
    await Promise.all(Array.from({ length: count }, (_, n) => open(orders, from + n)))
  }
}

function closeAll(): void {
  for (const socket of sockets) socket.destroy()
  sockets = []
}

process.on('message', async (orders: Orders | null) => {
  if (orders === null) closeAll()
  else await openAll(orders)
  process.send?.('done')
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
