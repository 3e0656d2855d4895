// Every payment that an export holds, batch by batch, the newest first.

import type { ExportOrder } from '../ports/exporter.ts'
import type { LedgerLine, LedgerPage, PaymentLedger } from '../ports/payment-ledger.ts'
import { withoutCustomer } from './mask-customer.ts'

/** A batch takes a few milliseconds, and none is held while a reader is slow. */
const BATCH = 500

const NEWEST_FIRST = { by: 'created_at', direction: 'desc' } as const

/**
 * As many at a time as one statement brings. No transaction and no cursor of the database stays open in
 * between; what is created meanwhile is newer and not in it.
 */
export async function* everyPayment(
  ledger: Pick<PaymentLedger, 'page'>,
  { filter, scope, showsCustomers }: ExportOrder,
): AsyncGenerator<readonly LedgerLine[], void> {
  let from: LedgerPage['from'] = { kind: 'offset', offset: 0 }
  for (;;) {
    const { lines, next } = await ledger.page(scope, filter, {
      order: NEWEST_FIRST,
      limit: BATCH,
      from,
    })
    yield showsCustomers ? lines : lines.map(withoutCustomer)
    if (next === null) return
    from = { kind: 'after', place: next }
  }
}
