// /api/admin/deliveries: what sources were told of payments, and telling it again.

import {
  DeliveriesAnswer,
  DeliveriesQuery,
  DeliveryAnswer,
  ResendAnswer,
} from '@byfly-pay/contract'
import { transactionIdOf } from '@byfly-pay/core'
import { resendDelivery } from '../../notices/resend-delivery.ts'
import { done, send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readDeliveryFilter } from './delivery-query.ts'
import { readDeliveryId, showDelivery, showDeliveryDetails } from './show-delivery.ts'

const DEFAULT_LIMIT = 100
const TRIES_SHOWN = 50

export const deliveryRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/deliveries',
    {
      config: { right: 'deliveries.read' },
      schema: { querystring: DeliveriesQuery, response: { 200: DeliveriesAnswer } },
    },
    async (request, reply) => {
      const limit = Number(request.query.limit ?? DEFAULT_LIMIT)
      const found = await centre.storage.deliveries.page(staffAt(request).scope, {
        ...readDeliveryFilter(request.query, centre.zone),
        limit: limit + 1,
      })
      const lines = found.slice(0, limit)
      const last = lines.at(-1)
      const data = {
        deliveries: lines.map((line) => showDelivery(line, centre.zone)),
        limit,
        next_cursor: found.length > limit && last !== undefined ? transactionIdOf(last.id) : null,
      }
      return send(reply, success<DeliveriesAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: { id: string } }>(
    '/deliveries/:id',
    {
      config: { right: 'deliveries.read' },
      schema: { response: { 200: DeliveryAnswer } },
    },
    async (request, reply) => {
      const id = readDeliveryId(request.params.id)
      const { deliveries, deliveryTries } = centre.storage
      const found = id === null ? null : await deliveries.find(staffAt(request).scope, id)
      if (found === null) throw new Refusal('not_found')
      const tries = await deliveryTries.ofDelivery(found.id, TRIES_SHOWN)
      const data = showDeliveryDetails(found, tries, centre.zone)
      return send(reply, success<DeliveryAnswer>(200, { success: true, data }))
    },
  )

  app.post<{ Params: { id: string } }>(
    '/deliveries/:id/resend',
    {
      config: { right: 'deliveries.resend' },
      schema: { response: { 200: ResendAnswer } },
    },
    async (request, reply) => {
      const { actor, scope } = staffAt(request)
      const id = readDeliveryId(request.params.id)
      if (id === null) throw new Refusal('not_found')
      const outcome = await resendDelivery(centre, actor, scope, id)
      if (outcome.kind === 'not_found') throw new Refusal('not_found')
      if (outcome.kind === 'not_sendable') throw new Refusal('delivery_not_sendable')
      return send(reply, done<ResendAnswer>('Вебхук будет отправлен снова'))
    },
  )
}
