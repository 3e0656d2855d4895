// Whoever reads the desks by a call: what exists for them, what they may do there, in which language.

import type { FastifyRequest } from 'fastify'
import { type Reader, rightsAt } from '../../desks/read-desk.ts'
import { languageOf } from '../language.ts'
import { staffAt } from './authenticate-staff.ts'

export function readerAt(request: FastifyRequest): Reader {
  const staff = staffAt(request)
  return { scope: staff.scope, has: rightsAt(staff), language: languageOf(request) }
}
