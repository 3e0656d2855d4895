// Days in the database: sums of what was taken and shown on them, and reports that only grow.

import { type Coverage, utcTime } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { BankSums, ClosedDay, DayLine, DayStore } from '../ports/day-store.ts'
import type { Ledger } from '../ports/statement-store.ts'
import { rowsOfSql } from './query-builder.ts'
import { statementsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** The expected fee is the one that was posted: nothing is priced a second time. */
const SUMS: Statement = {
  name: 'day_sums',
  text: `
    SELECT CASE GROUPING(c.used_method, t.id, s.id)
        WHEN 3 THEN 'method' WHEN 5 THEN 'terminal' WHEN 6 THEN 'source' END AS by,
      coalesce(c.used_method, t.id::text, s.id::text) AS key, coalesce(t.name, s.name) AS name,
      count(*) AS captures,
      coalesce(sum(c.gross_tiyn), 0)::bigint AS "grossTiyn",
      coalesce(sum(c.credit_tiyn), 0)::bigint AS "creditedTiyn",
      coalesce(sum(c.overpaid_tiyn), 0)::bigint AS "overpaidTiyn",
      coalesce(sum(e.tiyn), 0)::bigint AS "expectedFeeTiyn",
      coalesce(sum(f.fee_tiyn), 0)::bigint AS "realFeeTiyn",
      count(f.attempt_id) AS "realFees",
      coalesce(sum(o.payout_tiyn), 0)::bigint AS "payoutTiyn"
    FROM captures c
    JOIN terminals t ON t.id = c.terminal_id
    JOIN sources s ON s.id = c.source_id
    LEFT JOIN real_fees f ON f.attempt_id = c.attempt_id
    LEFT JOIN payouts o ON o.attempt_id = c.attempt_id
    LEFT JOIN LATERAL (
      SELECT sum(tiyn) AS tiyn FROM postings p
      WHERE p.payment_id = c.payment_id AND p.attempt_id = c.attempt_id
        AND p.account = 'provider_fee_expected'
    ) e ON true
    WHERE t.payment_system = $1 AND t.country_iso = $2 AND c.at BETWEEN $3 AND $4
    GROUP BY GROUPING SETS ((), (c.used_method), (t.id, t.name), (s.id, s.name))
    ORDER BY by NULLS FIRST, key`,
}

const BANK: Statement = {
  name: 'day_bank',
  text: `
    SELECT move, verdict, count(*) AS operations, sum(tiyn)::bigint AS tiyn,
      coalesce(sum(fee_tiyn), 0)::bigint AS "feeTiyn"
    FROM bank_operations
    WHERE payment_system = $1 AND country_iso = $2 AND from_at BETWEEN $3 AND $4
    GROUP BY move, verdict ORDER BY move, verdict`,
}

const OPEN_FINDINGS: Statement = {
  name: 'day_open_findings',
  text: `
    SELECT k.id FROM tasks k LEFT JOIN terminals t ON t.id = k.terminal_id
    WHERE k.closed_at IS NULL AND k.facts ? 'at_ms'
      AND coalesce(t.payment_system, k.payment_system) = $1
      AND coalesce(t.country_iso, k.country_iso) = $2
      AND to_timestamp((k.facts ->> 'at_ms')::numeric / 1000) BETWEEN $3 AND $4
    ORDER BY k.id`,
}

const LAST_VERSION: Statement = {
  name: 'day_last_version',
  text: `
    SELECT coalesce(max(version), 0)::integer AS version FROM closed_days
    WHERE payment_system = $1 AND country_iso = $2 AND day = $3`,
}

const CLOSED = `
  r.day::text AS day, r.payment_system AS system, r.country_iso AS "countryIso", r.version, r.report,
  r.report_hash AS "reportHash", r.reason, r.closed_by AS "closedBy", r.closed_at AS "closedAtMs"`

const CLOSE: Statement = {
  name: 'day_close',
  text: `
    INSERT INTO closed_days AS r (payment_system, country_iso, day, version, report, report_hash, reason,
      closed_by, closed_at)
    VALUES ($1, $2, $3, $4, $5, sha256(convert_to($5, 'UTF8')), $6, $7, centre_now())
    RETURNING ${CLOSED}`,
}

export function dayStore(session: Session): DayStore {
  return {
    sums: (tx, ledger, day) => sessionOf(tx).rows<DayLine>(SUMS, timeOf(ledger, day)),
    bank: (tx, ledger, day) => sessionOf(tx).rows<BankSums>(BANK, timeOf(ledger, day)),
    async openFindings(tx, ledger, day) {
      const rows = await sessionOf(tx).rows<{ id: bigint }>(OPEN_FINDINGS, timeOf(ledger, day))
      return rows.map(({ id }) => id)
    },
    async lastVersion(tx, { countryIso, system }, day) {
      const values = [system, countryIso, day]
      const [row] = await sessionOf(tx).rows<{ version: number }>(LAST_VERSION, values)
      return row?.version ?? 0
    },
    async close(tx, { closedBy, countryIso, day, reason, report, system, version }) {
      const values = [system, countryIso, day, version, report, reason, closedBy]
      const [row] = await sessionOf(tx).rows<ClosedDay>(CLOSE, values)
      if (row === undefined) throw new Error('День не закрылся')
      return row
    },
    async closed(scope, { countryIso, system }, day, version) {
      const text = sql`
        SELECT ${sql.raw(CLOSED)} FROM closed_days r
        WHERE ${statementsIn(scope)} AND r.payment_system = ${system}::text
          AND r.country_iso = ${countryIso}::text AND r.day = ${day}::date
          AND (${version}::integer IS NULL OR r.version = ${version}::integer)
        ORDER BY r.version DESC LIMIT 1`
      const [row] = await rowsOfSql<ClosedDay>(session, text)
      return row ?? null
    },
    page: (scope, beforeDay, limit) =>
      rowsOfSql<ClosedDay>(
        session,
        sql`
          SELECT DISTINCT ON (r.day, r.payment_system, r.country_iso) ${sql.raw(CLOSED)}
          FROM closed_days r
          WHERE ${statementsIn(scope)} AND (${beforeDay}::date IS NULL OR r.day < ${beforeDay}::date)
          ORDER BY r.day DESC, r.payment_system, r.country_iso, r.version DESC
          LIMIT ${limit}::integer`,
      ),
  }
}

function timeOf({ countryIso, system }: Ledger, { fromMs, toMs }: Coverage): unknown[] {
  return [system, countryIso, utcTime(fromMs), utcTime(toMs)]
}
