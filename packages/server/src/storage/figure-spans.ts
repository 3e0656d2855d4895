// Figures of a period out of few rows: whole months where there are any, and the days before and after
// them, of the kept days without their terminals.

import { type RawBuilder, sql } from 'kysely'
import type { FigureDateField } from '../ports/figure-store.ts'

/**
 * Common tables `months` and `spans` of a period, for a query whose table `asked` has one row: the days
 * `since`, inclusive, and `until`, exclusive.
 */
export const SPANS = `
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

/** The same where each day is asked for by itself. */
export const DAILY_SPANS = `spans AS (SELECT 'day' AS span, since, until FROM asked)`

/**
 * Rows `k` of `figure_sums` in the spans. Each span is looked up in the index by itself (`OFFSET 0` keeps the
 * planner from joining them at once): it cannot know how few rows they hold, and read the whole table.
 */
export function sumsInSpans(dateField: FigureDateField): RawBuilder<unknown> {
  return sql`spans CROSS JOIN LATERAL (
    SELECT * FROM figure_sums
    WHERE dated_by = ${dateField} AND figure_sums.span = spans.span
      AND figure_sums.since >= spans.since AND figure_sums.since < spans.until
    OFFSET 0
  ) AS k`
}
