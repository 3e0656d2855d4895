// How many payments there are, exactly, without counting them: the `total` of lists (T4). Only for what the
// figures know of a payment and for whole days of theirs; whatever else is asked counts its own rows.

import { type Scope, utcTime } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PaymentFilter, Period } from '../ports/payment-ledger.ts'
import { datedRows, ZONE } from './figure-columns.ts'
import { rowsOfSql } from './query-builder.ts'
import { figuresIn } from './scope.ts'
import type { Session } from './session.ts'

/** `method` is the code of the method chosen last; null for all. */
export interface CountFilter extends PaymentFilter {
  readonly method: string | null
}

const COUNTED = 'day, source_id, country_iso, method, status, payments'

/** Of every currency, as the payments stand in this very statement; null when the days do not tell. */
export async function countByDays(
  session: Session,
  scope: Scope,
  { method, period, sourceId, status }: CountFilter,
): Promise<bigint | null> {
  if (period.by !== 'created_at') return null
  const isAsked = allOf([
    sql`status IS NOT NULL`,
    ...dayConditions(period),
    ...(sourceId === null ? [] : [sql`source_id = ${sourceId}::integer`]),
    ...(status === null ? [] : [sql`status = ${status}::text`]),
    ...(method === null ? [] : [sql`method = ${method}::text`]),
  ])
  const [row] = await rowsOfSql<{ count: bigint | null }>(
    session,
    sql`
      WITH zone AS (${sql.raw(ZONE)}),
      bounds AS (SELECT ${dayOf(period.fromMs)} AS since, ${dayOf(period.beforeMs)} AS until FROM zone)
      SELECT CASE WHEN ${allOf(wholeDays(period))} THEN (
        SELECT coalesce(sum(f.payments), 0)::bigint
        FROM (
          SELECT ${sql.raw(COUNTED)} FROM figure_counts, bounds WHERE ${isAsked}
          UNION ALL
          SELECT ${sql.raw(COUNTED)}
          FROM (${sql.raw(datedRows('figure_deltas d, zone'))}) AS dated, bounds WHERE ${isAsked}
        ) AS f
        WHERE ${figuresIn(scope)}
      ) END AS count
      FROM zone, bounds`,
  )
  return row?.count ?? null
}

function dayOf(moment: number | null): RawBuilder<unknown> {
  return moment === null ? sql`NULL::date` : sql`(${at(moment)} AT TIME ZONE zone.name)::date`
}

function dayConditions({ beforeMs, fromMs }: Period): RawBuilder<unknown>[] {
  return [
    ...(fromMs === null ? [] : [sql`day >= bounds.since`]),
    ...(beforeMs === null ? [] : [sql`day < bounds.until`]),
  ]
}

/** The figures' zone may not be the centre's until they are rebuilt: then a day of one is no day of the other. */
function wholeDays({ beforeMs, fromMs }: Period): RawBuilder<unknown>[] {
  return [
    ...(fromMs === null
      ? []
      : [sql`bounds.since::timestamp AT TIME ZONE zone.name = ${at(fromMs)}`]),
    ...(beforeMs === null
      ? []
      : [sql`bounds.until::timestamp AT TIME ZONE zone.name = ${at(beforeMs)}`]),
  ]
}

function at(moment: number): RawBuilder<unknown> {
  return sql`${utcTime(moment)}::timestamptz`
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<SqlBool> {
  return conditions.length === 0
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`
}
