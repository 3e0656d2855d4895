// A source's own refunds (M15): only one that the centre allows, and never of another's payment.

import { RefundAnswer, RefundRequest, RefundsOfPaymentAnswer } from '@byfly-pay/contract'
import { EVERYTHING, parseTransactionId } from '@byfly-pay/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { cardFault, textFault } from '../../payments/customer-fields.ts'
import type { Centre } from '../../ports/centre.ts'
import { refundsOf } from '../../refunds/refunds-of.ts'
import { send, success } from '../answer.ts'
import { sourceOf } from '../authenticate.ts'
import { clientGone } from '../client-gone.ts'
import { answerOnce, type KeyedCall, type KeyedRoute } from '../idempotency.ts'
import { readPart } from '../payment-request.ts'
import { refundOnce } from '../refund-once.ts'
import { Refusal } from '../refusal.ts'
import { showRefund } from '../show-refund.ts'
import { ownOf, paymentIdOf } from '../source-payment.ts'

const ofPayment = Type.Object({ id: Type.String({ description: 'transaction_id' }) })
/** Beyond the start call's own budget: its last step may have been a call to a terminal. */
const CALL_SLACK_MS = 4_000

export interface RefundRoutesOptions {
  readonly centre: Centre
  readonly keyed: (request: FastifyRequest, reply: FastifyReply, route: KeyedRoute) => KeyedCall
}

type TypedApp = Parameters<FastifyPluginAsyncTypebox>[0]

export function addRefunds(app: TypedApp, { centre, keyed }: RefundRoutesOptions): void {
  const callMs = centre.limits.startCallMs + CALL_SLACK_MS
  app.post(
    '/:id/refund',
    { schema: { params: ofPayment, body: RefundRequest, response: { 200: RefundAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      ownOf(source, await centre.storage.payments.view(paymentId))
      if (!source.refundsAllowed) throw new Refusal('refunds_not_allowed')
      const { amount, attempt_id: attempt, note, reason, refund_id: refund } = request.body
      const fault = note === undefined ? null : (textFault(note) ?? cardFault(note))
      if (fault !== null) throw new Refusal('validation', { errors: { note: fault } })
      const wanted = {
        paymentId,
        refundId: refund === undefined ? null : parseTransactionId(refund),
        attemptId: attempt === undefined ? null : parseTransactionId(attempt),
        amountTiyn: readPart(amount, source.amountUnit),
        reason: reason ?? 'customer_request',
        note: note ?? null,
        signal: clientGone(reply),
      } as const
      const route: KeyedRoute = { name: 'refund', target: paymentId, callMs }
      const answer = await answerOnce(keyed(request, reply, route), (turn) =>
        refundOnce({ centre, source, requestId: request.id, turn }, wanted),
      )
      return send(reply, answer)
    },
  )

  app.get(
    '/:id/refunds',
    { schema: { params: ofPayment, response: { 200: RefundsOfPaymentAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      ownOf(source, await centre.storage.payments.view(paymentId))
      const lines = await refundsOf(centre, EVERYTHING, paymentId)
      const data = lines.map((line) => showRefund(centre, line, source.amountUnit))
      return send(reply, success<RefundsOfPaymentAnswer>(200, { success: true, data }))
    },
  )
}
