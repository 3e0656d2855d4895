// /api/admin/payment-systems: read by everybody at work, changed by super admins. A system is named by
// its code in the path.

import {
  AddPaymentSystemRequest,
  ChangePaymentSystemRequest,
  PaymentSystemsAnswer,
  PlaceDoneAnswer,
} from '@byfly-pay/contract'
import {
  addPaymentSystem,
  changePaymentSystem,
  type PaymentSystemOutcome,
  removePaymentSystem,
} from '../../accounts/change-payment-system.ts'
import type { PaymentSystem } from '../../ports/place-store.ts'
import { done, send, success } from '../answer.ts'
import { onlyGiven } from '../only-given.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseUnshowable } from './showable.ts'

interface WithCode {
  readonly code: string
}

export const paymentSystemRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/payment-systems',
    {
      config: { right: 'any_staff' },
      schema: { response: { 200: PaymentSystemsAnswer } },
    },
    async (_request, reply) => {
      const systems = await centre.storage.places.paymentSystems()
      const data = systems.map(({ stepTiyn, ...system }) => {
        return { ...system, step: Number(stepTiyn), amount_unit: 'tiyn' as const }
      })
      return send(reply, success<PaymentSystemsAnswer>(200, { success: true, data }))
    },
  )
  app.post(
    '/payment-systems',
    {
      config: { right: 'settings.write' },
      schema: {
        body: AddPaymentSystemRequest,
        response: { 201: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      const { code, name, currency, step } = request.body
      refuseUnshowable({ name })
      const system = { code, name, currency, stepTiyn: BigInt(step) }
      check(await addPaymentSystem(centre, staffAt(request), system))
      return send(reply, done<PlaceDoneAnswer>('Платежная система добавлена', 201))
    },
  )
  app.put<{ Params: WithCode; Body: ChangePaymentSystemRequest }>(
    '/payment-systems/:code',
    {
      config: { right: 'settings.write' },
      schema: {
        body: ChangePaymentSystemRequest,
        response: { 200: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      const { name, currency, step } = request.body
      refuseUnshowable({ name })
      const stepTiyn = step === undefined ? undefined : BigInt(step)
      const wanted = onlyGiven<Omit<PaymentSystem, 'code'>>({ name, currency, stepTiyn })
      check(await changePaymentSystem(centre, staffAt(request), request.params.code, wanted))
      return send(reply, done<PlaceDoneAnswer>('Платежная система обновлена'))
    },
  )
  app.delete<{ Params: WithCode }>(
    '/payment-systems/:code',
    {
      config: { right: 'settings.write' },
      schema: {
        response: { 200: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      check(await removePaymentSystem(centre, staffAt(request), request.params.code))
      return send(reply, done<PlaceDoneAnswer>('Платежная система удалена'))
    },
  )
}

/** @throws Refusal unless it was done */
function check(outcome: PaymentSystemOutcome): void {
  if (outcome.kind === 'done') return
  if (outcome.kind === 'not_found') throw new Refusal('not_found')
  if (outcome.reason === 'in_use') throw new Refusal('in_use')
  throw new Refusal('validation', { errors: { code: 'Is another payment system already' } })
}
