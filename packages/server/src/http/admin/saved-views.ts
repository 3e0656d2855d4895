// /api/admin/saved-views: the views of the list of payments that whoever calls has named.

import {
  SavedViewsAnswer,
  SaveViewRequest,
  ViewRemovedAnswer,
  ViewSavedAnswer,
} from '@byfly-pay/contract'
import { removeView, saveView, VIEWS_LIMIT } from '../../accounts/saved-views.ts'
import type { SavedView } from '../../ports/view-store.ts'
import { done, send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { refuseUnshowable } from './showable.ts'
import { readFilter } from './transaction-query.ts'

const config = { right: 'payments.read' } as const

export const savedViewRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/saved-views',
    { config, schema: { response: { 200: SavedViewsAnswer } } },
    async (request, reply) => {
      const views = await centre.storage.views.of(staffAt(request).admin.id)
      return send(reply, success<SavedViewsAnswer>(200, { success: true, data: views.map(show) }))
    },
  )

  app.put<{ Body: SaveViewRequest }>(
    '/saved-views',
    { config, schema: { body: SaveViewRequest, response: { 200: ViewSavedAnswer } } },
    async (request, reply) => {
      const { filters, name } = request.body
      refuseUnshowable({ name })
      // What the list itself would refuse is not kept for it.
      readFilter(filters, centre.zone)
      const view = await saveView(centre, staffAt(request), { name: name.trim(), filters })
      if (view === null) return refuseFaults({ name: `At most ${VIEWS_LIMIT} are kept` })
      return send(reply, success<ViewSavedAnswer>(200, { success: true, data: show(view) }))
    },
  )

  app.delete<{ Params: WithId }>(
    '/saved-views/:id',
    { config, schema: { response: { 200: ViewRemovedAnswer } } },
    async (request, reply) => {
      const isThere = await removeView(centre, staffAt(request), readId(request.params.id))
      if (!isThere) throw new Refusal('not_found')
      return send(reply, done<ViewRemovedAnswer>('Фильтр удален'))
    },
  )
}

function show({ filters, id, name }: SavedView): ViewSavedAnswer['data'] {
  return { id, name, filters }
}
