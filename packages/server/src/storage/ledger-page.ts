// A page of payments: first the ids in order, from indexes alone where they can tell, then their rows.

import type { Scope } from '@byfly-pay/core'
import { type RawBuilder, sql } from 'kysely'
import type {
  LedgerAnswer,
  LedgerFilter,
  LedgerOrder,
  LedgerPage,
  LedgerPlace,
} from '../ports/payment-ledger.ts'
import { allOf, type Condition, conditionsOf } from './ledger-filter.ts'
import { type Found, lineOf, readRows } from './ledger-rows.ts'
import { findBy, searchConditions } from './ledger-search.ts'
import { rowsOfSql } from './query-builder.ts'
import type { Session } from './session.ts'

interface SortKey {
  /** The sorted column as a whole number that a cursor can carry exactly; null for the id alone. */
  readonly place: RawBuilder<unknown> | null
  /** What is sorted by, and the same of a place. */
  readonly column: RawBuilder<unknown> | null
  readonly valueOf: (value: bigint) => RawBuilder<unknown>
}

const SORT_KEYS: Readonly<Record<LedgerOrder['by'], SortKey>> = {
  // An id is of the moment of its creation.
  created_at: { place: null, column: null, valueOf: (value) => sql`${value}` },
  paid_at: {
    place: sql`(extract(epoch FROM p.paid_at) * 1000000)::bigint`,
    column: sql`p.paid_at`,
    valueOf: (value) =>
      sql`timestamptz '1970-01-01 00:00:00+00' + ${value}::bigint * interval '1 microsecond'`,
  },
  amount: {
    place: sql`p.original_tiyn`,
    column: sql`p.original_tiyn`,
    valueOf: (value) => sql`${value}::bigint`,
  },
}

export async function readPage(
  session: Session,
  scope: Scope,
  filter: LedgerFilter,
  page: LedgerPage,
): Promise<LedgerAnswer> {
  const key = SORT_KEYS[page.order.by]
  const conditions = [
    ...conditionsOf(scope, filter),
    ...(page.from.kind === 'after' ? [isAfter(page.order, key, page.from.place)] : []),
  ]
  const ids = await idsOf(session, conditions, filter, page)
  const found = ids.slice(0, page.limit)
  const rows = await readRows(session, scope, found)
  const last = found.at(-1)
  const next = ids.length > page.limit && last !== undefined ? placeOf(last) : null
  return { lines: rows.map(lineOf), next }
}

function placeOf({ id, place }: Found): LedgerPlace {
  return { id, value: place }
}

/** One more than asked for, which tells whether there is another page. */
async function idsOf(
  session: Session,
  conditions: readonly Condition[],
  { search }: LedgerFilter,
  page: LedgerPage,
): Promise<Found[]> {
  if (search === null) return rowsOfSql(session, pageOf(conditions, page))
  const { few, many } = await findBy(session, conditions, searchConditions(search))
  const known: Condition = sql`p.id = ANY(${few}::uuid[])`
  if (many.length === 0) return rowsOfSql(session, pageOf([known], page))
  return rowsOfSql(session, pageOfMany(conditions, [known, ...many], page))
}

function pageOf(conditions: readonly Condition[], page: LedgerPage): RawBuilder<unknown> {
  return sql`${sorted(conditions, page.order)} ${slice(page)}`
}

/**
 * A vague word is found so often that walking the list in its order meets enough of it soon; what is found
 * otherwise is known already.
 */
function pageOfMany(
  conditions: readonly Condition[],
  ways: readonly Condition[],
  page: LedgerPage,
): RawBuilder<unknown> {
  const { by, direction } = page.order
  const enough = offsetOf(page) + page.limit + 1
  const found = ways.map(
    (way) => sql`(${sorted([...conditions, way], page.order)} LIMIT ${enough}::integer)`,
  )
  const order = sql.raw(direction === 'asc' ? 'ASC' : 'DESC')
  return sql`
    SELECT id, place FROM (${sql.join(found, sql` UNION `)}) AS found
    ORDER BY ${by === 'created_at' ? sql`` : sql`place ${order}, `}id ${order} ${slice(page)}`
}

function sorted(conditions: readonly Condition[], { by, direction }: LedgerOrder) {
  const { column, place } = SORT_KEYS[by]
  const order = sql.raw(direction === 'asc' ? 'ASC' : 'DESC')
  return sql`
    SELECT p.id, ${place ?? sql`NULL::bigint`} AS place
    FROM payments p WHERE ${allOf(conditions)}
    ORDER BY ${column === null ? sql`` : sql`${column} ${order}, `}p.id ${order}`
}

function slice(page: LedgerPage): RawBuilder<unknown> {
  return sql`LIMIT ${page.limit + 1}::integer OFFSET ${offsetOf(page)}::integer`
}

function offsetOf({ from }: LedgerPage): number {
  return from.kind === 'offset' ? from.offset : 0
}

function isAfter({ direction }: LedgerOrder, key: SortKey, place: LedgerPlace): Condition {
  const beyond = sql.raw(direction === 'asc' ? '>' : '<')
  if (key.column === null || place.value === null) return sql`p.id ${beyond} ${place.id}::uuid`
  return sql`(${key.column}, p.id) ${beyond} (${key.valueOf(place.value)}, ${place.id}::uuid)`
}
