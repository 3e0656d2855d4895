// GET /api/payment-methods: what a source's customers can pay with (N3).

import { type PaymentMethodData, PaymentMethodsAnswer } from '@byfly-pay/contract'
import { inUnit, least, percentOf } from '@byfly-pay/core'
import cors from '@fastify/cors'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { PaymentMethod, Source } from '../../ports/account-store.ts'
import type { Centre } from '../../ports/centre.ts'
import { send, success } from '../answer.ts'
import { authenticate, sourceOf } from '../authenticate.ts'
import { OPEN_WITHOUT_CREDENTIALS } from '../cors.ts'

export interface PaymentMethodRoutesOptions {
  readonly centre: Centre
}

export const paymentMethodRoutes: FastifyPluginAsyncTypebox<PaymentMethodRoutesOptions> = async (
  app,
  { centre },
) => {
  await app.register(cors, OPEN_WITHOUT_CREDENTIALS)
  app.addHook('onRequest', authenticate(centre))
  app.get('', { schema: { response: { 200: PaymentMethodsAnswer } } }, async (request, reply) => {
    const source = sourceOf(request)
    const methods = await centre.storage.accounts.methods()
    const data = methods
      .filter(({ isSelectable }) => isSelectable)
      .map((method) => showMethod(method, source))
    return send(reply, success<PaymentMethodsAnswer>(200, { success: true, data }))
  })
}

function showMethod(method: PaymentMethod, source: Source): PaymentMethodData {
  const { amountUnit, addCommissionToAmount, ceilingTiyn } = source
  return {
    id: method.id,
    code: method.code,
    name: method.name,
    percent: percentOf(method.rateBp),
    months: method.months,
    min: inUnit(method.minTiyn, amountUnit),
    // Above the source's own ceiling no payment comes to be (M2).
    max: inUnit(least(method.maxTiyn, ceilingTiyn), amountUnit),
    add_commission_to_amount: addCommissionToAmount ?? method.addCommissionToAmount,
    currency: method.currency,
    payment_system: method.system,
  }
}
