// GET /api/admin/transactions/export: what a list shows, as a file of any length.

import { ExportQuery } from '@byfly-pay/contract'
import { localTime } from '@byfly-pay/core'
import { countFor, everyPayment } from '../../payments/list-payments.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { type Batches, EXPORT_FILES, XLSX_ROWS_LIMIT } from './export-files.ts'
import { readFilter } from './transaction-query.ts'

/** Each keeps one connection of the wide reads and a share of this process busy. */
const AT_ONCE_LIMIT = 2

export const transactionExportRoutes: AdminRoutes = async (app, { centre }) => {
  let running = 0

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
      if (running >= AT_ONCE_LIMIT) throw new Refusal('exports_busy')
      running += 1
      try {
        if (format === 'xlsx') {
          const { total } = await countFor(centre, staff, filter)
          if (total >= XLSX_ROWS_LIMIT) throw new Refusal('export_too_large')
        }
        const { contentType, write } = EXPORT_FILES[format]
        const file = write(await begun(everyPayment(centre, staff, filter)), centre.zone)
        file.once('close', () => {
          running -= 1
        })
        const day = localTime(centre.clock.now(), centre.zone).slice(0, 10)
        return reply
          .header('content-type', contentType)
          .header('content-disposition', `attachment; filename="transactions-${day}.${format}"`)
          .send(file)
      } catch (error) {
        running -= 1
        throw error
      }
    },
  )
}

/** The first batch is read while a refusal can still be sent instead of a file. */
async function begun(batches: ReturnType<typeof everyPayment>): Promise<Batches> {
  const first = await batches.next()
  return (async function* () {
    if (first.done !== true) yield first.value
    yield* batches
  })()
}
