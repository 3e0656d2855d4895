// The start of what a receiver answered, as text for people. It never throws, never waits long, and never
// keeps more than it was asked for, however much comes.

import { SECOND_MS } from '@byfly-pay/core'
import type { Dispatcher } from 'undici'
import { within } from './within.ts'

/** Read so that the connection can be used again; what is longer costs the connection. */
const ANSWER_MAX_BYTES = 16 * 1024
const ANSWER_BODY_MS = SECOND_MS
/** Enough for an error's message, too little for anybody's data (A25). */
export const ANSWER_SHOWN_CHARS = 500

/** Nothing of these can be shown, and a database takes no NUL. */
const UNSHOWABLE = /[^\P{Cc}\n\t]|\p{Cs}/gu

export async function startOfAnswer(
  body: Dispatcher.ResponseData['body'],
  ending: AbortSignal,
): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  await within(ANSWER_BODY_MS, ending, async (signal) => {
    const stop = () => body.destroy()
    signal.addEventListener('abort', stop)
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes >= ANSWER_MAX_BYTES) break
      }
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }).catch(() => {})
  return Buffer.concat(chunks)
    .toString('utf8')
    .slice(0, ANSWER_SHOWN_CHARS)
    .replace(UNSHOWABLE, '\u{fffd}')
    .trim()
}
