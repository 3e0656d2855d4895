// GET /api/admin/transactions/export: what a list shows, as a file of any length.

import { ExportQuery } from '@byfly-pay/contract'
import { localTime } from '@byfly-pay/core'
import { countFor, exportOrder } from '../../payments/list-payments.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { CONTENT_TYPES } from './export-file.ts'
import { readFilter } from './transaction-query.ts'

/** A sheet has no more rows, its heading included. */
const XLSX_ROWS_LIMIT = 1_048_576

export const transactionExportRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/transactions/export',
    {
      // The answer to a HEAD would be made whole to be thrown away.
      exposeHeadRoute: false,
      config: { right: 'payments.export' },
      schema: { querystring: ExportQuery },
    },
    async (request, reply) => {
      const { format } = request.query
      const filter = readFilter(request.query, centre.zone)
      const staff = staffAt(request)
      if (format === 'xlsx') {
        const { total } = await countFor(centre, staff, filter)
        if (total >= XLSX_ROWS_LIMIT) throw new Refusal('export_too_large')
      }
      const file = await centre.exporter.open(exportOrder(staff, filter, format, centre.zone))
      if (file === null) throw new Refusal('exports_busy')
      const day = localTime(centre.clock.now(), centre.zone).slice(0, 10)
      return reply
        .header('content-type', CONTENT_TYPES[format])
        .header('content-disposition', `attachment; filename="transactions-${day}.${format}"`)
        .send(file)
    },
  )
}
