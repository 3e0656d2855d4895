// How many payments there are, exactly, without counting them: the `total` of lists (T4). Only for what the
// figures know of a payment; a free search counts its own rows.

import type { PaymentStatus, Scope } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { figureRows } from './figures.ts'
import { rowsOfSql } from './query-builder.ts'
import { figuresIn } from './scope.ts'
import type { Session } from './session.ts'

/** Each null for all; days of creation in the figures' zone, YYYY-MM-DD, both inclusive. */
export interface CountFilter {
  readonly sourceId: number | null
  readonly status: PaymentStatus | null
  readonly dayFrom: string | null
  readonly dayTo: string | null
}

/** Of every currency, as the payments stand in this very statement. */
export async function countPayments(
  session: Session,
  scope: Scope,
  { sourceId, status, dayFrom, dayTo }: CountFilter,
): Promise<bigint> {
  const days = all([
    dayFrom === null ? null : sql`day >= ${dayFrom}::date`,
    dayTo === null ? null : sql`day <= ${dayTo}::date`,
  ])
  const [row] = await rowsOfSql<{ count: bigint }>(
    session,
    sql`
      SELECT coalesce(sum(f.payments), 0)::bigint AS count
      FROM ${figureRows(days)} AS f
      WHERE ${all([
        sql`f.status IS NOT NULL`,
        figuresIn(scope),
        sourceId === null ? null : sql`f.source_id = ${sourceId}`,
        status === null ? null : sql`f.status = ${status}`,
      ])}`,
  )
  return row?.count ?? 0n
}

function all(conditions: readonly (RawBuilder<unknown> | null)[]): RawBuilder<SqlBool> {
  const asked = conditions.filter((condition) => condition !== null)
  return asked.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(asked, sql` AND `)}`
}
