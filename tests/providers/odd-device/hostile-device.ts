// Whatever may sit at a terminal's address and mean harm (A31): each call is answered by a script that
// writes to the socket what it likes, for as long as the driver listens. It counts what it got rid of.

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type HttpRequest, readRequests } from './http-socket.ts'
import { listen } from './odd-device.ts'

export interface Victim {
  readonly request: HttpRequest
  /** Writes as fast as it is read. Throws when the driver has hung up. */
  write(bytes: string | Uint8Array): Promise<void>
}

export type Script = (victim: Victim) => Promise<void>

export interface HostileDevice {
  readonly port: number
  readonly requests: readonly HttpRequest[]
  /** Bytes that left, of which the driver may have read less. */
  readonly sentBytes: number
  /** How many connections are still open. */
  readonly openCount: number
  /** Plays the scripts in turn, the last one again and again. */
  play(...scripts: [Script, ...Script[]]): void
  close(): Promise<void>
}

export async function openHostileDevice(): Promise<HostileDevice> {
  const sockets = new Set<Socket>()
  const requests: HttpRequest[] = []
  let sentBytes = 0
  let scripts: Script[] = []
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)))
    const write = async (bytes: string | Uint8Array) => {
      const buffer = Buffer.from(bytes)
      await new Promise<void>((resolve, reject) => {
        socket.write(buffer, (error) => (error ? reject(error) : resolve()))
      })
      sentBytes += buffer.length
    }
    void readRequests(socket, async (request) => {
      requests.push(request)
      const script = scripts.length > 1 ? scripts.shift() : scripts[0]
      await script?.({ request, write })
      return 'hang_up'
    })
  })
  return {
    port: await listen(server),
    requests,
    get sentBytes() {
      return sentBytes
    },
    get openCount() {
      return sockets.size
    },
    play: (...next) => {
      scripts = next
      sentBytes = 0
      requests.length = 0
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Answers with these bytes as a body of JSON, and hangs up. */
export function body(bytes: string | Uint8Array, ...headers: string[]): Script {
  const buffer = Buffer.from(bytes)
  const head = ['HTTP/1.1 200 OK', `Content-Length: ${buffer.length}`, ...headers, '', '']
  return async ({ write }) => {
    await write(head.join('\r\n'))
    await write(buffer)
  }
}

export function json(value: unknown): Script {
  return body(JSON.stringify(value))
}

/** Begins with `head` and goes on with `bytes` for as long as the driver reads, or `times`. */
export function flood(head: string, bytes: string | Uint8Array, times = Infinity): Script {
  return async ({ write }) => {
    await write(head)
    for (let n = 0; n < times; n += 1) await write(bytes)
  }
}

/** A redirect to `location`. */
export function redirect(httpStatus: number, location: string): Script {
  return async ({ write }) => {
    await write(`HTTP/1.1 ${httpStatus} \r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)
  }
}
