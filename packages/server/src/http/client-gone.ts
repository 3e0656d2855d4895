// Tells a long call that nobody waits for its answer any more.

import type { FastifyReply } from 'fastify'

/** Aborted when the connection ends before the answer was sent. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const { raw } = reply
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}
