// Reads figures: what is folded and what is not yet, added up by one statement on one snapshot. The rows
// are dated inside, so that a filter, a group and the scope see days and never a delta's moment.

import { PAYMENT_STATUSES, type PaymentStatus, type Scope } from '@byfly-pay/core'
import { type RawBuilder, sql } from 'kysely'
import type {
  FigureFilter,
  FigureGroup,
  FigureKey,
  FigureLine,
  FigureStore,
} from '../ports/figure-store.ts'
import { figureCheck } from './figure-check.ts'
import { DAYS, datedRows, MEASURE_LIST, MEASURES, ZONE } from './figure-columns.ts'
import { figureFolding } from './figure-folding.ts'
import { DAILY_SPANS, SPANS, sumsInSpans } from './figure-spans.ts'
import { rowsOfSql } from './query-builder.ts'
import { figuresIn, terminalsIn } from './scope.ts'
import type { Session } from './session.ts'

type Measure = Exclude<(typeof MEASURES)[number], 'payments'>
type Row = Readonly<Record<Measure | PaymentStatus, bigint>> &
  Readonly<Partial<Record<FigureGroup, string | number | null>>>

/** `f` is a figure, `m` the method in it, `t` its terminal for those who may know of it. */
const COLUMNS: Readonly<Record<FigureGroup, RawBuilder<unknown>>> = {
  day: sql`f.day::text`,
  source: sql`f.source_id`,
  method: sql`f.method`,
  product: sql`f.product`,
  terminal: sql`t.id`,
  country: sql`f.country_iso`,
  system: sql`m.payment_system`,
}

/** Of what is kept in `figure_days` and in `figure_sums`. */
const COARSE_LIST = 'source_id, country_iso, currency, method, product, status'

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

/** Folded and not. Without terminals a figure is a sum of many. */
function figureRows(filter: FigureFilter, groups: readonly FigureGroup[]): RawBuilder<unknown> {
  const day = sql.ref(DAYS[filter.dateField])
  const asksTerminals = filter.terminalId !== null || groups.includes('terminal')
  const inside = sql`${day} >= asked.since AND ${day} < asked.until`
  const folded = asksTerminals
    ? sql`SELECT ${day} AS day, ${sql.raw(COARSE_LIST)}, terminal_id, ${sql.raw(MEASURE_LIST)}
        FROM figure_days, asked WHERE ${inside}`
    : sql`SELECT k.since AS day, ${sql.raw(COARSE_LIST)}, NULL::integer AS terminal_id,
          ${sql.raw(MEASURE_LIST)}
        FROM ${sumsInSpans(filter.dateField)}`
  return sql`(
    ${folded}
    UNION ALL
    SELECT ${day} AS day, ${sql.raw(COARSE_LIST)}, terminal_id, ${sql.raw(MEASURE_LIST)}
    FROM (${sql.raw(datedRows('figure_deltas d, zone'))}) AS dated, asked WHERE ${inside}
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
  const keys = groups.map((group) => COLUMNS[group])
  const named = keys.map((key, index) => sql`${key} AS ${sql.ref(groups[index] ?? '')}`)
  const places = sql.raw(keys.map((_, index) => index + 1).join(', '))
  return sql`
    WITH zone AS (${sql.raw(ZONE)}),
    asked AS (SELECT ${filter.dayFrom}::date AS since, ${filter.dayTo}::date + 1 AS until),
    ${sql.raw(groups.includes('day') ? DAILY_SPANS : SPANS)}
    SELECT ${sql.join([...named, sql.raw(SUMS)])}
    FROM ${figureRows(filter, groups)} AS f LEFT JOIN payment_methods m ON m.code = f.method
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
