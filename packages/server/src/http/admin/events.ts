// GET /api/admin/events: the console's stream. It belongs to a session: with it, or with the rights it was opened
// by, it ends.

import { StaffEventsText } from '@byfly-pay/contract'
import { streamToStaff } from '../live/stream-to-staff.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'

export const eventRoutes: AdminRoutes = async (app, { centre, live }) => {
  app.get(
    '/events',
    {
      config: { right: 'any_staff' },
      schema: {
        response: { 200: { content: { 'text/event-stream': { schema: StaffEventsText } } } },
      },
    },
    async (request, reply) => {
      await streamToStaff(live, { centre, request, reply, staff: staffAt(request) })
      return reply
    },
  )
}
