// Alerts from their beginning to their end, each step written once however many find it; and as each
// member of staff sees them.

import type { AlertKind, Condition, Moment, OpenAlert, Severity } from '@byfly-pay/core'
import { sql } from 'kysely'
import type {
  AlertFacts,
  AlertFilter,
  AlertLine,
  AlertStore,
  AlertViewer,
} from '../ports/alert-store.ts'
import type { Vault } from '../ports/centre.ts'
import { conditionsBy } from './alert-conditions.ts'
import { alertMessages } from './alert-messages.ts'
import { alertSettings } from './alert-settings.ts'
import { rowsOfSql } from './query-builder.ts'
import { alertsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Open ones at once; more trouble than this has one cause. */
const OPEN_LIMIT = 5_000
const KEPT_DAYS = 90

const OPEN: Statement = {
  name: 'alerts_open',
  text: `
    SELECT id, kind, key, opened_at, last_seen_at, reminded_at IS NOT NULL AS is_reminded
    FROM alerts WHERE ended_at IS NULL ORDER BY id LIMIT ${OPEN_LIMIT}`,
}

const NOW: Statement = { name: 'alerts_now', text: 'SELECT centre_now() AS now' }

const BEGIN: Statement = {
  name: 'alert_begin',
  text: `
    INSERT INTO alerts (kind, key, severity, country_iso, payment_system, source_id, terminal_id,
      payment_id, facts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (kind, key) WHERE ended_at IS NULL DO NOTHING
    RETURNING id`,
}

const SEEN: Statement = {
  name: 'alerts_seen',
  text: 'UPDATE alerts SET last_seen_at = centre_now() WHERE id = ANY ($1) AND ended_at IS NULL',
}

const FACTS = 'id, kind, severity, country_iso, payment_system, source_id, facts'

const REMIND: Statement = {
  name: 'alert_remind',
  text: `
    UPDATE alerts SET reminded_at = centre_now(), last_seen_at = centre_now()
    WHERE id = $1 AND ended_at IS NULL AND reminded_at IS NULL RETURNING ${FACTS}`,
}

const END: Statement = {
  name: 'alert_end',
  text: `
    UPDATE alerts SET ended_at = centre_now() WHERE id = $1 AND ended_at IS NULL
    RETURNING ${FACTS}`,
}

const KEEP_BALANCE: Statement = {
  name: 'sms_balance_keep',
  text: `
    INSERT INTO sms_balance (amount, currency) VALUES ($1::numeric, $2)
    ON CONFLICT (only_row) DO UPDATE SET amount = EXCLUDED.amount, currency = EXCLUDED.currency,
      measured_at = centre_now()`,
}

const KEEP_CERTIFICATE: Statement = {
  name: 'tls_certificate_keep',
  text: `
    WITH forgotten AS (
      DELETE FROM tls_certificates
      WHERE fingerprint <> $1 AND seen_at < centre_now() - interval '1 day'
    )
    INSERT INTO tls_certificates (fingerprint, names, expires_at)
    VALUES ($1, $2, to_timestamp($3::bigint / 1000))
    ON CONFLICT (fingerprint) DO UPDATE SET seen_at = centre_now()`,
}

/** Of the last ten thousand that were paid within 30 days: bounded, however busy a source is. */
const MEASURE_SUMS: Statement = {
  name: 'usual_sums_measure',
  text: `
    INSERT INTO usual_sums AS u (source_id, p99_tiyn, payments)
    SELECT s.id, usual.p99, usual.payments
    FROM sources s CROSS JOIN LATERAL (
      SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY original_tiyn) AS p99,
        count(*)::integer AS payments
      FROM (
        SELECT original_tiyn FROM payments p
        WHERE p.source_id = s.id AND p.status = 'paid'
          AND p.id >= uuid7_floor(centre_now() - interval '30 days')
        ORDER BY p.id DESC LIMIT 10000
      ) AS lately
    ) AS usual
    WHERE s.deleted_at IS NULL AND usual.p99 IS NOT NULL
    ON CONFLICT (source_id) DO UPDATE SET p99_tiyn = EXCLUDED.p99_tiyn,
      payments = EXCLUDED.payments, measured_at = centre_now()`,
}

const FORGET_OLD: Statement = {
  name: 'alerts_forget_old',
  text: `DELETE FROM alerts WHERE ended_at < centre_now() - interval '${KEPT_DAYS} days'`,
}

export function alertStore(session: Session, vault: Vault): AlertStore {
  return {
    ...alertMessages(session, vault),
    ...alertSettings(session),
    conditions: (rules) => conditionsBy(session, rules),
    open: () => openAlerts(session),
    begin: (tx, condition, severity) => begin(sessionOf(tx), condition, severity),
    async seen(tx, ids) {
      if (ids.length > 0) await sessionOf(tx).rows(SEEN, [ids])
    },
    async remind(tx, id) {
      return factsOf(await sessionOf(tx).rows<FactsRow>(REMIND, [id]))
    },
    async end(tx, id) {
      return factsOf(await sessionOf(tx).rows<FactsRow>(END, [id]))
    },
    page: (viewer, filter) => page(session, viewer, filter),
    unread: (viewer) => unread(session, viewer),
    markRead: (tx, viewer, upToId) => markRead(sessionOf(tx), viewer, upToId),
    async keepBalance(amount, currency) {
      await session.rows(KEEP_BALANCE, [amount, currency])
    },
    async keepCertificate({ expiresAtMs, fingerprint, names }) {
      await session.rows(KEEP_CERTIFICATE, [fingerprint, names, expiresAtMs])
    },
    async measureSums() {
      await session.rows(MEASURE_SUMS, [])
    },
    async forgetOld() {
      await session.rows(FORGET_OLD, [])
    },
  }
}

async function openAlerts(session: Session) {
  interface Row {
    readonly id: number
    readonly kind: AlertKind
    readonly key: string
    readonly opened_at: Moment
    readonly last_seen_at: Moment
    readonly is_reminded: boolean
  }
  const rows = await session.rows<Row>(OPEN, [])
  const [clock] = await session.rows<{ now: Moment }>(NOW, [])
  const alerts: OpenAlert[] = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    key: row.key,
    openedAtMs: row.opened_at,
    lastSeenAtMs: row.last_seen_at,
    isReminded: row.is_reminded,
  }))
  if (clock === undefined) throw new Error('База данных не назвала времени')
  return { alerts, nowMs: clock.now }
}

