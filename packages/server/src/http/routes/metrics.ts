// GET /metrics for Prometheus. Whoever has the token may read it; without a token of its own, only who calls
// from this very machine. It says nothing of any person or source, but how busy the centre is is nobody's
// business either.

import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Exposition } from '../../ports/meter.ts'
import { Refusal } from '../refusal.ts'

export interface MetricsAccess {
  readonly scrape: () => Promise<Exposition>
  /** Null where none is set. */
  readonly token: string | null
  /** A proxy stands before the centre, so an address of this machine proves nothing. */
  readonly isProxied: boolean
}

const OWN_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/
/** A proxy that nobody has told of gives itself away by these, as a rule. */
const OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'via']

export const metricsRoutes: FastifyPluginAsync<MetricsAccess> = async (app, access) => {
  const mayRead = readersOf(access)
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request)) throw new Refusal('unauthorized')
    const { text, type } = await access.scrape()
    return reply.header('content-type', type).send(text)
  })
}

function readersOf({ isProxied, token }: MetricsAccess): (request: FastifyRequest) => boolean {
  if (token === null) return (request) => !isProxied && isFromHere(request)
  const expected = digest(`Bearer ${token}`)
  // Digests are of one length, and say nothing of where the two differ.
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected)
}

function isFromHere({ headers, socket }: FastifyRequest): boolean {
  const isOwn = OWN_ADDRESS.test(socket.remoteAddress ?? '')
  return isOwn && OF_PROXIES.every((name) => headers[name] === undefined)
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
