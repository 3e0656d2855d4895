// Everything under /api/auth: logging in, which anybody may try, and one's own login once one is in.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Centre } from '../../ports/centre.ts'
import { callingStaff } from '../admin/authenticate-staff.ts'
import type { StaffCookie } from '../staff-cookie.ts'
import { loginRoutes } from './login.ts'
import { ownSecondFactorRoutes } from './own-second-factor.ts'
import { logoutRoute, ownSessionRoutes } from './own-sessions.ts'

export interface AuthRoutesOptions {
  readonly centre: Centre
  readonly cookie: StaffCookie
}

export type AuthRoutes = FastifyPluginAsyncTypebox<AuthRoutesOptions>

export const authRoutes: AuthRoutes = async (app, { centre, cookie }) => {
  await app.register(loginRoutes, { centre, cookie })
  await app.register(ownLoginRoutes, { centre, cookie })
}

const ownLoginRoutes: AuthRoutes = async (app, { centre, cookie }) => {
  app.addHook('onRequest', async (request) => {
    request.staff = await callingStaff(centre, cookie, request)
  })
  await app.register(logoutRoute, { centre, cookie })
  await app.register(ownSecondFactorRoutes, { centre, cookie })
  await app.register(ownSessionRoutes, { centre, cookie })
}
