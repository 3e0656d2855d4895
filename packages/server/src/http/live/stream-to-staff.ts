// Answers a call of staff with the console's stream, or says why not.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Staff } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import { type Live, seatsOfStaff } from './live.ts'
import { refuseOtherTypes, STREAM_HEADERS, takeOver } from './pipe.ts'
import { StaffStream } from './staff-stream.ts'

export interface StaffStreamCall {
  readonly centre: Centre
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly staff: Staff
}

/**
 * The first event says the time. Whatever is committed after it is told; what was before it, the page asks for
 * when it comes.
 *
 * @throws Refusal not_event_stream, rate_limited
 */
export async function streamToStaff(live: Live, call: StaffStreamCall): Promise<void> {
  const { centre, reply, request, staff } = call
  const { admin, sessionId } = staff
  refuseOtherTypes(request)
  if (request.method === 'HEAD') {
    reply.headers(STREAM_HEADERS).send()
    return
  }
  // Gone while the session was looked for: no event would tell of it any more.
  if (reply.raw.destroyed) {
    reply.code(204).send()
    return
  }
  const leave = live.seats.take(seatsOfStaff(live, admin.id))
  const terms = { centre, admin, sessionId, onClose }
  const stream = new StaffStream(takeOver(reply), terms, live.limits)
  const stopBeating = live.heartbeat.add(stream)
  await live.staffHub.join(stream)
  stream.sayTime()

  function onClose(): void {
    leave()
    stopBeating()
    live.staffHub.leave(stream)
  }
}
