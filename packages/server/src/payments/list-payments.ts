// Payments as one member of staff may see them: page by page, or all of them for an export. A customer's
// phone, e-mail and name are shown to, and found by, those with the right to see them.

import { may, type Staff } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type {
  LedgerAnswer,
  LedgerFilter,
  LedgerLine,
  LedgerPage,
  Total,
} from '../ports/payment-ledger.ts'
import { maskedCustomer } from './mask-customer.ts'

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

/** So many rows at a time: a batch takes a few milliseconds, and none is held while a reader is slow. */
const EXPORT_BATCH = 500

/**
 * All of them, the newest first, as many at a time as one statement brings. No transaction and no cursor of
 * the database stays open in between; what is created meanwhile is newer and not in it.
 */
export async function* everyPayment(
  { storage: { ledger } }: Ledger,
  staff: Staff,
  asked: ListFilter,
): AsyncGenerator<readonly LedgerLine[], void> {
  const filter = filterFor(staff, asked)
  const order = { by: 'created_at', direction: 'desc' } as const
  let from: LedgerPage['from'] = { kind: 'offset', offset: 0 }
  for (;;) {
    const { lines, next } = await ledger.page(staff.scope, filter, {
      order,
      limit: EXPORT_BATCH,
      from,
    })
    yield lines.map((line) => shownTo(staff, line))
    if (next === null) return
    from = { kind: 'after', place: next }
  }
}

function filterFor(staff: Staff, { search, ...filter }: ListFilter): LedgerFilter {
  const amongCustomers = may(staff, 'customers.read')
  return { ...filter, search: search === null ? null : { text: search, amongCustomers } }
}

export function shownTo(staff: Staff, line: LedgerLine): LedgerLine {
  if (may(staff, 'customers.read')) return line
  return { ...line, customer: maskedCustomer(line.customer) }
}
