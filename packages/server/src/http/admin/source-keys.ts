// New tokens and secrets for a source. Each is shown in the answer that made it, and never again (L5, W1).

import { RotateRequest, SecretRotatedAnswer, TokenRotatedAnswer } from '@byfly-pay/contract'
import { HOUR_MS } from '@byfly-pay/core'
import { ROTATION_OVERLAP_MS, rotateSecret, rotateToken } from '../../accounts/sources.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'

const DEFAULT_OVERLAP_HOURS = ROTATION_OVERLAP_MS / HOUR_MS

export const sourceKeyRoutes: AdminRoutes = async (app, { centre }) => {
  app.post<{ Params: WithId; Body: RotateRequest }>(
    '/sources/:id/rotate-token',
    {
      config: { right: 'sources.secrets' },
      schema: {
        body: RotateRequest,
        response: { 200: TokenRotatedAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const hours = request.body?.overlap_hours ?? DEFAULT_OVERLAP_HOURS
      const token = await rotateToken(centre, staffAt(request), id, hours * HOUR_MS)
      if (token === null) throw new Refusal('not_found')
      const data = { api_token: token, overlap_hours: hours }
      const body = { success: true, message: 'Токен заменен', data } as const
      return send(reply, success<TokenRotatedAnswer>(200, body))
    },
  )
  app.post<{ Params: WithId; Body: RotateRequest }>(
    '/sources/:id/rotate-secret',
    {
      config: { right: 'sources.secrets' },
      schema: {
        body: RotateRequest,
        response: { 200: SecretRotatedAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const hours = request.body?.overlap_hours ?? DEFAULT_OVERLAP_HOURS
      const secret = await rotateSecret(centre, staffAt(request), id, hours * HOUR_MS)
      if (secret === null) throw new Refusal('not_found')
      const data = { webhook_secret: secret, overlap_hours: hours }
      const body = { success: true, message: 'Секрет заменен', data } as const
      return send(reply, success<SecretRotatedAnswer>(200, body))
    },
  )
}
