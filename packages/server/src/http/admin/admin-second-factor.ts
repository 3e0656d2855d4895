// The second factor of another member of staff, for super admins: whether there is one, whether there must
// be one, and the end of a lost one.

import {
  SecondFactorAnswer,
  SecondFactorRequest,
  SecondFactorResetAnswer,
  SecondFactorSavedAnswer,
} from '@byfly-pay/contract'
import { Type } from 'typebox'
import { obligeSecondFactor, resetSecondFactor } from '../../accounts/oblige-second-factor.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import { showSecondFactor } from '../show-second-factor.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId } from './path-id.ts'

const PATH = '/admins/:id/second-factor'
const config = { right: 'admins.manage' } as const
const params = Type.Object({ id: Type.String() })

export const adminSecondFactorRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    PATH,
    {
      config,
      schema: {
        params,
        response: { 200: SecondFactorAnswer },
      },
    },
    async (request, reply) => {
      const adminId = readId(request.params.id)
      const { secondFactors, staff } = centre.storage
      if ((await staff.admin(adminId)) === null) throw new Refusal('not_found')
      const data = showSecondFactor(await secondFactors.standing(adminId))
      return send(reply, success<SecondFactorAnswer>(200, { success: true, data }))
    },
  )

  app.put(
    PATH,
    {
      config,
      schema: {
        params,
        body: SecondFactorRequest,
        response: { 200: SecondFactorSavedAnswer },
      },
    },
    async (request, reply) => {
      const { is_obligatory: isObligatory } = request.body
      const adminId = readId(request.params.id)
      const { actor } = staffAt(request)
      const isKnown = await obligeSecondFactor(centre, actor, adminId, isObligatory)
      if (!isKnown) throw new Refusal('not_found')
      const body = { success: true, message: 'Настройка сохранена', data: null } as const
      return send(reply, success<SecondFactorSavedAnswer>(200, body))
    },
  )

  app.delete(
    PATH,
    {
      config,
      schema: {
        params,
        response: { 200: SecondFactorResetAnswer },
      },
    },
    async (request, reply) => {
      const { actor } = staffAt(request)
      const isReset = await resetSecondFactor(centre, actor, readId(request.params.id))
      if (!isReset) throw new Refusal('not_found')
      const body = { success: true, message: 'Второй фактор сброшен', data: null } as const
      return send(reply, success<SecondFactorResetAnswer>(200, body))
    },
  )
}
