// Everything under /api/auth: logging in, which anybody may try, and one's own login once one is in.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Centre } from '../../ports/centre.ts'
import { callingStaff } from '../admin/authenticate-staff.ts'
import { loginRoutes } from './login.ts'
import { ownSecondFactorRoutes } from './own-second-factor.ts'
import { logoutRoute, ownSessionRoutes } from './own-sessions.ts'

export interface AuthRoutesOptions {
  readonly centre: Centre
}

export type AuthRoutes = FastifyPluginAsyncTypebox<AuthRoutesOptions>

export const authRoutes: AuthRoutes = async (app, { centre }) => {
  await app.register(loginRoutes, { centre })
  await app.register(ownLoginRoutes, { centre })
}

const ownLoginRoutes: AuthRoutes = async (app, { centre }) => {
  app.addHook('onRequest', async (request) => {
    request.staff = await callingStaff(centre, request)
  })
  await app.register(logoutRoute, { centre })
  await app.register(ownSecondFactorRoutes, { centre })
  await app.register(ownSessionRoutes, { centre })
}
