// One's own logins: out of this one, a list of all, the end of another.

import { CloseSessionAnswer, LogoutAnswer, SessionsAnswer } from '@byfly-pay/contract'
import { Type } from 'typebox'
import { closeSession } from '../../accounts/close-session.ts'
import { refuseUnenrolled, staffAt } from '../admin/authenticate-staff.ts'
import { showSession } from '../admin/show-session.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AuthRoutes } from './auth-routes.ts'

/** More than anybody has of 12 hours each. */
export const SESSIONS_LIMIT = 100

const ofSession = Type.Object({ id: Type.String() })

export const logoutRoute: AuthRoutes = async (app, { centre, cookie }) => {
  app.post(
    '/logout',
    {
      schema: {
        response: { 200: LogoutAnswer },
      },
    },
    async (request, reply) => {
      const { actor, admin, sessionId } = staffAt(request)
      await closeSession(centre, actor, admin.id, sessionId)
      cookie.forget(reply)
      const message = 'Вы вышли'
      return send(reply, success<LogoutAnswer>(200, { success: true, message, data: null }))
    },
  )
}

export const ownSessionRoutes: AuthRoutes = async (app, { centre }) => {
  app.addHook('onRequest', async (request) => refuseUnenrolled(staffAt(request)))

  app.get(
    '/sessions',
    { schema: { response: { 200: SessionsAnswer } } },
    async (request, reply) => {
      const { admin, sessionId } = staffAt(request)
      const lines = await centre.storage.staff.sessionsOf(admin.id, SESSIONS_LIMIT)
      const data = lines.map((line) => showSession(line, centre.zone, sessionId))
      return send(reply, success<SessionsAnswer>(200, { success: true, data }))
    },
  )

  app.delete(
    '/sessions/:id',
    {
      schema: {
        params: ofSession,
        response: { 200: CloseSessionAnswer },
      },
    },
    async (request, reply) => {
      const { actor, admin } = staffAt(request)
      const isClosed = await closeSession(centre, actor, admin.id, request.params.id)
      if (!isClosed) throw new Refusal('not_found')
      const message = 'Сессия завершена'
      return send(reply, success<CloseSessionAnswer>(200, { success: true, message, data: null }))
    },
  )
}
