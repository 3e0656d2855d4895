// A shop that takes webhooks, in a process of its own: it answers 200 at once and says when which payment's came,
// where its parent wants to hear of each. It checks no signature: what it costs is the sender's.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sharedNowMs } from './machine.ts'

/** In ms of the shared clock: when the last byte of the body had come. */
export interface Arrived {
  readonly transactionId: string
  readonly atMs: number
}

const { saysEach }: { readonly saysEach: boolean } = JSON.parse(process.argv[2] ?? '')

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const atMs = sharedNowMs()
    response.writeHead(200, { 'content-length': 2 }).end('ok')
    if (!saysEach) return
    const { transaction_id } = JSON.parse(Buffer.concat(chunks).toString())
    const arrived: Arrived = { transactionId: transaction_id, atMs }
    process.send?.(arrived)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.(`http://127.0.0.1:${port}/webhook`)
})
process.on('disconnect', () => process.exit(0))
