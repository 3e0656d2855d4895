// How many payments there are, for the totals of lists: from the figures where their days can tell, or counted
// to the last row; what that takes is bounded by the wide reads' own limit.

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { LedgerFilter, Total } from '../ports/payment-ledger.ts'
import { countByDays } from './figure-counts.ts'
import { allOf, conditionsOf } from './ledger-filter.ts'
import { findBy, SEARCH_COUNT_LIMIT, searchConditions } from './ledger-search.ts'
import { rowsOfSql } from './query-builder.ts'
import type { Session } from './session.ts'

export async function countLedger(
  session: Session,
  scope: Scope,
  filter: LedgerFilter,
): Promise<Total> {
  if (filter.search === null)
    return { total: await countAll(session, scope, filter), isExact: true }
  const ways = searchConditions(filter.search)
  const { few, many } = await findBy(session, conditionsOf(scope, filter), ways)
  const isExact = many.length === 0 && few.length <= SEARCH_COUNT_LIMIT
  return { total: isExact ? few.length : SEARCH_COUNT_LIMIT, isExact }
}

async function countAll(session: Session, scope: Scope, asked: LedgerFilter): Promise<number> {
  const filter = withPaidAsStatus(asked)
  const known = isKnownToFigures(filter) ? await countByDays(session, scope, filter) : null
  if (known !== null) return Number(known)
  const [row] = await rowsOfSql<{ total: bigint }>(
    session,
    sql`SELECT count(*) AS total FROM payments p WHERE ${allOf(conditionsOf(scope, filter))}`,
  )
  return Number(row?.total ?? 0)
}

function isKnownToFigures({ method, period, sourceId, status, ...more }: LedgerFilter): boolean {
  return Object.values(more).every((value) => value === null)
}

/** A payment that was paid at some moment is paid, by a check of its table; figures know statuses. */
function withPaidAsStatus(filter: LedgerFilter): LedgerFilter {
  const { status, wasPaid } = filter
  const isPaid = wasPaid !== null && (status === null || status === 'paid')
  return isPaid ? { ...filter, status: 'paid', wasPaid: null } : filter
}
