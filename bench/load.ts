// Requests a second over loopback, by a fixed number of clients for a fixed time. It stops by itself.

import autocannon from 'autocannon'

export interface Load {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  readonly body?: string
  /** Paths that are asked for round and round, shared out among the clients; the URL's own if absent. */
  readonly paths?: readonly string[]
  readonly clients: number
  readonly seconds: number
}

/** @returns answers a second; throws when any answer was not a 2xx, since that measures nothing */
export async function requestsPerSecond(load: Load): Promise<number> {
  const { url, method, headers = {}, paths, clients, seconds } = load
  const body = load.body === undefined ? {} : { body: load.body }
  const shares = paths === undefined ? [] : shareOut(paths, clients)
  let next = 0
  const result = await autocannon({
    url,
    method,
    headers,
    ...body,
    connections: clients,
    duration: seconds,
    setupClient(client) {
      const share = shares[next++]
      if (share !== undefined) client.setRequests(share.map((path) => ({ path, method, headers })))
    },
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} ответов не 2xx, ${result.errors} ошибок`)
  }
  return result['2xx'] / result.duration
}

function shareOut(paths: readonly string[], clients: number): string[][] {
  const size = Math.floor(paths.length / clients)
  return Array.from({ length: clients }, (_, n) => paths.slice(n * size, (n + 1) * size))
}
