// /api/admin/days: closing a day, and reading the reports that days were closed with.

import {
  CloseDayRequest,
  ClosedDayAnswer,
  ClosedDayQuery,
  ClosedDaysAnswer,
  ClosedDaysQuery,
  DayExportQuery,
  DayPreviewAnswer,
  DayPreviewQuery,
} from '@byfly-pay/contract'
import { dayNumber } from '@byfly-pay/core'
import type { Staff } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import type { ClosedDay, DayReport } from '../../ports/day-store.ts'
import { closeDay, previewDay } from '../../reconciliation/close-day.ts'
import { send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseText } from './desks.ts'
import { CONTENT_TYPES } from './export-file.ts'
import { showClosedDay } from './show-statement.ts'

const DEFAULT_LIMIT = 100

interface WithDay {
  readonly day: string
}

const config = { right: 'books.reconcile' } as const

export const dayRoutes: AdminRoutes = async (app, { centre }) => {
  readRoutes(app, centre)
  exportRoute(app, centre)
  closeRoute(app, centre)
}

function showReport(closed: ClosedDay, zone: string): ClosedDayAnswer['data'] {
  return { ...showClosedDay(closed, zone), report: JSON.parse(closed.report) }
}

/** @throws Refusal not_found */
async function closedAt(
  { storage }: Centre,
  { scope }: Staff,
  day: string,
  { country = 'KZ', system, version }: ClosedDayQuery,
): Promise<ClosedDay> {
  if (dayNumber(day) === null) throw new Refusal('not_found')
  const ledger = { system, countryIso: country }
  const number = version === undefined ? null : Number(version)
  const closed = await storage.days.closed(scope, ledger, day, number)
  if (closed === null) throw new Refusal('not_found')
  return closed
}

function readRoutes(app: AdminApp, centre: Centre): void {
  const { days } = centre.storage

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
      const closed = await closedAt(centre, staffAt(request), request.params.day, request.query)
      const data = showReport(closed, centre.zone)
      return send(reply, success<ClosedDayAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: WithDay; Querystring: DayPreviewQuery }>(
    '/days/:day/preview',
    { config, schema: { querystring: DayPreviewQuery, response: { 200: DayPreviewAnswer } } },
    async (request, reply) => {
      const { country = 'KZ', system } = request.query
      const ledger = { system, countryIso: country }
      const found = await previewDay(centre, staffAt(request), ledger, request.params.day)
      if (found === null) throw new Refusal('not_found')
      const { isOver, lastVersion, report } = found
      const shown = {
        ...report,
        by_method: [...report.by_method],
        by_terminal: [...report.by_terminal],
        by_source: [...report.by_source],
        bank: [...report.bank],
        differences: report.differences.map((found) => ({ ...found, known: [...found.known] })),
      }
      const data = { last_version: lastVersion, is_over: isOver, report: shown }
      return send(reply, success<DayPreviewAnswer>(200, { success: true, data }))
    },
  )
}

function exportRoute(app: AdminApp, centre: Centre): void {
  app.get<{ Params: WithDay; Querystring: DayExportQuery }>(
    '/days/:day/export',
    { exposeHeadRoute: false, config, schema: { querystring: DayExportQuery } },
    async (request, reply) => {
      const { format, ...query } = request.query
      const closed = await closedAt(centre, staffAt(request), request.params.day, query)
      const report: DayReport = JSON.parse(closed.report)
      const { country, day, system } = report
      const name = `day-${day}-${system}-${country}-v${closed.version}.${format}`
      return reply
        .header('content-type', CONTENT_TYPES[format])
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Buffer.from(await centre.exporter.writeDay(report, format)))
    },
  )
}

function closeRoute(app: AdminApp, centre: Centre): void {
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
            success<ClosedDayAnswer>(200, {
              success: true,
              data: showReport(outcome.day, centre.zone),
            }),
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
