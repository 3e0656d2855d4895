// Follows one payment over its stream of events (S11), for the client. It opens the stream again with the
// last id whenever it ends, so no state that lasts is missed; it starts and changes nothing.

import { END_EVENT, LAST_EVENT_ID_HEADER, type LiveEventName } from './live.ts'
import type { PaymentStatusData } from './payments.ts'

/** Longer than any event of a payment, in characters. */
const EVENT_LIMIT = 1_000_000
/** Failures in a row, after which the last one is thrown. */
const FAILURES_LIMIT = 10
const RECONNECT_MS = 2_000

const STATUS_EVENT: LiveEventName = 'status'

export interface StreamCalls {
  /** Opens the stream. @throws what the caller of `follow` is to see, once `mayRetry` says so */
  open(headers: Readonly<Record<string, string>>): Promise<Response>
  mayRetry(error: unknown): boolean
  pause(ms: number): Promise<void>
}

interface ServerEvent {
  readonly name: string
  readonly id: string | null
  readonly data: string
  readonly retryMs: number | null
}

/** Yields the present state, then each newer one, and returns when nothing more is expected. */
export async function* follow(calls: StreamCalls): AsyncGenerator<PaymentStatusData, void> {
  let lastId: string | null = null
  let waitMs = RECONNECT_MS
  for (let failures = 0; ; ) {
    try {
      const response = await calls.open(lastId === null ? {} : { [LAST_EVENT_ID_HEADER]: lastId })
      if (response.status === 204 || response.body === null) return
      for await (const { name, id, data, retryMs } of eventsOf(response.body)) {
        failures = 0
        waitMs = retryMs ?? waitMs
        lastId = id ?? lastId
        if (name === END_EVENT) return
        if (name === STATUS_EVENT) yield JSON.parse(data)
      }
    } catch (error) {
      failures += 1
      if (failures >= FAILURES_LIMIT || !calls.mayRetry(error)) throw error
    }
    await calls.pause(waitMs)
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      if (rest.length > EVENT_LIMIT) throw new Error('Событие длиннее, чем бывает')
      yield* blocks.map(eventOf)
    }
  } finally {
    await reader.cancel()
  }
}

function eventOf(block: string): ServerEvent {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? []
    if (name !== undefined) fields.set(name, value)
  }
  const retry = fields.get('retry')
  return {
    name: fields.get('event') ?? '',
    id: fields.get('id') ?? null,
    data: fields.get('data') ?? '',
    retryMs: retry === undefined ? null : Number(retry),
  }
}
