// Answers a call with a stream of events, or says why not. It reads nothing: the route has found the
// payment and its right to be shown.

import { type EventsQuery, LAST_EVENT_ID_HEADER } from '@byfly-pay/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PaymentStanding } from '../../ports/payment-store.ts'
import { EventStream, type Told } from './event-stream.ts'
import type { Live } from './live.ts'
import { refuseOtherTypes, STREAM_HEADERS, takeOver } from './pipe.ts'
import type { Seat } from './seats.ts'
import { isAtRest } from './sight.ts'

export interface EventsCall {
  readonly request: FastifyRequest<{ Querystring: EventsQuery }>
  readonly reply: FastifyReply
  /** The payment as the route found it. */
  readonly seen: PaymentStanding
  readonly told: Told
  readonly seats: readonly Seat[]
  readonly isAllowed: () => Promise<boolean>
}

const VERSION = /^[1-9]\d{0,9}$/

/**
 * Sends the whole present state at once, then each newer one; states that came and went while nobody
 * was connected are not replayed, since each says all that the ones before it said. A client that comes
 * again with the id of the present state is told nothing until there is a newer one; any other id, also
 * one that is no number, gets the whole state. A payment at rest is told, then `end`, then the stream
 * closes; with its id already known the answer is 204, which is how a browser learns to stop.
 *
 * @throws Refusal not_event_stream, rate_limited
 */
export function streamEvents(live: Live, call: EventsCall): FastifyReply {
  const { request, reply, seen, told, isAllowed } = call
  refuseOtherTypes(request)
  const isKnown = lastEventId(request) === seen.version
  if (isKnown && isAtRest(seen)) return reply.code(204).send()
  if (request.method === 'HEAD') return reply.headers(STREAM_HEADERS).send()
  // Gone while the payment was looked for: no event would tell of it any more.
  if (reply.raw.destroyed) return reply.code(204).send()
  const leave = live.seats.take(call.seats)
  const stream = new EventStream(
    takeOver(reply),
    {
      told,
      version: isKnown ? seen.version : 0,
      isAllowed,
      onClose() {
        leave()
        stopBeating()
        live.hub.forget(seen.id, stream)
      },
    },
    live.limits,
  )
  const stopBeating = live.heartbeat.add(stream)
  live.hub.watch(seen.id, stream)
  return reply
}

/** In the query for clients that cannot set a header; 0 for none that could be one. */
function lastEventId(request: EventsCall['request']): number {
  const given = request.headers[LAST_EVENT_ID_HEADER] ?? request.query.last_event_id
  return typeof given === 'string' && VERSION.test(given) ? Number(given) : 0
}
