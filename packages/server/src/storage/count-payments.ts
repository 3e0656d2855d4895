// How many payments there are, for the totals of lists. The documented filters are always counted to the
// last row, from the primary key's index alone; what it takes is bounded by the wide reads' own limit.

import type { Scope } from '@byfly-pay/core'
import { type RawBuilder, sql } from 'kysely'
import type { LedgerFilter, PaymentFilter, Total } from '../ports/payment-ledger.ts'
import { allOf, conditionsOf, documentedConditions } from './ledger-filter.ts'
import { findBy, SEARCH_COUNT_LIMIT, searchConditions } from './ledger-search.ts'
import { rowsOfSql } from './query-builder.ts'
import type { Session } from './session.ts'

export async function countLedger(
  session: Session,
  scope: Scope,
  filter: LedgerFilter,
): Promise<Total> {
  if (isDocumented(filter)) {
    return { total: await countPayments(session, scope, filter), isExact: true }
  }
  if (filter.search === null) {
    const rows = sql`SELECT FROM payments p WHERE ${allOf(conditionsOf(scope, filter))}`
    return { total: await countRows(session, rows), isExact: true }
  }
  const ways = searchConditions(filter.search)
  const { few, many } = await findBy(session, conditionsOf(scope, filter), ways)
  const isExact = many.length === 0 && few.length <= SEARCH_COUNT_LIMIT
  return { total: isExact ? few.length : SEARCH_COUNT_LIMIT, isExact }
}

/** The count of the six documented filters alone: the one that grows with the years. */
export function countPayments(
  session: Session,
  scope: Scope,
  filter: PaymentFilter,
): Promise<number> {
  const conditions = documentedConditions(scope, filter)
  return countRows(session, sql`SELECT FROM payments p WHERE ${allOf(conditions)}`)
}

function isDocumented({ period, sourceId, status, ...more }: LedgerFilter): boolean {
  return Object.values(more).every((value) => value === null)
}

async function countRows(session: Session, rows: RawBuilder<unknown>): Promise<number> {
  const [row] = await rowsOfSql<{ total: bigint }>(
    session,
    sql`SELECT count(*) AS total FROM (${rows}) AS found`,
  )
  return Number(row?.total ?? 0)
}
