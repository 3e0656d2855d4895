// Requests a second over loopback, by a fixed number of clients for a fixed time. It stops by itself.

import autocannon from 'autocannon'

export interface Load {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  readonly body?: string
  /** One path per request, round and round; the URL's own when absent. */
  readonly paths?: readonly string[]
  readonly clients: number
  readonly seconds: number
}

/** @returns answers a second; throws when any answer was not a 2xx, since that measures nothing */
export async function requestsPerSecond(load: Load): Promise<number> {
  const { url, method, headers = {}, clients, seconds } = load
  const body = load.body === undefined ? {} : { body: load.body }
  const requests = load.paths?.map((path) => ({ method, path, headers, ...body }))
  const result = await autocannon({
    url,
    method,
    headers,
    ...body,
    connections: clients,
    duration: seconds,
    ...(requests === undefined ? {} : { requests }),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} ответов не 2xx, ${result.errors} ошибок`)
  }
  return result['2xx'] / result.duration
}
