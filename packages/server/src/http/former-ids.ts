// A payment of an earlier centre is called by the id that its source knows: the path is read with it, and whoever
// called by it is answered with it. Nothing behind the routes knows of this.

import { transactionIdOf } from '@byfly-pay/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Centre } from '../ports/centre.ts'

const LONGEST_ID = 64

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of before that this call named its payment by. */
    formerId: { readonly asked: string; readonly transactionId: string } | null
  }
}

/** For routes whose path names a payment as `:id`; after the caller is known. */
export function addFormerIds(app: FastifyInstance, { storage }: Centre): void {
  app.decorateRequest('formerId', null)
  app.addHook('preHandler', async (request) => {
    const params = paramsOf(request)
    if (params === null || params.id.length > LONGEST_ID) return
    const former = await storage.formerIds.find(params.id)
    if (former === null) return
    const transactionId = transactionIdOf(former.paymentId)
    request.formerId = { asked: former.formerId, transactionId }
    params.id = transactionId
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    const { formerId } = request
    if (formerId === null || typeof payload !== 'string') return payload
    const told = (id: string) => `"transaction_id":"${id}"`
    return payload.replaceAll(told(formerId.transactionId), told(formerId.asked))
  })
}

function paramsOf({ params }: FastifyRequest): { id: string } | null {
  const isWithId = typeof params === 'object' && params !== null && 'id' in params
  return isWithId && typeof params.id === 'string' ? (params as { id: string }) : null
}
