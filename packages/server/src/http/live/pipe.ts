// One client's open answer of Server-Sent Events. It keeps nothing for a client that does not read: whoever
// leaves too much unread is let go, and comes again.

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpLimits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // nginx keeps an answer back until its buffer is full, unless told not to.
  'x-accel-buffering': 'no',
  // Whose stream has ended comes again later or not at all; a stop need not wait for the idle socket.
  connection: 'close',
} as const

const ACCEPTS_EVENTS = /text\/event-stream|text\/\*|\*\/\*/i

type PipeLimits = Pick<HttpLimits, 'reconnectMs' | 'unreadBytes'>

/** @throws Refusal not_event_stream */
export function refuseOtherTypes({ headers: { accept } }: FastifyRequest): void {
  if (accept !== undefined && !ACCEPTS_EVENTS.test(accept)) throw new Refusal('not_event_stream')
}

/** Takes the answer out of Fastify's hands and writes its head. */
export function takeOver(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack()
  // The two types differ only in how they say that a header may be absent.
  raw.writeHead(200, reply.headers(STREAM_HEADERS).getHeaders() as OutgoingHttpHeaders)
  return raw
}

export class Pipe {
  readonly #response: ServerResponse
  readonly #unreadBytes: number
  #isOpen = true

  /**
   * The head of `response` must have been written.
   *
   * @param onClose called once, when the client is gone or the stream has ended
   */
  constructor(response: ServerResponse, limits: PipeLimits, onClose: () => void) {
    this.#response = response
    this.#unreadBytes = limits.unreadBytes
    response.on('error', ignore)
    response.once('close', () => {
      this.#isOpen = false
      onClose()
    })
    this.write(`retry: ${limits.reconnectMs}\n\n`)
  }

  write(text: string): void {
    if (!this.#isOpen) return
    this.#response.write(text)
    if (this.#response.writableLength <= this.#unreadBytes) return
    this.#isOpen = false
    this.#response.destroy()
  }

  /** The last that is written. */
  end(text: string): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#response.end(text)
  }

  dismiss(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    // Who has left something unread might never let the rest through.
    if (this.#response.writableLength > 0) this.#response.destroy()
    else this.#response.end()
  }
}

/** A connection that breaks is told by 'close' as well. */
function ignore(): void {}
