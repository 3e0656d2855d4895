// The administration put together: everything under /api/admin, behind one check of who calls. A new noun
// is a file beside this one and a line below.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Centre } from '../../ports/centre.ts'
import { adminSecondFactorRoutes } from './admin-second-factor.ts'
import { adminSessionRoutes } from './admin-sessions.ts'
import { auditRoutes } from './audit.ts'
import { authenticateStaff } from './authenticate-staff.ts'
import { meRoutes } from './me.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { terminalDutyRoutes } from './terminal-duty.ts'
import { terminalLookRoutes } from './terminal-looks.ts'
import { terminalRoutes } from './terminals.ts'
import { textRoutes } from './texts.ts'

export interface AdminRoutesOptions {
  readonly centre: Centre
}

export type AdminRoutes = FastifyPluginAsyncTypebox<AdminRoutesOptions>

/** What a noun's routes are added to. */
export type AdminApp = Parameters<AdminRoutes>[0]

const NOUNS: readonly AdminRoutes[] = [
  meRoutes,
  auditRoutes,
  adminSessionRoutes,
  adminSecondFactorRoutes,
  secondFactorRoutes,
  textRoutes,
  terminalRoutes,
  terminalLookRoutes,
  terminalDutyRoutes,
]

export const adminRoutes: AdminRoutes = async (app, { centre }) => {
  authenticateStaff(app, centre)
  for (const routes of NOUNS) await app.register(routes, { centre })
}
