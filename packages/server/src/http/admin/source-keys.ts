// New tokens and secrets for a source. Each is shown in the answer that made it, and never again (L5, W1).

import {
  RotateRequest,
  SecretRotatedAnswer,
  SourceKeysAnswer,
  TokenRotatedAnswer,
} from '@byfly-pay/contract'
import { HOUR_MS, localTime, utcTime } from '@byfly-pay/core'
import { ROTATION_OVERLAP_MS, rotateSecret, rotateToken } from '../../accounts/sources.ts'
import type { KeyLife } from '../../ports/source-store.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'

const DEFAULT_OVERLAP_HOURS = ROTATION_OVERLAP_MS / HOUR_MS

export const sourceKeyRoutes: AdminRoutes = async (app, { centre }) => {
  app.get<{ Params: WithId }>(
    '/sources/:id/keys',
    {
      config: { right: 'sources.secrets' },
      schema: { response: { 200: SourceKeysAnswer } },
    },
    async (request, reply) => {
      const { sources } = centre.storage
      const source = await sources.find(staffAt(request).scope, readId(request.params.id))
      if (source === null) throw new Refusal('not_found')
      const { tokens, secrets } = await sources.keys(source.id)
      const show = (keys: readonly KeyLife[]) => keys.map((key) => showLife(key, centre.zone))
      const data = { tokens: show(tokens), secrets: show(secrets) }
      return send(reply, success<SourceKeysAnswer>(200, { success: true, data }))
    },
  )
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

function showLife({ createdAtMs, endsAtMs }: KeyLife, zone: string) {
  return {
    created_at: localTime(createdAtMs, zone),
    created_at_utc: utcTime(createdAtMs),
    ends_at: localOrNull(endsAtMs, zone),
    ends_at_utc: utcOrNull(endsAtMs),
  }
}
