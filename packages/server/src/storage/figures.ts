// Reads figures: what is folded and what is not yet, added up by one statement on one snapshot. The rows
// are dated inside, so that a filter, a group and the scope see days and never a delta's moment.

import { PAYMENT_STATUSES, type PaymentStatus, type Scope } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type {
  FigureDateField,
  FigureFilter,
  FigureGroup,
  FigureKey,
  FigureLine,
  FigureStore,
} from '../ports/figure-store.ts'
import { figureCheck } from './figure-check.ts'
import { datedRows, KEY_LIST, MEASURE_LIST, MEASURES, ZONE } from './figure-columns.ts'
import { figureFolding } from './figure-folding.ts'
import { rowsOfSql } from './query-builder.ts'
import { figuresIn, terminalsIn } from './scope.ts'
import type { Session } from './session.ts'

type Measure = Exclude<(typeof MEASURES)[number], 'payments'>
type Row = Readonly<Record<Measure | PaymentStatus, bigint>> &
  Readonly<Partial<Record<FigureGroup, string | number | null>>>

/** `f` is a figure, `m` the method in it, `t` its terminal for those who may know of it. */
const COLUMNS: Readonly<Record<Exclude<FigureGroup, 'day'>, RawBuilder<unknown>>> = {
  source: sql`f.source_id`,
  method: sql`f.method`,
  product: sql`f.product`,
  terminal: sql`t.id`,
  country: sql`f.country_iso`,
  system: sql`m.payment_system`,
}

/** The column that holds a figure's day: the payment's creation, or its money. */
const DAYS: Readonly<Record<FigureDateField, string>> = { created_at: 'day', paid_at: 'money_day' }

const SUMS = [
  ...PAYMENT_STATUSES.map(
    (status) =>
      `coalesce(sum(payments) FILTER (WHERE status = '${status}'), 0)::bigint AS ${status}`,
  ),
  ...MEASURES.filter((name) => name !== 'payments').map(
    (name) => `coalesce(sum(${name}), 0)::bigint AS ${name}`,
  ),
].join(', ')

/** A line whose payments have all moved elsewhere is no line. */
const HOLDS_ANYTHING = MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')

/** Figures, folded and not; `days` narrows each part by itself, since the folded one has an index. */
export function figureRows(days: RawBuilder<SqlBool>): RawBuilder<unknown> {
  return sql`(
    SELECT ${sql.raw(`${KEY_LIST}, ${MEASURE_LIST}`)} FROM figure_days WHERE ${days}
    UNION ALL
    SELECT * FROM (${sql.raw(datedRows(`figure_deltas d, (${ZONE}) AS zone`))}) AS dated
    WHERE ${days}
  )`
}

export function figureStore(session: Session): FigureStore {
  return {
    ...figureFolding(session),
    ...figureCheck(session),
    async read(scope, filter, groups, limit) {
      const rows = await rowsOfSql<Row>(session, wordedRead(scope, filter, groups, limit))
      return rows.map((row) => lineOf(row, groups))
    },
  }
}

function wordedRead(
  scope: Scope,
  filter: FigureFilter,
  groups: readonly FigureGroup[],
  limit: number,
): RawBuilder<unknown> {
  const { dayFrom, dayTo, dateField } = filter
  const day = DAYS[dateField]
  const rows = figureRows(sql<SqlBool>`${sql.ref(day)} BETWEEN ${dayFrom}::date AND ${dayTo}::date`)
  const keys = groups.map((group) =>
    group === 'day' ? sql`${sql.ref(`f.${day}`)}::text` : COLUMNS[group],
  )
  const named = keys.map((key, index) => sql`${key} AS ${sql.ref(groups[index] ?? '')}`)
  const places = sql.raw(keys.map((_, index) => index + 1).join(', '))
  return sql`
    SELECT ${sql.join([...named, sql.raw(SUMS)])}
    FROM ${rows} AS f LEFT JOIN payment_methods m ON m.code = f.method
      LEFT JOIN terminals t ON t.id = f.terminal_id AND ${terminalsIn(scope)}
    WHERE ${figuresIn(scope)} AND ${sql.join(conditions(filter), sql` AND `)}
    GROUP BY ${places} HAVING ${sql.raw(HOLDS_ANYTHING)}
    ORDER BY ${places} LIMIT ${limit}`
}

function conditions(filter: FigureFilter): RawBuilder<unknown>[] {
  const { currency, sourceId, method, product, terminalId, countryIso, system } = filter
  const wanted = [
    [sql`f.currency`, currency],
    [COLUMNS.source, sourceId],
    [COLUMNS.method, method],
    [COLUMNS.product, product],
    [COLUMNS.terminal, terminalId],
    [COLUMNS.country, countryIso],
    [COLUMNS.system, system],
  ] as const
  return wanted.flatMap(([column, value]) => (value === null ? [] : [sql`${column} = ${value}`]))
}

function lineOf(row: Row, groups: readonly FigureGroup[]): FigureLine {
  const statuses = PAYMENT_STATUSES.map((status) => [status, row[status]] as const)
  return {
    key: Object.fromEntries(groups.map((group) => [group, row[group] ?? null])) satisfies FigureKey,
    sums: {
      byStatus: Object.fromEntries(statuses) as Record<PaymentStatus, bigint>,
      originalTiyn: row.original_tiyn,
      payMs: row.pay_ms,
      attemptsStarted: row.attempts_started,
      attemptsSucceeded: row.attempts_succeeded,
      grossTiyn: row.gross_tiyn,
      creditedTiyn: row.credited_tiyn,
      commissionTiyn: row.commission_tiyn,
      roundingTiyn: row.rounding_tiyn,
      overpaidTiyn: row.overpaid_tiyn,
      forgivenTiyn: row.forgiven_tiyn,
      feeTiyn: row.fee_tiyn,
      refundedTiyn: row.refunded_tiyn,
    },
  }
}
