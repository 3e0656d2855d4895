// A proxy that lets the first request through and loses its answer, as a bad line does.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LosingProxy {
  readonly url: string
  calls(): number
  close(): void
}

export async function losingProxy(target: string): Promise<LosingProxy> {
  let calls = 0
  const server = createServer(async (request, response) => {
    calls += 1
    const isLost = calls === 1
    const headers = new Headers()
    for (const name of ['x-api-token', 'content-type', 'idempotency-key']) {
      const value = request.headers[name]
      if (typeof value === 'string') headers.set(name, value)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (isLost) request.socket.destroy()
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: () => server.close(),
  }
}
