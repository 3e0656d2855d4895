// /api/admin/days: closing a day, and reading the reports that days were closed with.

import {
  CloseDayRequest,
  ClosedDayAnswer,
  ClosedDayQuery,
  ClosedDaysAnswer,
  ClosedDaysQuery,
} from '@byfly-pay/contract'
import { dayNumber } from '@byfly-pay/core'
import type { ClosedDay } from '../../ports/day-store.ts'
import { closeDay } from '../../reconciliation/close-day.ts'
import { send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseText } from './desks.ts'
import { showClosedDay } from './show-statement.ts'

const DEFAULT_LIMIT = 100

interface WithDay {
  readonly day: string
}

export const dayRoutes: AdminRoutes = async (app, { centre }) => {
  const config = { right: 'books.reconcile' } as const
  const { days } = centre.storage

  const report = (closed: ClosedDay): ClosedDayAnswer['data'] => ({
    ...showClosedDay(closed, centre.zone),
    report: JSON.parse(closed.report),
  })

  app.get(
    '/days',
    { config, schema: { querystring: ClosedDaysQuery, response: { 200: ClosedDaysAnswer } } },
    async (request, reply) => {
      const { before = null, limit } = request.query
      if (before !== null && dayNumber(before) === null)
        return refuseFaults({ before: 'Is not a day' })
      const found = await days.page(staffAt(request).scope, before, Number(limit ?? DEFAULT_LIMIT))
      const data = found.map((closed) => showClosedDay(closed, centre.zone))
      return send(reply, success<ClosedDaysAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: WithDay; Querystring: ClosedDayQuery }>(
    '/days/:day',
    { config, schema: { querystring: ClosedDayQuery, response: { 200: ClosedDayAnswer } } },
    async (request, reply) => {
      const { country = 'KZ', system, version } = request.query
      const { day } = request.params
      if (dayNumber(day) === null) throw new Refusal('not_found')
      const ledger = { system, countryIso: country }
      const number = version === undefined ? null : Number(version)
      const closed = await days.closed(staffAt(request).scope, ledger, day, number)
      if (closed === null) throw new Refusal('not_found')
      return send(reply, success<ClosedDayAnswer>(200, { success: true, data: report(closed) }))
    },
  )

  app.post<{ Params: WithDay; Body: CloseDayRequest }>(
    '/days/:day/close',
    { config, schema: { body: CloseDayRequest, response: { 200: ClosedDayAnswer } } },
    async (request, reply) => {
      const { country = 'KZ', reason, system } = request.body
      if (reason !== undefined) refuseText({ reason })
      const ledger = { system, countryIso: country }
      const said = reason?.trim() ?? null
      const outcome = await closeDay(centre, staffAt(request), ledger, request.params.day, said)
      switch (outcome.kind) {
        case 'closed':
          return send(
            reply,
            success<ClosedDayAnswer>(200, { success: true, data: report(outcome.day) }),
          )
        case 'not_found':
        case 'not_a_day':
          throw new Refusal('not_found')
        case 'day_not_over':
          throw new Refusal(outcome.kind)
        case 'reason_required':
          return refuseFaults({ reason: 'The day is closed already: say why it is closed again' })
      }
    },
  )
}
