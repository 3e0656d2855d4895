// How many payments there are, exactly, without counting them: the `total` of lists (T4). Only for what the
// figures know of a payment and for whole days of theirs; whatever else is asked counts its own rows.

import { type Scope, utcTime } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PaymentFilter, Period } from '../ports/payment-ledger.ts'
import { DAYS, datedRows, ZONE } from './figure-columns.ts'
import { SPANS, sumsInSpans } from './figure-spans.ts'
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
  // Without bounds a period asks for nothing, not for what was paid.
  const by = period.fromMs === null && period.beforeMs === null ? 'created_at' : period.by
  const day = sql.ref(`dated.${DAYS[by]}`)
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
          SELECT k.source_id, k.country_iso, k.method, k.status, k.payments
          FROM ${sumsInSpans(by)} WHERE k.status IS NOT NULL
          UNION ALL
          SELECT source_id, country_iso, method, status, payments
          FROM (${sql.raw(datedRows('figure_deltas d, zone'))}) AS dated, asked
          WHERE status IS NOT NULL AND ${day} >= asked.since AND ${day} < asked.until
        ) AS f
        WHERE ${isAsked}
      ) END AS count
      FROM zone, asked`,
  )
  return row?.count ?? null
}

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