async function begin(
  session: Session,
  { facts, key, kind, paymentId, place, terminalId }: Condition,
  severity: Severity,
): Promise<number | null> {
  const { countryIso, sourceId, system } = place
  const about = [countryIso, system, sourceId, terminalId, paymentId]
  const values = [kind, key, severity, ...about, JSON.stringify(facts)]
  const [row] = await session.rows<{ id: number }>(BEGIN, values)
  return row?.id ?? null
}

interface FactsRow {
  readonly id: number
  readonly kind: AlertKind
  readonly severity: Severity
  readonly country_iso: string | null
  readonly payment_system: string | null
  readonly source_id: number | null
  readonly facts: Condition['facts']
}

function factsOf([row]: readonly FactsRow[]): AlertFacts | null {
  return row === undefined ? null : alertFactsOf(row)
}

function alertFactsOf(row: FactsRow): AlertFacts {
  const { facts, id, kind, severity } = row
  const place = {
    countryIso: row.country_iso,
    system: row.payment_system,
    sourceId: row.source_id,
  }
  return { id, kind, severity, place, facts }
}

interface LineRow extends FactsRow {
  readonly terminal_id: number | null
  readonly payment_id: string | null
  readonly opened_at: Moment
  readonly ended_at: Moment | null
  readonly read_at: Moment | null
}

function visibleTo({ kinds, scope }: AlertViewer) {
  return sql`a.kind = ANY(${[...kinds]}::text[]) AND ${alertsIn(scope)}`
}

async function page(
  session: Session,
  viewer: AlertViewer,
  { beforeId, isOpenOnly, isUnreadOnly, limit }: AlertFilter,
): Promise<AlertLine[]> {
  const found = sql`
    SELECT a.id, a.kind, a.severity, a.country_iso, a.payment_system, a.source_id, a.facts,
      a.terminal_id, a.payment_id, a.opened_at, a.ended_at, r.read_at
    FROM alerts a
    LEFT JOIN alert_reads r ON r.alert_id = a.id AND r.admin_id = ${viewer.adminId}
    WHERE ${visibleTo(viewer)} AND (${beforeId}::integer IS NULL OR a.id < ${beforeId})
      AND (NOT ${isOpenOnly}::boolean OR a.ended_at IS NULL)
      AND (NOT ${isUnreadOnly}::boolean OR r.read_at IS NULL)
    ORDER BY a.id DESC LIMIT ${limit}`
  const rows = await rowsOfSql<LineRow>(session, found)
  return rows.map((row) => ({
    ...alertFactsOf(row),
    terminalId: row.terminal_id,
    paymentId: row.payment_id,
    openedAtMs: row.opened_at,
    endedAtMs: row.ended_at,
    readAtMs: row.read_at,
  }))
}

async function unread(session: Session, viewer: AlertViewer): Promise<number> {
  const counted = sql`
    SELECT count(*)::integer AS count FROM alerts a
    WHERE ${visibleTo(viewer)} AND NOT EXISTS (
      SELECT FROM alert_reads r WHERE r.alert_id = a.id AND r.admin_id = ${viewer.adminId})`
  const [row] = await rowsOfSql<{ readonly count: number }>(session, counted)
  return row?.count ?? 0
}

async function markRead(session: Session, viewer: AlertViewer, upToId: number): Promise<number> {
  const marked = sql`
    INSERT INTO alert_reads (alert_id, admin_id)
    SELECT a.id, ${viewer.adminId} FROM alerts a WHERE ${visibleTo(viewer)} AND a.id <= ${upToId}
    ON CONFLICT DO NOTHING RETURNING alert_id`
  return (await rowsOfSql(session, marked)).length
}
