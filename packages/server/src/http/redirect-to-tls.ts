// Plain HTTP beside TLS: it answers with the address over TLS and does nothing else. What is sent here has
// travelled in the open, so only a look is sent on; a write is refused.

import { createServer, type Server } from 'node:http'

const LOOKS = ['GET', 'HEAD']
const LIMITS = { headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 } as const
const CONNECTIONS_LIMIT = 1_000
const ADDRESS_LIMIT = 2_000

/**
 * @param address the centre's own over TLS, without a slash at its end; a caller's `Host` is not believed,
 *   or a cache could learn a false one
 */
export function redirectToTls(address: () => string): Server {
  const server = createServer(LIMITS, ({ method = '', url = '/' }, response) => {
    const isLook = LOOKS.includes(method) && url.startsWith('/') && url.length <= ADDRESS_LIMIT
    response.setHeader('connection', 'close')
    if (isLook) response.writeHead(308, { location: `${address()}${url}` }).end()
    else {
      response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('Только по https\n')
    }
  })
  server.maxConnections = CONNECTIONS_LIMIT
  return server
}
