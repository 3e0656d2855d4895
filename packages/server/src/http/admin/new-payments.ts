// POST /api/admin/payments and the sources it can be for: taking a payment at the desk.

import {
  DeskSourcesAnswer,
  type NewPayment,
  NewPaymentAnswer,
  NewPaymentRequest,
} from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import { createByStaff } from '../../payments/create-by-staff.ts'
import { send, success } from '../answer.ts'
import { FIELD_AT_FAULT } from '../init-once.ts'
import { readPaymentRequest } from '../payment-request.ts'
import { Refusal } from '../refusal.ts'
import { checkoutUrl } from '../show-payment.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'

/** More sources than anybody would choose from by hand. */
const SOURCES_LIMIT = 1_000

export const newPaymentRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/payments/sources',
    { config: { right: 'payments.create' }, schema: { response: { 200: DeskSourcesAnswer } } },
    async (request, reply) => {
      const page = { afterId: 0, limit: SOURCES_LIMIT }
      const sources = await centre.storage.sources.list(staffAt(request).scope, page)
      const data = sources.filter(({ isActive }) => isActive).map(({ id, name }) => ({ id, name }))
      return send(reply, success<DeskSourcesAnswer>(200, { success: true, data }))
    },
  )

  app.post(
    '/payments',
    {
      config: { right: 'payments.create' },
      schema: { body: NewPaymentRequest, response: { 201: NewPaymentAnswer } },
    },
    async (request, reply) => {
      const { source_id: sourceId, ...wanted } = request.body
      const payment = readPaymentRequest(wanted, 'tiyn')
      const outcome = await createByStaff(centre, staffAt(request), sourceId, payment)
      if (outcome.kind === 'source_not_found') throw new Refusal('not_found')
      if (outcome.kind === 'refused') {
        const { [outcome.code]: errors } = FIELD_AT_FAULT
        throw new Refusal(outcome.code, errors === undefined ? {} : { errors })
      }
      const { expiresAtMs, id } = outcome.payment
      const data: NewPayment = {
        transaction_id: transactionIdOf(id),
        source_id: sourceId,
        original_amount: Number(payment.amountTiyn),
        amount_unit: 'tiyn',
        checkout_url: checkoutUrl(centre, id),
        expires_at: localTime(expiresAtMs, centre.zone),
        expires_at_utc: utcTime(expiresAtMs),
      }
      const body = { success: true, message: 'Платеж создан', data } as const
      return send(reply, success<NewPaymentAnswer>(201, body))
    },
  )
}
