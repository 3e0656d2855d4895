// The columns of figures, and how a delta's moments become days: what folding, reading and checking must
// agree on to the letter.

import type { FigureDateField } from '../ports/figure-store.ts'

export const KEYS = [
  'day',
  'money_day',
  'source_id',
  'country_iso',
  'currency',
  'method',
  'product',
  'terminal_id',
  'status',
] as const

export const MEASURES = [
  'payments',
  'original_tiyn',
  'pay_ms',
  'attempts_started',
  'attempts_succeeded',
  'gross_tiyn',
  'credited_tiyn',
  'commission_tiyn',
  'rounding_tiyn',
  'overpaid_tiyn',
  'forgiven_tiyn',
  'fee_tiyn',
  'refunded_tiyn',
] as const

/** The column that holds a figure's day: the payment's creation, or its money (T1). */
export const DAYS: Readonly<Record<FigureDateField, string>> = {
  created_at: 'day',
  paid_at: 'money_day',
}

/** Keys of a delta that are no moments. */
const PLAIN_KEYS = KEYS.slice(2).join(', ')

/** A query of the one zone, as `name`. */
export const ZONE = `SELECT value #>> '{}' AS name FROM settings WHERE name = 'figures_zone'`

/**
 * Rows in the shape of deltas, with days for moments; a measure that is absent stays so.
 *
 * @param rows a table or function, and with it `zone`
 */
export function datedRows(rows: string, measures = MEASURES.map((name) => `d.${name}`).join(', ')) {
  return `
    SELECT (d.created_at AT TIME ZONE zone.name)::date AS day,
      (d.money_at AT TIME ZONE zone.name)::date AS money_day, ${PLAIN_KEYS}, ${measures}
    FROM ${rows}`
}

export const KEY_LIST = KEYS.join(', ')
export const MEASURE_LIST = MEASURES.join(', ')

/** Each measure added up; nothing is 0. */
export const MEASURE_SUMS = MEASURES.map(
  (name) => `coalesce(sum(${name}), 0)::bigint AS ${name}`,
).join(', ')

/** Adds lines of keys and measures to the kept days; `lines` has no key twice. */
export function addToDays(lines: string): string {
  return `
    INSERT INTO figure_days AS kept (${KEY_LIST}, ${MEASURE_LIST})
    ${lines}
    ON CONFLICT ON CONSTRAINT figure_days_once DO UPDATE SET
      ${MEASURES.map((name) => `${name} = kept.${name} + EXCLUDED.${name}`).join(', ')}`
}
