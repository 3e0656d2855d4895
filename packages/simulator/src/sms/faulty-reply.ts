// An answer of a gateway, spoilt as an armed fault says. Whether the message was taken is decided before.

import { jsonReply, type Reply, textReply, type WholeReply } from '../http/reply.ts'
import type { SmsFault } from './gateway.ts'

export async function faultyReply(
  fault: SmsFault,
  sound: WholeReply,
  gone: AbortSignal,
): Promise<Reply> {
  switch (fault.fault) {
    case 'error':
      return sound
    case 'numbers_as_text':
      return jsonReply(sound.status, numbersAsText(JSON.parse(String(sound.body))))
    case 'garbage':
      return textReply(200, '<html>please come back later</html>')
    case 'http_500':
      return textReply(500, 'Internal Server Error')
    case 'half':
      return { status: 200, contentType: sound.contentType, chunks: firstHalf(String(sound.body)) }
    case 'hang':
      await left(gone)
      return sound
  }
}

/** The stream breaks where the other half should come, and the connection with it. */
async function* firstHalf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text.slice(0, text.length / 2))
  throw new Error('the other half is never sent')
}

function left(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (gone.aborted) resolve()
    else gone.addEventListener('abort', () => resolve(), { once: true })
  })
}

function numbersAsText(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, numbersAsText(inner)]),
  )
}
