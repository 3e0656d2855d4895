// Why a month may not be archived yet: whatever somebody or something still has to do with it. It only
// counts; who asks under the seal gets an answer that stays true.

import type { Hindrance, Month } from '../ports/month-store.ts'
import { startOf } from './month-parts.ts'
import type { Session } from './session.ts'

const within = (column: string) => `${column} >= span.since AND ${column} < span.until`

const OPEN = `
  WITH span AS MATERIALIZED (
    SELECT starts_at, ends_at, uuid7_floor(starts_at) AS since, uuid7_floor(ends_at) AS until
    FROM (SELECT $1::date::timestamp AT TIME ZONE 'UTC' AS starts_at,
      ($1::date + interval '1 month') AT TIME ZONE 'UTC' AS ends_at) AS bounds
  )
  SELECT reason, count::integer FROM (
    SELECT 1 AS place, 'too_young' AS reason, count(*) FROM span
      WHERE ends_at + make_interval(months => $2::integer) > centre_now()
    UNION ALL
    SELECT 2, 'earlier_month', count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'payments'::regclass
        AND right(c.relname, 7) < to_char($1::date, 'YYYY_MM')
    UNION ALL
    SELECT 3, 'open_payments', count(*) FROM span, payments
      WHERE ${within('id')} AND status IN ('pending', 'processing', 'failed')
    UNION ALL
    SELECT 4, 'open_attempts', count(*) FROM span, open_attempts
      WHERE (${within('attempt_id')}) OR (${within('payment_id')})
    UNION ALL
    SELECT 5, 'open_refunds', count(*) FROM span, refunds
      WHERE state NOT IN ('succeeded', 'failed', 'declined', 'cancelled')
        AND ((${within('payment_id')}) OR (${within('attempt_id')}))
    UNION ALL
    SELECT 6, 'open_deliveries', count(*) FROM span, deliveries
      WHERE state IN ('held', 'waiting') AND ((${within('id')}) OR (${within('payment_id')}))
    UNION ALL
    SELECT 7, 'open_tasks', count(*) FROM span, tasks
      WHERE closed_at IS NULL AND ((${within('payment_id')}) OR (${within('attempt_id')})
        OR (facts ? 'at_ms' AND to_timestamp((facts ->> 'at_ms')::numeric / 1000) >= starts_at
          AND to_timestamp((facts ->> 'at_ms')::numeric / 1000) < ends_at))
    UNION ALL
    SELECT 8, 'open_reconciliation', count(*) FROM span, reconciliation
      WHERE closed_at IS NULL AND ((${within('payment_id')}) OR (${within('attempt_id')}))
    UNION ALL
    SELECT 9, 'unfolded_figures', count(*) FROM span, figure_deltas
      WHERE created_at >= starts_at AND created_at < ends_at
    UNION ALL
    SELECT 10, 'later_payments', count(*) FROM span, attempts
      WHERE ${within('id')} AND payment_id >= until
  ) AS found WHERE count > 0 ORDER BY place`

export function monthHindrances(
  session: Session,
  month: Month,
  leastAgeMonths: number,
): Promise<Hindrance[]> {
  const values = [startOf(month), leastAgeMonths]
  return session.rows<Hindrance>({ name: null, text: OPEN }, values)
}
