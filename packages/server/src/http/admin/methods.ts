// /api/admin/payment-methods: those of the staff's own countries and systems.

import {
  ChangeMethodRequest,
  MethodAnswer,
  MethodChangedAnswer,
  MethodsAnswer,
} from '@byfly-pay/contract'
import { changeMethod } from '../../accounts/change-method.ts'
import type { MethodSettings } from '../../ports/method-store.ts'
import { done, send, success } from '../answer.ts'
import { onlyGiven } from '../only-given.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { showMethod, showRate } from './show-method.ts'
import { refuseUnshowable } from './showable.ts'

const RATES_SHOWN = 100

export const methodRoutes: AdminRoutes = async (app, { centre }) => {
  const { methods } = centre.storage
  app.get(
    '/payment-methods',
    {
      config: { right: 'methods.read' },
      schema: { response: { 200: MethodsAnswer } },
    },
    async (request, reply) => {
      const found = await methods.list(staffAt(request).scope)
      const data = found.map((method) => showMethod(method, centre.zone))
      return send(reply, success<MethodsAnswer>(200, { success: true, data }))
    },
  )
  app.get<{ Params: WithId }>(
    '/payment-methods/:id',
    {
      config: { right: 'methods.read' },
      schema: { response: { 200: MethodAnswer } },
    },
    async (request, reply) => {
      const method = await methods.find(staffAt(request).scope, readId(request.params.id))
      if (method === null) throw new Refusal('not_found')
      const rates = await methods.rates(method.id, RATES_SHOWN)
      const shown = rates.map((rate) => showRate(rate, centre.zone))
      const data = { ...showMethod(method, centre.zone), rates: shown }
      return send(reply, success<MethodAnswer>(200, { success: true, data }))
    },
  )
  app.put<{ Params: WithId; Body: ChangeMethodRequest }>(
    '/payment-methods/:id',
    {
      config: { right: 'methods.write' },
      schema: {
        body: ChangeMethodRequest,
        response: { 200: MethodChangedAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const outcome = await changeMethod(centre, staffAt(request), id, readMethod(request.body))
      if (outcome.kind === 'not_found') throw new Refusal('not_found')
      if (outcome.kind === 'refused') {
        throw new Refusal('validation', { errors: { min: 'Must not be above max' } })
      }
      return send(reply, done<MethodChangedAnswer>('Способ оплаты обновлен'))
    },
  )
}

function readMethod(body: ChangeMethodRequest): Partial<MethodSettings> {
  refuseUnshowable({ name: body.name })
  return onlyGiven<MethodSettings>({
    name: body.name,
    isActive: body.is_active,
    isSelectable: body.is_selectable,
    addCommissionToAmount: body.add_commission_to_amount,
    commissionMode: body.commission_mode,
    route: body.route,
    minTiyn: body.min === undefined ? undefined : BigInt(body.min),
    maxTiyn: body.max === undefined ? undefined : BigInt(body.max),
  })
}
