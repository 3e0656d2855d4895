// A bad line: passes bytes on until it is told to cut, to lose answers or to stall. It must not know
// what the bytes mean.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FaultyProxy {
  readonly port: number
  /** Where connections go from now on: another server after a failover. */
  leadTo(target: Target): void
  /** @returns how many connections were cut */
  cut(): number
  /** For so long what is asked still arrives; at the first byte of an answer the line is cut. */
  loseAnswers(forMs: number): void
  /** For so long nothing passes, in either direction. */
  stall(forMs: number): void
  heal(): void
  close(): Promise<void>
}

export interface Target {
  readonly host: string
  readonly port: number
}

export async function startFaultyProxy(first: Target): Promise<FaultyProxy> {
  let target = first
  let losesUntilMs = 0
  let stallsUntilMs = 0
  const pairs = new Set<readonly [Socket, Socket]>()

  const server = createServer({ pauseOnConnect: false }, (client) => {
    const upstream = connect(target.port, target.host)
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => pass(client, () => upstream.write(bytes)))
    upstream.on('data', (bytes) => {
      if (performance.now() < losesUntilMs) end()
      else pass(upstream, () => client.write(bytes))
    })
  })

  function pass(from: Socket, write: () => boolean): void {
    const waitMs = stallsUntilMs - performance.now()
    if (waitMs <= 0) {
      write()
      return
    }
    // Paused, so that what comes later does not overtake it.
    from.pause()
    setTimeout(() => {
      write()
      from.resume()
    }, waitMs)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    const count = pairs.size
    for (const [client, upstream] of pairs) {
      // A socket that is ending already would be kept half closed by a reset, and keep its process.
      if (client.readyState === 'open') client.resetAndDestroy()
      else client.destroy()
      upstream.destroy()
    }
    pairs.clear()
    return count
  }
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(next) {
      target = next
    },
    cut,
    loseAnswers(forMs) {
      losesUntilMs = performance.now() + forMs
    },
    stall(forMs) {
      stallsUntilMs = performance.now() + forMs
    },
    heal() {
      losesUntilMs = 0
      stallsUntilMs = 0
    },
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The same address by way of a proxy. */
export function through(url: string, { port }: Pick<FaultyProxy, 'port'>): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.href
}
