// Thousands of clients in a process of their own for bench/live.ts: bare sockets, so that the clients cost
// little beside the server. Tells which socket was sent news, and when by the machine's own clock.

import { connect, type Socket } from 'node:net'

export type Kind = 'idle' | 'stream' | 'poll'

export interface Orders {
  readonly kind: Kind
  readonly port: number
  readonly token: string
  /** One client each. */
  readonly transactionIds: readonly string[]
}

/** Socket → nanoseconds of the monotonic clock, which all processes of a machine share. */
export type Arrivals = readonly (readonly [client: number, atNs: string])[]

const TOGETHER = 100
const FLUSH_MS = 10

const PATHS: Readonly<Record<Kind, string>> = {
  idle: 'status',
  stream: 'events',
  poll: 'status?wait=25',
}

let sockets: Socket[] = []
let arrivals: [number, string][] = []

setInterval(() => {
  if (arrivals.length === 0) return
  process.send?.(arrivals)
  arrivals = []
}, FLUSH_MS)

/** Resolves when the client waits: for a poll that is when it has asked. */
function open({ kind, port, token }: Orders, transactionId: string, n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    let isWaiting = kind === 'poll'
    socket.on('error', reject)
    socket.on('connect', () => {
      socket.write(
        `GET /api/payment/${transactionId}/${PATHS[kind]} HTTP/1.1\r\n` +
          `Host: bench\r\nX-API-Token: ${token}\r\n\r\n`,
      )
      if (isWaiting) resolve()
    })
    socket.on('data', (bytes) => {
      const atNs = process.hrtime.bigint()
      // A head alone, or a heartbeat, is no news.
      if (!bytes.includes('"transaction_id"')) return
      if (isWaiting) arrivals.push([n, String(atNs)])
      isWaiting = true
      resolve()
    })
  })
}

async function openAll(orders: Orders): Promise<void> {
  const { transactionIds } = orders
  for (let from = 0; from < transactionIds.length; from += TOGETHER) {
    const some = transactionIds.slice(from, from + TOGETHER)
    await Promise.all(some.map((id, n) => open(orders, id, from + n)))
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
