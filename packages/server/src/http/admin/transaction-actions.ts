// What staff do with a payment by hand: cancel it, or say what became of an attempt that no program can ask
// about any more (S4, S6, S6a, S6b).

import { CancelledTransactionAnswer, ResolveAnswer, ResolveRequest } from '@byfly-pay/contract'
import { parseTransactionId } from '@byfly-pay/core'
import { cancelByStaff } from '../../payments/cancel-by-staff.ts'
import { type ResolveOutcome, resolveAttempt } from '../../payments/resolve-attempt.ts'
import { tellPayment } from '../../payments/tell-payment.ts'
import { done, send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readResolve, refusalOfResolve } from './resolve-request.ts'
import { showTransaction } from './show-transaction.ts'
import { paymentIdAt } from './transactions.ts'

export const transactionActionRoutes: AdminRoutes = async (app, { centre }) => {
  app.post<{ Params: { id: string } }>(
    '/transactions/:id/cancel',
    {
      config: { right: 'payments.cancel' },
      schema: { response: { 200: CancelledTransactionAnswer } },
    },
    async (request, reply) => {
      const outcome = await cancelByStaff(centre, staffAt(request), paymentIdAt(request.params))
      if (outcome.kind === 'not_found') throw new Refusal('payment_not_found')
      if (outcome.kind === 'rejected') throw new Refusal(refusalOfResolve(outcome.code))
      return send(reply, done<CancelledTransactionAnswer>('Платеж отменен'))
    },
  )

  app.post<{ Params: { id: string; attemptId: string }; Body: ResolveRequest }>(
    '/transactions/:id/attempts/:attemptId/resolve',
    {
      config: { right: 'payments.resolve' },
      schema: { body: ResolveRequest, response: { 200: ResolveAnswer } },
    },
    async (request, reply) => {
      const staff = staffAt(request)
      const paymentId = paymentIdAt(request.params)
      const attemptId = parseTransactionId(request.params.attemptId.replaceAll('-', ''))
      if (attemptId === null) throw new Refusal('not_found')
      const call = { paymentId, attemptId, ...readResolve(request.body) }
      const outcome = await resolveAttempt(centre, staff, call)
      refuseUnresolved(outcome)
      const story = await tellPayment(centre, staff, paymentId, languageOf(request))
      if (story === null) throw new Refusal('payment_not_found')
      const data = showTransaction(story.line, centre.zone)
      return send(
        reply,
        success<ResolveAnswer>(200, { success: true, message: 'Решение записано', data }),
      )
    },
  )
}

/** @throws Refusal unless the word was written down */
function refuseUnresolved(outcome: ResolveOutcome): void {
  switch (outcome.kind) {
    case 'resolved':
      return
    case 'not_found':
      throw new Refusal('payment_not_found')
    case 'unknown_method':
    case 'booked_elsewhere':
      throw new Refusal(outcome.kind)
    case 'rejected':
      throw new Refusal(refusalOfResolve(outcome.code))
  }
}
