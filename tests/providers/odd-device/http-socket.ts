// The server's side of HTTP on a bare socket: reads GET requests one after another and writes answers
// piece by piece. Bare, because the oddities are in what Node's own server would never write.

import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Accident } from './story.ts'
import { plainWireAnswer, type WireAnswer, wirePieces } from './wire-answer.ts'

export interface HttpRequest {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** How many requests came before it on the same connection. */
  readonly formerCount: number
}

export type Reply = WireAnswer | { readonly accident: Accident; readonly answer: WireAnswer }

const MAX_HEAD_BYTES = 16 * 1024

/** Answers until either side hangs up. */
export function serveSocket(
  socket: Socket,
  answer: (request: HttpRequest) => Promise<Reply>,
): Promise<void> {
  return readRequests(socket, async (request) => writeReply(socket, await answer(request)))
}

/** Reads one request after another and closes the connection when either side wants it closed. */
export async function readRequests(
  socket: Socket,
  handle: (request: HttpRequest) => Promise<'go_on' | 'hang_up'>,
): Promise<void> {
  socket.on('error', () => {})
  socket.setNoDelay(true)
  let head = ''
  let formerCount = 0
  try {
    for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
      head += bytes.toString('latin1')
      if (head.length > MAX_HEAD_BYTES) break
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) continue
      const request = { ...parseRequest(head.slice(0, end)), formerCount }
      formerCount += 1
      head = head.slice(end + 4)
      if ((await handle(request)) === 'hang_up') break
    }
  } catch {
    // The driver hung up in the middle; its next call says what it made of that.
  }
  if (!socket.destroyed) socket.end(() => socket.destroy())
}

function parseRequest(head: string): Omit<HttpRequest, 'formerCount'> {
  const [requestLine = '', ...lines] = head.split('\r\n')
  const [method = '', target = ''] = requestLine.split(' ')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { method, url: new URL(target, 'http://device'), headers: new Map(headers) }
}

async function writeReply(socket: Socket, reply: Reply): Promise<'go_on' | 'hang_up'> {
  if ('accident' in reply) {
    await happen(socket, reply.accident, reply.answer)
    return 'hang_up'
  }
  await writePieces(socket, wirePieces(reply), reply.pauseMs)
  return reply.hangsUp ? 'hang_up' : 'go_on'
}

async function writePieces(socket: Socket, pieces: Buffer[], pauseMs: number): Promise<void> {
  if (pauseMs === 0) {
    await write(socket, Buffer.concat(pieces))
    return
  }
  for (const piece of pieces) {
    await write(socket, piece)
    await sleep(pauseMs)
  }
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

/** `answer` is what would have been said. */
async function happen(socket: Socket, accident: Accident, answer: WireAnswer): Promise<void> {
  if (accident === 'reset') socket.resetAndDestroy()
  else await write(socket, accidentBytes(accident, answer))
}

function accidentBytes(accident: Exclude<Accident, 'reset'>, answer: WireAnswer): Buffer {
  const whole = (change: Partial<WireAnswer>) =>
    Buffer.concat(wirePieces({ ...plainWireAnswer(''), ...change }))
  const half = answer.body.subarray(0, answer.body.length >> 1)
  switch (accident) {
    case 'cut_in_status_line':
      return Buffer.from('HTTP/1.1 20')
    case 'cut_in_headers':
      return Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/js')
    case 'cut_in_body':
      return whole({ body: answer.body }).subarray(0, -(answer.body.length >> 1))
    case 'cut_in_chunk':
      return whole({ body: answer.body, framing: 'chunked' }).subarray(0, -12)
    case 'half_json':
      return whole({ body: half })
    case 'empty_body':
      return whole({})
    case 'page_500':
      return whole({ httpStatus: 500, reason: '', body: Buffer.from('<h1>Error 500</h1>') })
    case 'not_http':
      return Buffer.from('220 ready\r\n')
    case 'not_json':
      return whole({ body: Buffer.from(`statusCode=0&processId=1&status=fail`) })
    case 'json_list':
      return whole({ body: Buffer.concat([Buffer.from('['), answer.body, Buffer.from(']')]) })
    case 'json_null':
      return whole({ body: Buffer.from('null') })
  }
}
