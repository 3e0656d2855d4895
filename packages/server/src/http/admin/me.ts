// GET /api/admin/me: who is logged in, and what they may do.

import { type MeAnswer, MeAnswer as MeAnswerSchema } from '@byfly-pay/contract'
import { rightsOf } from '@byfly-pay/core'
import { send, success } from '../answer.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showAdmin } from './show-admin.ts'

export const meRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/me',
    { config: { right: 'any_staff' }, schema: { response: { 200: MeAnswerSchema } } },
    async (request, reply) => {
      const { admin, sessionId } = staffAt(request)
      const countries = await centre.storage.places.countries()
      const data = {
        ...showAdmin(admin, countries),
        rights: [...rightsOf(admin.role)],
        session_id: sessionId,
        zone: centre.zone,
      }
      return send(reply, success<MeAnswer>(200, { success: true, data }))
    },
  )
}
