// A way to the database that can lose things: it passes bytes on and, when armed, cuts the connection at
// the moment that a test wants. It must not know what the statements mean.

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface CuttingProxy {
  readonly url: string
  /**
   * The next message of a client that contains `text` still reaches the server; what it answers does
   * not come back, for the connection is cut when the answer comes.
   */
  loseAnswerTo(text: string): void
  /** Every connection on which a client says `text` from now on hears nothing more. */
  mute(text: string): void
  stop(): Promise<void>
}

export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let armed: string | null = null
  let muted: string | null = null

  function keep(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }

  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname)
    keep(client)
    keep(upstream)
    let isCutting = false
    let isMuted = false
    client.on('data', (bytes) => {
      if (armed !== null && bytes.includes(armed)) {
        armed = null
        isCutting = true
      }
      if (muted !== null && bytes.includes(muted)) isMuted = true
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isCutting) client.destroy()
      else if (!isMuted) client.write(bytes)
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(databaseUrl)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    loseAnswerTo(text) {
      armed = text
    },
    mute(text) {
      muted = text
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
