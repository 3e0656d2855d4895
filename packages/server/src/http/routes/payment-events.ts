// A source's stream of events about one of its payments: the status call's data, at once and after each
// change (S11). It belongs inside the authenticated routes of payments.ts.

import { EventStreamText, EventsQuery } from '@byfly-pay/contract'
import type { AmountUnit } from '@byfly-pay/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Centre } from '../../ports/centre.ts'
import { isStillAdmitted, sourceOf, tokenHashOf } from '../authenticate.ts'
import type { Told } from '../live/event-stream.ts'
import { type Live, seatsOfSource } from '../live/live.ts'
import { streamEvents } from '../live/stream-events.ts'
import { POLLING, RateLimit } from '../rate-limit.ts'
import { showStatus } from '../show-payment.ts'
import { ownOf, paymentIdOf, refuseTooOften } from '../source-payment.ts'

export interface PaymentEventsOptions {
  readonly centre: Centre
  readonly live: Live
}

const ofPayment = Type.Object({ id: Type.String({ description: 'transaction_id' }) })

export function addEvents(
  app: Parameters<FastifyPluginAsyncTypebox>[0],
  { centre, live }: PaymentEventsOptions,
): void {
  const calls = new RateLimit(POLLING)
  const told = { tiyn: statusIn(centre, 'tiyn'), tenge: statusIn(centre, 'tenge') }
  app.get(
    '/:id/events',
    {
      schema: {
        params: ofPayment,
        querystring: EventsQuery,
        response: { 200: { content: { 'text/event-stream': { schema: EventStreamText } } } },
      },
    },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      refuseTooOften(calls, source, paymentId, centre.clock.now())
      const seen = ownOf(source, await centre.storage.payments.standing(paymentId))
      const tokenHash = tokenHashOf(request)
      const { ip } = request
      return streamEvents(live, {
        request,
        reply,
        seen,
        told: toldAs(told[source.amountUnit], request.formerId?.asked ?? null),
        seats: seatsOfSource(live, source.id, paymentId),
        isAllowed: () => isStillAdmitted(centre, tokenHash, ip),
      })
    },
  )
}

/** Whoever called by an id of before is told by it. */
function toldAs(told: Told, formerId: string | null): Told {
  if (formerId === null) return told
  return {
    ...told,
    wording: `${told.wording} as ${formerId}`,
    show: async (view) => ({ ...(await told.show(view)), transaction_id: formerId }),
  }
}

function statusIn(centre: Centre, unit: AmountUnit): Told {
  return {
    event: 'status',
    wording: `status in ${unit}`,
    show: async (view) => showStatus(centre, view, unit),
  }
}
