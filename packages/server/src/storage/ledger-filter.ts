// What staff ask of a list, as conditions on `payments p`; who asks is always one of them.

import { type Scope, utcTime } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { LedgerFilter, PaymentFilter, Period } from '../ports/payment-ledger.ts'
import { paymentsIn, terminalsIn } from './scope.ts'

export type Condition = RawBuilder<SqlBool>

export function allOf(conditions: readonly Condition[]): Condition {
  return sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`
}

/** The documented filters: the index of the primary key answers them alone, but for `paid_at`. */
export function documentedConditions(scope: Scope, filter: PaymentFilter): Condition[] {
  const { sourceId, status, period } = filter
  return [
    paymentsIn(scope),
    ...(sourceId === null ? [] : [sql<SqlBool>`p.source_id = ${sourceId}::integer`]),
    ...(status === null ? [] : [sql<SqlBool>`p.status = ${status}::text`]),
    ...periodConditions(period),
  ]
}

/** However far apart the clocks of a database and of the one that took its place are. */
const CLOCKS_APART_MS = 3_600_000

/** A payment's id is of the moment it was created at, so a period of creation is a range of ids. */
function periodConditions({ by, fromMs, beforeMs }: Period): Condition[] {
  const bound = (moment: number) => sql`${utcTime(moment)}::timestamptz`
  const before = (moment: number) => sql<SqlBool>`p.id < uuid7_floor(${bound(moment)})`
  if (by === 'paid_at') {
    return [
      ...(fromMs === null ? [] : [sql<SqlBool>`p.paid_at >= ${bound(fromMs)}`]),
      // Nothing is paid before it is there: a walk from the newest need not pass what came after the period.
      ...(beforeMs === null
        ? []
        : [sql<SqlBool>`p.paid_at < ${bound(beforeMs)}`, before(beforeMs + CLOCKS_APART_MS)]),
      ...(fromMs === null && beforeMs === null ? [] : [sql<SqlBool>`p.paid_at IS NOT NULL`]),
    ]
  }
  return [
    ...(fromMs === null ? [] : [sql<SqlBool>`p.id >= uuid7_floor(${bound(fromMs)})`]),
    ...(beforeMs === null ? [] : [before(beforeMs)]),
  ]
}

/** All but the search, which is not one condition. */
export function conditionsOf(scope: Scope, filter: LedgerFilter): Condition[] {
  const { fromTiyn, hasTask, late, method, overpaid, terminalId, toTiyn, usedMethod, wasPaid } =
    filter
  return [
    ...documentedConditions(scope, filter),
    ...(method === null ? [] : [sql<SqlBool>`p.chosen_method = ${method}::text`]),
    ...(fromTiyn === null ? [] : [sql<SqlBool>`p.original_tiyn >= ${fromTiyn}::bigint`]),
    ...(toTiyn === null ? [] : [sql<SqlBool>`p.original_tiyn <= ${toTiyn}::bigint`]),
    ...(late === null ? [] : [late ? sql<SqlBool>`p.late` : sql<SqlBool>`NOT p.late`]),
    ...(wasPaid === null ? [] : [sql<SqlBool>`p.paid_at IS NOT NULL`]),
    ...flag(overpaid, sql<SqlBool>`p.overpaid_tiyn > 0`, sql<SqlBool>`p.overpaid_tiyn = 0`),
    ...flag(hasTask, sql<SqlBool>`p.id IN ${WITH_TASK}`, sql<SqlBool>`p.id NOT IN ${WITH_TASK}`),
    ...(usedMethod === null
      ? []
      : [
          sql<SqlBool>`p.id IN (
            SELECT payment_id FROM captures WHERE used_method = ${usedMethod}::text)`,
        ]),
    ...(terminalId === null
      ? []
      : [
          sql<SqlBool>`p.id IN (
            SELECT a.payment_id FROM attempts a JOIN terminals t ON t.id = a.terminal_id
            WHERE a.terminal_id = ${terminalId}::integer AND ${terminalsIn(scope)})`,
        ]),
  ]
}

const WITH_TASK = sql`(
  SELECT payment_id FROM tasks WHERE closed_at IS NULL AND payment_id IS NOT NULL)`

function flag(value: boolean | null, yes: Condition, no: Condition): Condition[] {
  return value === null ? [] : [value ? yes : no]
}
