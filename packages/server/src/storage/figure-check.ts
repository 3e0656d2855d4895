// Compares kept figures with the rows they are sums of, a day of creation at a time, and mends what
// differs by one more delta. Each comparison is one statement, so payments and folding may go on meanwhile.

import type { PaymentStatus } from '@byfly-pay/core'
import type { FigureDifference, FigureStore } from '../ports/figure-store.ts'
import {
  datedRows,
  KEY_LIST,
  MEASURE_LIST,
  MEASURE_SUMS,
  MEASURES,
  ZONE,
} from './figure-columns.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const NEGATED = MEASURES.map((name) => `-d.${name}`).join(', ')
const ANY_MEASURE = MEASURES.map((name) => `sum(${name}) <> 0`).join(' OR ')

/**
 * Some hours beside the day, for a zone whose clock changes at midnight; then its days decide. A day that
 * touches an archived month is as it was when the month was sealed: its rows are not here to be added up.
 */
const DIFFERENCE = `
  WITH zone AS (${ZONE}),
  bounds AS (
    SELECT $1::date::timestamp AT TIME ZONE name - interval '3 hours' AS since,
      ($1::date + 1)::timestamp AT TIME ZONE name + interval '3 hours' AS until
    FROM zone
  ),
  difference AS (
    SELECT ${KEY_LIST}, ${MEASURE_SUMS}
    FROM (
      ${datedRows('zone, bounds, figure_facts(bounds.since, bounds.until) AS d')}
      UNION ALL
      ${datedRows('zone, figure_deltas d', NEGATED)}
      UNION ALL
      SELECT ${KEY_LIST}, ${NEGATED} FROM figure_days d WHERE day = $1::date
    ) AS counted
    WHERE day = $1::date AND NOT EXISTS (
      SELECT FROM archived_months, zone
      WHERE month < (($1::date + 1)::timestamp AT TIME ZONE name) AT TIME ZONE 'UTC'
        AND month + interval '1 month' > ($1::date::timestamp AT TIME ZONE name) AT TIME ZONE 'UTC')
    GROUP BY ${KEY_LIST}
    HAVING ${ANY_MEASURE}
  )`

const SHOWN = `
  SELECT day::text, money_day::text, source_id, status, payments, gross_tiyn
  FROM difference ORDER BY ${KEY_LIST}`

const DIFFERENCES: Statement = {
  name: 'figures_differences',
  text: `${DIFFERENCE} ${SHOWN}`,
}

/** A mending delta is of noon, which every zone has and no change of clocks moves to another day. */
const MEND: Statement = {
  name: 'figures_mend',
  text: `
    ${DIFFERENCE},
    mended AS (
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, status, ${MEASURE_LIST})
      SELECT (day + time '12:00') AT TIME ZONE zone.name,
        (money_day + time '12:00') AT TIME ZONE zone.name, source_id, country_iso, currency, method,
        product, terminal_id, status, ${MEASURE_LIST}
      FROM difference, zone
    )
    ${SHOWN}`,
}

/** By the ends of what is ordered by time; a day more on each side costs a look at nothing. */
const SPAN: Statement = {
  name: 'figures_span',
  text: `
    WITH zone AS (${ZONE})
    SELECT (min(day) - 1)::text AS first, (max(day) + 1)::text AS last
    FROM (
      SELECT (at AT TIME ZONE zone.name)::date AS day
      FROM zone, (
        (SELECT created_at AS at FROM payments ORDER BY id LIMIT 1)
        UNION ALL (SELECT created_at FROM payments ORDER BY id DESC LIMIT 1)
        UNION ALL SELECT min(created_at) FROM figure_deltas
        UNION ALL SELECT max(created_at) FROM figure_deltas
      ) AS moments
      UNION ALL SELECT min(day) FROM figure_days
      UNION ALL SELECT max(day) FROM figure_days
    ) AS days`,
}

interface Row {
  readonly day: string
  readonly money_day: string | null
  readonly source_id: number
  readonly status: PaymentStatus | null
  readonly payments: bigint
  readonly gross_tiyn: bigint
}

export function figureCheck(session: Session): Pick<FigureStore, 'span' | 'differences' | 'mend'> {
  return {
    async span(tx) {
      interface SpanRow {
        readonly first: string | null
        readonly last: string | null
      }
      const on = tx === undefined ? session : sessionOf(tx)
      const [row] = await on.rows<SpanRow>(SPAN, [])
      const { first = null, last = null } = row ?? {}
      return first === null || last === null ? null : { first, last }
    },
    async differences(day) {
      return (await session.rows<Row>(DIFFERENCES, [day])).map(differenceOf)
    },
    async mend(tx, day) {
      return (await sessionOf(tx).rows<Row>(MEND, [day])).map(differenceOf)
    },
  }
}

function differenceOf(row: Row): FigureDifference {
  return {
    day: row.day,
    moneyDay: row.money_day,
    sourceId: row.source_id,
    status: row.status,
    payments: row.payments,
    grossTiyn: row.gross_tiyn,
  }
}
