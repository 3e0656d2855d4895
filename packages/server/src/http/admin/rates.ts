// Rates of a payment method: a new one from now or later, and one that has not begun taken back. What
// was valid once is never touched (M11).

import { AddRateRequest, RateAddedAnswer, RateWithdrawnAnswer } from '@byfly-pay/contract'
import { rateOf } from '@byfly-pay/core'
import {
  type AddRateOutcome,
  addRate,
  type NewRate,
  withdrawRate,
} from '../../accounts/change-rates.ts'
import { done, send, success } from '../answer.ts'
import { type FieldErrors, Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { readMoment } from './read-moment.ts'
import { showRate } from './show-method.ts'

type Reason = Extract<AddRateOutcome, { readonly kind: 'refused' }>['reason']

const FAULTS: Readonly<Record<Reason, FieldErrors>> = {
  moment_taken: { valid_from: 'Must be later than now, when no other rate begins' },
  too_far: { valid_from: 'Must be within two years' },
  too_many: { valid_from: 'There are 20 coming rates already' },
}

export const rateRoutes: AdminRoutes = async (app, { centre }) => {
  app.post<{ Params: WithId; Body: AddRateRequest }>(
    '/payment-methods/:id/rates',
    {
      config: { right: 'methods.write' },
      schema: {
        body: AddRateRequest,
        response: { 201: RateAddedAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const rate = readRate(request.body, centre.zone)
      const outcome = await addRate(centre, staffAt(request), id, rate)
      if (outcome.kind === 'not_found') throw new Refusal('not_found')
      if (outcome.kind === 'refused') {
        throw new Refusal('validation', { errors: FAULTS[outcome.reason] })
      }
      const data = showRate(outcome.rate, centre.zone)
      const body = { success: true, message: 'Ставка добавлена', data } as const
      return send(reply, success<RateAddedAnswer>(201, body))
    },
  )
  app.delete<{ Params: WithId & { readonly rateId: string } }>(
    '/payment-methods/:id/rates/:rateId',
    {
      config: { right: 'methods.write' },
      schema: {
        response: { 200: RateWithdrawnAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const rateId = readId(request.params.rateId)
      const outcome = await withdrawRate(centre, staffAt(request), id, rateId)
      if (outcome !== 'withdrawn') throw new Refusal(outcome)
      return send(reply, done<RateWithdrawnAnswer>('Ставка отменена'))
    },
  )
}

/** @throws Refusal validation: a rate is said once, as percent or in basis points */
function readRate(body: AddRateRequest, zone: string): NewRate {
  const { percent, rate_bp: rateBp, valid_from: from } = body
  const errors: Record<string, string> = {}
  const said = percent === undefined ? (rateBp ?? null) : rateOf(percent)
  if (percent === undefined && rateBp === undefined) errors['percent'] = 'Field is required'
  else if (said === null) errors['percent'] = 'Must be from 0 to 90 with at most 2 decimals'
  else if (rateBp !== undefined && rateBp !== said) errors['rate_bp'] = 'Contradicts percent'
  const fromMs = from === undefined ? null : readMoment(from, zone)
  if (from !== undefined && fromMs === null) errors['valid_from'] = 'Must be a date and time'
  if (said === null || Object.keys(errors).length > 0) throw new Refusal('validation', { errors })
  return { rateBp: said, fromMs }
}
