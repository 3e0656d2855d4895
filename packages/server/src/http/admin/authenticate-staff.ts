// Who calls the administration: the member of staff of a Bearer token or, in the console, of a cookie. Every route
// under it names the right that it takes; one that names none is a fault of the program and keeps the centre from
// starting.

import type { Right } from '@byfly-pay/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { may, type Staff, staffOf } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import { Refusal } from '../refusal.ts'
import type { StaffCookie } from '../staff-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The calling member of staff, on routes of the administration. */
    staff: Staff | null
  }
  interface FastifyContextConfig {
    /** What a route of the administration takes; `any_staff` where being logged in is enough. */
    right?: Right | 'any_staff'
  }
}

export function authenticateStaff(app: FastifyInstance, centre: Centre, cookie: StaffCookie): void {
  app.addHook('onRoute', ({ config, method, url }) => {
    if (config?.right === undefined) throw new Error(`Маршрут без права: ${method} ${url}`)
  })
  app.addHook('onRequest', async (request) => {
    const staff = await callingStaff(centre, cookie, request)
    refuseUnenrolled(staff)
    const { right } = request.routeOptions.config
    if (right === undefined || (right !== 'any_staff' && !may(staff, right))) {
      throw new Refusal('forbidden')
    }
    request.staff = staff
  })
}

/**
 * A token in the header is the caller's own, whatever cookie is sent along: no page can make a browser add it.
 *
 * @throws Refusal staff_unauthorized for a call that no living session stands behind; foreign_origin for a
 *   write by cookie from another's page
 */
export async function callingStaff(
  centre: Centre,
  cookie: StaffCookie,
  request: FastifyRequest,
): Promise<Staff> {
  const byHeader = request.headers.authorization !== undefined
  const token = byHeader ? bearerOf(request) : cookie.tokenIn(request)
  const staff = await staffOf(centre, token, request.ip)
  if (staff === null) throw new Refusal('staff_unauthorized')
  if (!byHeader) cookie.refuseForeign(request)
  return staff
}

/** @throws Refusal for whoever must have a second factor and has none yet */
export function refuseUnenrolled({ admin }: Staff): void {
  if (admin.mustEnrol) throw new Refusal('second_factor_setup_required')
}

/** @throws when the route was registered outside the authenticated ones: a fault of the program */
export function staffAt(request: FastifyRequest): Staff {
  if (request.staff === null) throw new Error('Маршрут без проверки сотрудника')
  return request.staff
}

function bearerOf({ headers }: FastifyRequest): string {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}
