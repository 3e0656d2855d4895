// GET /api/admin/transactions: lists with search, and one payment's story.

import { TransactionStoryAnswer, TransactionsAnswer, TransactionsQuery } from '@byfly-pay/contract'
import { parseTransactionId } from '@byfly-pay/core'
import { listPayments } from '../../payments/list-payments.ts'
import { tellPayment } from '../../payments/tell-payment.ts'
import { send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showStory } from './show-story.ts'
import { showTransaction } from './show-transaction.ts'
import { readFilter, readPage, showCursor } from './transaction-query.ts'

export const transactionRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/transactions',
    {
      config: { right: 'payments.read' },
      schema: { querystring: TransactionsQuery, response: { 200: TransactionsAnswer } },
    },
    async (request, reply) => {
      const page = readPage(request.query)
      const filter = readFilter(request.query, centre.zone)
      const listed = await listPayments(centre, staffAt(request), filter, page)
      const data: TransactionsAnswer['data'] = {
        transactions: listed.lines.map((line) => showTransaction(line, centre.zone)),
        total: listed.total,
        limit: page.limit,
        offset: page.from.kind === 'offset' ? page.from.offset : 0,
        total_exact: listed.isExact,
        next_cursor: showCursor(listed.next, page.order),
        amount_unit: 'tiyn',
      }
      return send(reply, success<TransactionsAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: { id: string } }>(
    '/transactions/:id',
    {
      config: { right: 'payments.read' },
      schema: { response: { 200: TransactionStoryAnswer } },
    },
    async (request, reply) => {
      const language = languageOf(request)
      const paymentId = paymentIdAt(request.params)
      const story = await tellPayment(centre, staffAt(request), paymentId, language)
      if (story === null) throw new Refusal('payment_not_found')
      const data = showStory(centre, story, language)
      return send(reply, success<TransactionStoryAnswer>(200, { success: true, data }))
    },
  )
}

/** @throws Refusal when the path holds no payment's number */
export function paymentIdAt({ id }: { readonly id: string }): string {
  const paymentId = parseTransactionId(id)
  if (paymentId === null) throw new Refusal('payment_not_found')
  return paymentId
}
