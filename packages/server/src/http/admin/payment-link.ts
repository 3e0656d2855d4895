// POST /api/admin/transactions/{id}/send-link: the link of a payment by SMS, at the centre's expense.

import { SendLinkAnswer, SendLinkRequest } from '@byfly-pay/contract'
import { parsePhone } from '../../accounts/phone.ts'
import { type SendLinkOutcome, sendLink } from '../../notices/send-link.ts'
import { done, send } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import { checkoutUrl } from '../show-payment.ts'
import { tooOften } from '../too-often.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { paymentIdAt } from './transactions.ts'

export const paymentLinkRoutes: AdminRoutes = async (app, { centre }) => {
  app.post<{ Params: { id: string }; Body: SendLinkRequest }>(
    '/transactions/:id/send-link',
    {
      config: { right: 'customers.text' },
      schema: { body: SendLinkRequest, response: { 200: SendLinkAnswer } },
    },
    async (request, reply) => {
      const paymentId = paymentIdAt(request.params)
      const { phone } = request.body
      const parsed = phone === undefined ? null : parsePhone(phone)
      if (phone !== undefined && parsed === null) refuseFaults({ phone: 'Is not a phone number' })
      const link = checkoutUrl(centre, paymentId)
      refuseUnsent(await sendLink(centre, staffAt(request), { paymentId, phone: parsed, link }))
      return send(reply, done<SendLinkAnswer>('Ссылка отправлена'))
    },
  )
}

/** @throws Refusal unless it is on its way */
function refuseUnsent(outcome: SendLinkOutcome): void {
  switch (outcome.kind) {
    case 'sent':
      return
    case 'not_found':
      throw new Refusal('payment_not_found')
    case 'no_phone':
      throw new Refusal('validation', { errors: { phone: 'Field is required' } })
    case 'no_sender':
      throw new Refusal('texts_unavailable')
    case 'over':
      throw new Refusal(outcome.status === 'paid' ? 'already_paid' : 'cancelled')
    case 'too_often':
      throw tooOften(outcome.waitMs)
  }
}
