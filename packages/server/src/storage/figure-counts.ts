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

/** Of every currency, as the payments stand in this very statement; null when the days do not tell. */
export async function countByDays(
  session: Session,
  scope: Scope,
  { method, period, sourceId, status }: CountFilter,
): Promise<bigint | null> {
  if (period.by !== 'created_at') return null
  const isAsked = allOf([
    figuresIn(scope),
    ...(sourceId === null ? [] : [sql`f.source_id = ${sourceId}::integer`]),
    ...(status === null ? [] : [sql`f.status = ${status}::text`]),
    ...(method === null ? [] : [sql`f.method = ${method}::text`]),
  ])
  const [row] = await rowsOfSql<{ count: bigint | null }>(
    session,
    sql`
      WITH zone AS (${sql.raw(ZONE)}),
      asked AS (
        SELECT ${dayOf(period.fromMs, '-infinity')} AS since, ${dayOf(period.beforeMs, 'infinity')} AS until
        FROM zone
      ),
      ${sql.raw(SPANS)}
      SELECT CASE WHEN ${allOf(wholeDays(period))} THEN (
        SELECT coalesce(sum(f.payments), 0)::bigint
        FROM (
          SELECT c.source_id, c.country_iso, c.method, c.status, c.payments
          FROM spans JOIN figure_counts c
            ON c.span = spans.span AND c.since >= spans.since AND c.since < spans.until
          UNION ALL
          SELECT source_id, country_iso, method, status, payments
          FROM (${sql.raw(datedRows('figure_deltas d, zone'))}) AS dated, asked
          WHERE status IS NOT NULL AND day >= asked.since AND day < asked.until
        ) AS f
        WHERE ${isAsked}
      ) END AS count
      FROM zone, asked`,
  )
  return row?.count ?? null
}

/** Whole months where there are any, and the days before and after them. */
const SPANS = `
  months AS (
    SELECT since, until, (date_trunc('month', since - 1) + interval '1 month')::date AS first,
      date_trunc('month', until)::date AS last
    FROM asked
  ),
  spans AS (
    SELECT 'month' AS span, first AS since, last AS until FROM months WHERE first < last
    UNION ALL SELECT 'day', since, CASE WHEN first < last THEN first ELSE until END FROM months
    UNION ALL SELECT 'day', last, until FROM months WHERE first < last
  )`

function dayOf(moment: number | null, open: '-infinity' | 'infinity'): RawBuilder<unknown> {
  return moment === null ? sql`${open}::date` : sql`(${at(moment)} AT TIME ZONE zone.name)::date`
}

/** The figures' zone may not be the centre's until they are rebuilt: then a day of one is no day of the other. */
function wholeDays({ beforeMs, fromMs }: Period): RawBuilder<unknown>[] {
  return [
    ...(fromMs === null
      ? []
      : [sql`asked.since::timestamp AT TIME ZONE zone.name = ${at(fromMs)}`]),
    ...(beforeMs === null
      ? []
      : [sql`asked.until::timestamp AT TIME ZONE zone.name = ${at(beforeMs)}`]),
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
