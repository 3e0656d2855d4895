// GET and PUT /api/admin/second-factor: whether all staff must have one.

import {
  SecondFactorRequest,
  SecondFactorSavedAnswer,
  SecondFactorSettingAnswer,
} from '@byfly-pay/contract'
import { setSecondFactorForAll } from '../../accounts/oblige-second-factor.ts'
import { send, success } from '../answer.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'

const config = { right: 'settings.write' } as const

export const secondFactorRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/second-factor',
    {
      config,
      schema: {
        response: { 200: SecondFactorSettingAnswer },
      },
    },
    async (_request, reply) => {
      const data = { is_obligatory: await centre.storage.secondFactors.isForAll() }
      return send(reply, success<SecondFactorSettingAnswer>(200, { success: true, data }))
    },
  )

  app.put(
    '/second-factor',
    {
      config,
      schema: {
        body: SecondFactorRequest,
        response: { 200: SecondFactorSavedAnswer },
      },
    },
    async (request, reply) => {
      await setSecondFactorForAll(centre, staffAt(request).actor, request.body.is_obligatory)
      const message = 'Настройка сохранена'
      return send(
        reply,
        success<SecondFactorSavedAnswer>(200, { success: true, message, data: null }),
      )
    },
  )
}
