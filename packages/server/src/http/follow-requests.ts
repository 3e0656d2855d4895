// Follows each request from its headers to its end: its number stands in every line of the log that is
// written for it, and how long it took is told under its route's template, never its address.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Centre } from '../ports/centre.ts'
import { openRequestScope, type RequestScope } from './request-scope.ts'

/** Stands for every address that there is no route for. */
const UNMATCHED = 'unmatched'

declare module 'fastify' {
  interface FastifyRequest {
    scope: RequestScope | null
  }
}

/** To be called before any other hook is added. */
export function followRequests(app: FastifyInstance, centre: Centre): void {
  app.decorateRequest('scope', null)
  app.addHook('onRequest', (request, reply, done) => {
    const scope = openRequestScope(request.id)
    request.scope = scope
    endWith(centre, request, reply, scope)
    scope.run(done)
  })
  // The body came with the socket's events, which belong to no request.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.scope === null) done()
    else request.scope.run(done)
  })
}

/** By the connection's word rather than the framework's, which says nothing of a client that went away. */
function endWith(
  { clock, meter }: Centre,
  { method, routeOptions }: FastifyRequest,
  { raw }: FastifyReply,
  scope: RequestScope,
): void {
  const beganAt = clock.now()
  raw.once('close', () => {
    scope.close()
    const httpStatus = raw.writableFinished ? raw.statusCode : null
    const route = routeOptions.url ?? UNMATCHED
    meter.answered({ method, route, httpStatus, tookMs: Math.max(0, clock.now() - beganAt) })
  })
}
