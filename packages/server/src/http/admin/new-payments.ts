// POST /api/admin/payments and the sources it can be for: taking a payment at the desk. Under one
// Idempotency-Key one payment is made, whatever becomes of the call.

import {
  DeskSourcesAnswer,
  type NewPayment,
  NewPaymentAnswer,
  NewPaymentRequest,
} from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { Staff } from '../../accounts/staff.ts'
import { createByStaff } from '../../payments/create-by-staff.ts'
import type { PaymentRequest } from '../../payments/create-payment.ts'
import type { Centre } from '../../ports/centre.ts'
import { type Answer, refusalAsAnswer, send, success } from '../answer.ts'
import { answerOnce, type KeyedRoute, type Turn } from '../idempotency.ts'
import { FIELD_AT_FAULT } from '../init-once.ts'
import { readPaymentRequest } from '../payment-request.ts'
import { Refusal } from '../refusal.ts'
import { checkoutUrl } from '../show-payment.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { keyedByStaff } from './keyed-by-staff.ts'

/** More sources than anybody would choose from by hand. */
const SOURCES_LIMIT = 1_000
/** A call that only writes rows is over long before this. */
const SHORT_CALL_MS = 30_000
const ROUTE: KeyedRoute = { name: 'desk', target: null, callMs: SHORT_CALL_MS }

export const newPaymentRoutes: AdminRoutes = async (app, { centre, live: { limits } }) => {
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
      const staff = staffAt(request)
      const { source_id: sourceId, ...body } = request.body
      const payment = readPaymentRequest(body, 'tiyn')
      // A kept answer is not repeated to whoever may no longer see its source.
      const source = await centre.storage.sources.find(staff.scope, sourceId)
      if (source === null) throw new Refusal('not_found')
      const call = keyedByStaff({ centre, limits }, request, reply, ROUTE)
      const answer = await answerOnce(call, (turn) =>
        refusalAsAnswer(request.id, () => created(centre, { staff, turn, sourceId, payment })),
      )
      return send(reply, answer)
    },
  )
}

interface WantedPayment {
  readonly staff: Staff
  readonly turn: Turn
  readonly sourceId: number
  readonly payment: PaymentRequest
}

/** @throws Refusal */
async function created(centre: Centre, wanted: WantedPayment): Promise<Answer> {
  const { payment, sourceId, turn } = wanted
  const { expiresAtMs, id } = await paymentOf(centre, wanted, turn)
  const data: NewPayment = {
    transaction_id: transactionIdOf(id),
    source_id: sourceId,
    original_amount: Number(payment.amountTiyn),
    amount_unit: 'tiyn',
    checkout_url: checkoutUrl(centre, id),
    expires_at: localTime(expiresAtMs, centre.zone),
    expires_at_utc: utcTime(expiresAtMs),
  }
  return success<NewPaymentAnswer>(201, { success: true, message: 'Платеж создан', data })
}

/** Made now, or by an earlier call under the key whose answer was never given. */
async function paymentOf(
  centre: Centre,
  { payment, sourceId, staff }: WantedPayment,
  { claim, effectId }: Turn,
): Promise<{ readonly id: string; readonly expiresAtMs: number }> {
  if (effectId !== null) return known(centre, effectId)
  const outcome = await createByStaff(centre, staff, sourceId, payment, claim)
  switch (outcome.kind) {
    case 'created':
      return outcome.payment
    case 'done_before':
      return known(centre, outcome.paymentId)
    case 'source_not_found':
      throw new Refusal('not_found')
    case 'refused': {
      const { [outcome.code]: errors } = FIELD_AT_FAULT
      throw new Refusal(outcome.code, errors === undefined ? {} : { errors })
    }
  }
}

async function known({ storage }: Centre, paymentId: string) {
  const view = await storage.payments.view(paymentId)
  if (view === null) throw new Refusal('payment_not_found')
  return view
}
