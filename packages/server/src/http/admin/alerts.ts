// /api/admin/alerts: the bell. What is wrong and what was, of what the viewer may see, and what they have
// read of it.

import { AlertsAnswer, AlertsQuery, AlertsReadAnswer, ReadAlertsRequest } from '@byfly-pay/contract'
import { readAlerts, viewerOf } from '../../alerts/change-alerts.ts'
import type { Centre } from '../../ports/centre.ts'
import { done, send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showAlert } from './show-alert.ts'

const DEFAULT_LIMIT = 100

export const alertRoutes: AdminRoutes = async (app, { centre }) => {
  list(app, centre)
  read(app, centre)
}

function list(app: AdminApp, centre: Centre): void {
  app.get(
    '/alerts',
    {
      config: { right: 'any_staff' },
      schema: { querystring: AlertsQuery, response: { 200: AlertsAnswer } },
    },
    async (request, reply) => {
      const { cursor, limit: asked, open, unread } = request.query
      const viewer = viewerOf(staffAt(request))
      const limit = Number(asked ?? DEFAULT_LIMIT)
      const found = await centre.storage.alerts.page(viewer, {
        isOpenOnly: open === 'true',
        isUnreadOnly: unread === 'true',
        beforeId: cursor === undefined ? null : Number(cursor),
        limit: limit + 1,
      })
      const lines = found.slice(0, limit)
      const last = lines.at(-1)
      const data = {
        alerts: lines.map((line) => showAlert(line, centre.zone, languageOf(request))),
        unread: await centre.storage.alerts.unread(viewer),
        limit,
        next_cursor: found.length > limit && last !== undefined ? String(last.id) : null,
      }
      return send(reply, success<AlertsAnswer>(200, { success: true, data }))
    },
  )
}

function read(app: AdminApp, centre: Centre): void {
  app.post(
    '/alerts/read',
    {
      config: { right: 'any_staff' },
      schema: { body: ReadAlertsRequest, response: { 200: AlertsReadAnswer } },
    },
    async (request, reply) => {
      await readAlerts(centre, staffAt(request), request.body.up_to)
      return send(reply, done<AlertsReadAnswer>('Отмечено прочитанным'))
    },
  )
}
