// A second pretend terminal, written from the protocol page alone: a bare TCP server, so that it can
// break off anywhere. It imports nothing of the server or the simulator.

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: ReadonlyMap<string, string>
}

/** What the device does with a request that has arrived whole. */
export type Behaviour = (socket: Socket, request: FakeRequest) => unknown

export interface FakeDevice {
  readonly port: number
  /** Every request that ever arrived whole, in order. */
  readonly requests: readonly FakeRequest[]
  readonly connections: () => number
  behave(next: Behaviour): void
  close(): Promise<void>
}

export async function startFakeDevice(first: Behaviour, host = '127.0.0.1'): Promise<FakeDevice> {
  let behaviour = first
  let connections = 0
  const requests: FakeRequest[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let received = ''
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      for (let end = received.indexOf(HEAD_END); end !== -1; end = received.indexOf(HEAD_END)) {
        const request = parseRequest(received.slice(0, end))
        received = received.slice(end + HEAD_END.length)
        requests.push(request)
        behaviour(socket, request)
      }
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    behave(next) {
      behaviour = next
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const HEAD_END = '\r\n\r\n'

function parseRequest(head: string): FakeRequest {
  const [line = '', ...fields] = head.split('\r\n')
  const [method = '', target = ''] = line.split(' ')
  const url = new URL(target, 'http://device')
  const headers = fields.map((text): [string, string] => {
    const colon = text.indexOf(':')
    return [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()]
  })
  return { method, path: url.pathname, query: url.searchParams, headers: new Map(headers) }
}

/** A whole answer: an object is sent as JSON. */
export function answer(body: unknown, httpStatus = 200, extra: readonly string[] = []): Behaviour {
  return (socket) => socket.write(wholeAnswer(body, httpStatus, extra))
}

export function wholeAnswer(
  body: unknown,
  httpStatus = 200,
  extra: readonly string[] = [],
): Buffer {
  const bytes = bytesOf(body)
  const head = [`HTTP/1.1 ${httpStatus} X`, `content-length: ${bytes.length}`, ...extra]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}${HEAD_END}`), bytes])
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

export function chunkedAnswer(body: unknown, piece = 7): Behaviour {
  return (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
    const bytes = bytesOf(body)
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece)
      socket.write(`${part.length.toString(16)}\r\n${part.toString('latin1')}\r\n`, 'latin1')
    }
    socket.write(`0${HEAD_END}`)
  }
}

/** The first part of a sound answer, then whatever `then` does to the connection. */
export function partOf(body: unknown, share: number, then: (socket: Socket) => void): Behaviour {
  return (socket) => {
    const whole = wholeAnswer(body)
    socket.write(whole.subarray(0, Math.floor(whole.length * share)), () => then(socket))
  }
}

/** One byte after another, each `everyMs`. */
export function drip(body: unknown, everyMs: number): Behaviour {
  return (socket) => {
    const whole = wholeAnswer(body)
    let at = 0
    const timer = setInterval(() => {
      if (at >= whole.length || socket.destroyed) clearInterval(timer)
      else socket.write(whole.subarray(at, ++at))
    }, everyMs)
  }
}

/** An answer without an end; `sent` tells how many bytes the client let through. */
export function flood(head: string, sent: (bytes: number) => void): Behaviour {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  return (socket) => {
    const send = () => {
      if (socket.destroyed) return
      sent(chunk.length)
      if (socket.write(chunk)) setImmediate(send)
      else socket.once('drain', send)
    }
    socket.write(head)
    send()
  }
}
