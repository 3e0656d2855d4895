// Telegram's Bot API: one call that sends one text. The token is part of the address, so the address never
// goes into a fault, a log or an error.

import { request } from 'undici'
import type { AlertChannel, ChannelSettings, MessageOutcome } from '../../ports/alert-channel.ts'

const CALL_MS = 10_000
const ANSWER_BYTES = 16 * 1024

type Settings = Exclude<ChannelSettings['telegram'], null>

export function telegramChannel({ baseUrl, chatId, token }: Settings): AlertChannel {
  return {
    name: 'telegram',
    usualAddress: chatId,
    async send(address, text) {
      try {
        const answer = await request(`${baseUrl}/bot${token}/sendMessage`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          // No parse_mode: names of terminals are text, whatever they hold.
          body: JSON.stringify({ chat_id: address, text, disable_web_page_preview: true }),
          signal: AbortSignal.timeout(CALL_MS),
        })
        return outcomeOf(answer.statusCode, await readBounded(answer.body))
      } catch {
        return { kind: 'again', fault: 'no_answer', askedMs: null }
      }
    },
  }
}

/** A token that is not known, a chat that is not, a bot that was thrown out: sending again mends nothing. */
const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 404])

function outcomeOf(httpStatus: number, text: string): MessageOutcome {
  const body = objectIn(text)
  if (httpStatus === 200 && body?.ok === true) return { kind: 'sent' }
  if (REFUSED.has(httpStatus)) return { kind: 'refused', fault: `http_${httpStatus}` }
  const seconds = httpStatus === 429 ? body?.parameters?.retry_after : null
  const askedMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : null
  return { kind: 'again', fault: `http_${httpStatus}`, askedMs }
}

interface TelegramAnswer {
  readonly ok?: unknown
  readonly parameters?: { readonly retry_after?: unknown } | null
}

function objectIn(text: string): TelegramAnswer | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as TelegramAnswer | null) : null
  } catch {
    return null
  }
}

/** Empty for an answer that is longer than any of Telegram's. */
async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of body) {
    sizeBytes += chunk.length
    if (sizeBytes > ANSWER_BYTES) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
