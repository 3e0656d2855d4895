// A Telegram for tests: takes what a bot says on this machine, and answers as it is told to.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = '123456:test-token-of-no-real-bot'
export const CHAT = '-100500'

export interface Said {
  readonly path: string
  readonly chat: string
  readonly text: string
}

export interface FakeTelegram {
  readonly url: string
  readonly said: readonly Said[]
  /** The next answers, oldest first; after them everything is taken. */
  answerNext(httpStatus: number, body: object): void
  close(): Promise<void>
}

export async function startFakeTelegram(): Promise<FakeTelegram> {
  const said: Said[] = []
  const next: { readonly httpStatus: number; readonly body: object }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { chat_id: chat, text } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const { body, httpStatus } = next.shift() ?? { httpStatus: 200, body: { ok: true } }
    if (httpStatus === 200) said.push({ path: request.url ?? '', chat, text })
    response.writeHead(httpStatus, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    said,
    answerNext: (httpStatus, body) => next.push({ httpStatus, body }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
