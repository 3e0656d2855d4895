// Reads a stream of Server-Sent Events as a browser does, by the standard's own rules and with nothing of
// the centre's. It keeps all it was sent, for a test to look at.

import assert from 'node:assert/strict'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { until } from './until.ts'

export interface SentEvent {
  readonly name: string
  /** The last id that the stream has named so far. */
  readonly id: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire says
  readonly data: any
}

export interface EventReader {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly events: readonly SentEvent[]
  readonly comments: number
  readonly lastId: string
  readonly retryMs: number | null
  /** Whether it was closed, by whichever side. */
  readonly isClosed: boolean
  /** All that came, as it came. */
  readonly text: string
  /** The first event that `check` accepts, among those that came and those to come. */
  find(check: (event: SentEvent) => boolean): Promise<SentEvent>
  /** Waits until the server has closed the stream. */
  closed(): Promise<void>
  close(): void
}

export async function openEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, resolve)
    asked.on('error', reject)
    asked.end()
  })
  const events: SentEvent[] = []
  let text = ''
  let rest = ''
  let comments = 0
  let lastId = headers['last-event-id'] ?? ''
  let retryMs: number | null = null
  let isClosed = false

  function readBlock(block: string): void {
    let name = 'message'
    const data: string[] = []
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) comments += 1
      const [, field, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? []
      if (field === 'event') name = value
      else if (field === 'data') data.push(value)
      else if (field === 'id') lastId = value
      else if (field === 'retry') retryMs = Number(value)
    }
    if (data.length > 0) events.push({ name, id: lastId, data: JSON.parse(data.join('\n')) })
  }

  response.setEncoding('utf8')
  response.on('error', () => {})
  response.on('close', () => {
    isClosed = true
  })
  response.on('data', (chunk: string) => {
    text += chunk
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    if (response.statusCode === 200) blocks.forEach(readBlock)
  })
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    get comments() {
      return comments
    },
    get lastId() {
      return lastId
    },
    get retryMs() {
      return retryMs
    },
    get isClosed() {
      return isClosed
    },
    get text() {
      return text
    },
    async find(check) {
      await until(() => events.some(check))
      const found = events.find(check)
      assert.ok(found)
      return found
    },
    closed: () => until(() => isClosed),
    close: () => void response.destroy(),
  }
}
