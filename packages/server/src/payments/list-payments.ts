// Payments as one member of staff may see them, page by page. A customer's phone, e-mail and name are shown
// to, and found by, those with the right to see them.

import { may, type Staff } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { ExportFormat, ExportOrder } from '../ports/exporter.ts'
import type {
  LedgerAnswer,
  LedgerFilter,
  LedgerLine,
  LedgerPage,
  Total,
} from '../ports/payment-ledger.ts'
import { withoutCustomer } from './mask-customer.ts'

/** `search` is the text alone: where it is looked for depends on who asks. */
export interface ListFilter extends Omit<LedgerFilter, 'search'> {
  readonly search: string | null
}

export interface ListedPayments extends LedgerAnswer, Total {}

type Ledger = Pick<Centre, 'storage'>

export async function listPayments(
  { storage: { ledger } }: Ledger,
  staff: Staff,
  asked: ListFilter,
  page: LedgerPage,
): Promise<ListedPayments> {
  const filter = filterFor(staff, asked)
  const [{ lines, next }, total] = await Promise.all([
    ledger.page(staff.scope, filter, page),
    ledger.count(staff.scope, filter),
  ])
  return { lines: lines.map((line) => shownTo(staff, line)), next, ...total }
}

export function countFor({ storage }: Ledger, staff: Staff, asked: ListFilter): Promise<Total> {
  return storage.ledger.count(staff.scope, filterFor(staff, asked))
}

/** All of what such a list shows, for a file. */
export function exportOrder(
  staff: Staff,
  asked: ListFilter,
  format: ExportFormat,
  zone: string,
): ExportOrder {
  const showsCustomers = may(staff, 'customers.read')
  return { format, scope: staff.scope, filter: filterFor(staff, asked), showsCustomers, zone }
}

function filterFor(staff: Staff, { search, ...filter }: ListFilter): LedgerFilter {
  const amongCustomers = may(staff, 'customers.read')
  return { ...filter, search: search === null ? null : { text: search, amongCustomers } }
}

export function shownTo(staff: Staff, line: LedgerLine): LedgerLine {
  return may(staff, 'customers.read') ? line : withoutCustomer(line)
}
