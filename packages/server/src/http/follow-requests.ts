// Follows each request from its headers to its end: its number stands in every line of the log that is
// written for it, and how long it took is told under its route's template, never its address.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Centre } from '../ports/centre.ts'
import type { OpenSpan } from '../ports/tracer.ts'
import { openRequestScope, type RequestScope } from './request-scope.ts'

/** What a request is followed by. */
interface Trail {
  readonly scope: RequestScope
  readonly span: OpenSpan
}

/** Stands for every address that there is no route for. */
const UNMATCHED = 'unmatched'

declare module 'fastify' {
  interface FastifyRequest {
    trail: Trail | null
  }
}

/** To be called before any other hook is added. */
export function followRequests(app: FastifyInstance, centre: Centre): void {
  app.decorateRequest('trail', null)
  app.addHook('onRequest', (request, reply, done) => {
    const trail = begin(centre, request)
    request.trail = trail
    endWith(centre, request, reply, trail)
    along(trail, done)
  })
  // The body came with the socket's events, which belong to no request.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.trail === null) done()
    else along(request.trail, done)
  })
}

function begin({ tracer }: Centre, { headers, id, method, routeOptions }: FastifyRequest): Trail {
  const route = routeOptions.url ?? UNMATCHED
  return {
    scope: openRequestScope(id),
    span: tracer.begin(`${method} ${route}`, { method, route }, headers['traceparent']),
  }
}

function along({ scope, span }: Trail, next: () => void): void {
  scope.run(() => span.run(next))
}

/** By the connection's word rather than the framework's, which says nothing of a client that went away. */
function endWith(
  { clock, meter }: Centre,
  { method, routeOptions }: FastifyRequest,
  { raw }: FastifyReply,
  { scope, span }: Trail,
): void {
  const beganAt = clock.now()
  raw.once('close', () => {
    scope.close()
    const httpStatus = raw.writableFinished ? raw.statusCode : null
    span.tell(httpStatus === null ? { outcome: 'gone' } : { httpStatus })
    span.end()
    const route = routeOptions.url ?? UNMATCHED
    meter.answered({ method, route, httpStatus, tookMs: Math.max(0, clock.now() - beganAt) })
  })
}
