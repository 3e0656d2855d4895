// A staff call that an Idempotency-Key makes safe to repeat, by the same rules as a source's (T9). A key is its
// owner's own: two people never meet on one.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Centre } from '../../ports/centre.ts'
import type { KeyedCall, KeyedRoute } from '../idempotency.ts'
import type { HttpLimits } from '../limits.ts'
import { staffAt } from './authenticate-staff.ts'

export interface StaffCallOptions {
  readonly centre: Centre
  readonly limits: Pick<HttpLimits, 'keyWaitMs'>
}

export function keyedByStaff(
  { centre, limits }: StaffCallOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  route: KeyedRoute,
): KeyedCall {
  const { id: callerId } = staffAt(request).admin
  const { staffKeys: keys } = centre.storage
  return { centre, request, reply, route, keys, callerId, waitMs: limits.keyWaitMs }
}
