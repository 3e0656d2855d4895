// The sessions of another member of staff, for super admins: a list, and the end of one.

import { CloseSessionAnswer, SessionsAnswer } from '@byfly-pay/contract'
import { Type } from 'typebox'
import { closeSession } from '../../accounts/close-session.ts'
import { send, success } from '../answer.ts'
import { SESSIONS_LIMIT } from '../auth/own-sessions.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId } from './path-id.ts'
import { showSession } from './show-session.ts'

const config = { right: 'admins.manage' } as const

const ofAdmin = Type.Object({ id: Type.String() })
const ofSession = Type.Object({ id: Type.String(), session: Type.String() })

export const adminSessionRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/admins/:id/sessions',
    {
      config,
      schema: {
        params: ofAdmin,
        response: { 200: SessionsAnswer },
      },
    },
    async (request, reply) => {
      const adminId = readId(request.params.id)
      const { staff } = centre.storage
      if ((await staff.admin(adminId)) === null) throw new Refusal('not_found')
      const lines = await staff.sessionsOf(adminId, SESSIONS_LIMIT)
      const { sessionId } = staffAt(request)
      const data = lines.map((line) => showSession(line, centre.zone, sessionId))
      return send(reply, success<SessionsAnswer>(200, { success: true, data }))
    },
  )

  app.delete(
    '/admins/:id/sessions/:session',
    {
      config,
      schema: {
        params: ofSession,
        response: { 200: CloseSessionAnswer },
      },
    },
    async (request, reply) => {
      const adminId = readId(request.params.id)
      const { actor } = staffAt(request)
      const isClosed = await closeSession(centre, actor, adminId, request.params.session)
      if (!isClosed) throw new Refusal('not_found')
      const message = 'Сессия завершена'
      return send(reply, success<CloseSessionAnswer>(200, { success: true, message, data: null }))
    },
  )
}
