// What is wrong now, a statement for each kind of alert. They only read, and say where it belongs and
// since when; whether anybody is told is core's to say.

import {
  ALERT_KINDS,
  type AlertKind,
  type AlertRules,
  type Condition,
  type Moment,
} from '@byfly-pay/core'
import type { Session, Statement } from './session.ts'

/** Of one kind at once: more of them are one trouble with a name of its own. */
const LIMIT = 500

/** A sum is looked at for so long after it was paid. */
const SUM_MINUTES = 15

/** A certificate that no instance has told of for so long is served no more. */
const SERVED_MINUTES = 5

/** Fewer payments do not say what is usual. */
const USUAL_FROM = 100

/** Terminals that are expected to work. */
const AT_WORK = 't.deleted_at IS NULL AND t.is_active AND t.taken_out_at IS NULL'

const OF_TERMINAL = `
  t.id::text AS key, t.country_iso, t.payment_system, NULL::integer AS source_id,
  t.id AS terminal_id, NULL::uuid AS payment_id`

/** $1 is how long it must have lasted, in seconds; $2 the rule's threshold. */
const TEXTS: Readonly<Record<AlertKind, string>> = {
  terminal_offline: `
    SELECT ${OF_TERMINAL}, t.offline_since AS since, jsonb_build_object('terminal', t.name) AS facts
    FROM terminals t WHERE t.offline_since IS NOT NULL AND ${AT_WORK}`,

  terminal_suspended: `
    SELECT ${OF_TERMINAL}, h.suspended_at AS since,
      jsonb_build_object('terminal', t.name, 'reason', h.suspended_reason) AS facts
    FROM terminal_health h JOIN terminals t ON t.id = h.terminal_id
    WHERE h.suspended_at IS NOT NULL AND ${AT_WORK}`,

  terminal_quarantined: `
    SELECT ${OF_TERMINAL}, coalesce(lost.since, least(now.now, t.quarantined_until - interval '300 s'))
        AS since,
      jsonb_build_object('terminal', t.name, 'reason',
        CASE WHEN lost.since IS NULL THEN t.quarantine_reason ELSE 'start_lost' END) AS facts
    FROM (SELECT centre_now() AS now) AS now CROSS JOIN terminals t
    LEFT JOIN LATERAL (
      SELECT a.since FROM open_attempts o JOIN attempts a ON a.id = o.attempt_id
      WHERE o.terminal_id = t.id AND o.holds_terminal AND o.state = 'lost'
    ) AS lost ON true
    WHERE ${AT_WORK} AND (t.quarantined_until > now.now OR lost.since IS NOT NULL)`,

  terminal_needs_mending: `
    SELECT ${OF_TERMINAL}, t.trouble_since AS since,
      jsonb_build_object('terminal', t.name, 'reason', t.trouble) AS facts
    FROM terminals t WHERE t.trouble IS NOT NULL AND ${AT_WORK}`,

  result_unknown: `
    SELECT o.attempt_id::text AS key, p.country_iso, t.payment_system, p.source_id, t.id AS terminal_id,
      p.id AS payment_id, a.since, jsonb_build_object('terminal', t.name) AS facts
    FROM open_attempts o JOIN attempts a ON a.id = o.attempt_id
    JOIN payments p ON p.id = o.payment_id JOIN terminals t ON t.id = o.terminal_id
    WHERE o.state = 'unknown'`,

  // Until somebody has compared each terminal and closed its task.
  books_restored: `
    SELECT t.country_iso AS key, t.country_iso, NULL::text AS payment_system,
      NULL::integer AS source_id, NULL::integer AS terminal_id, NULL::uuid AS payment_id,
      min(k.opened_at) AS since, jsonb_build_object('count', count(*)) AS facts
    FROM tasks k JOIN terminals t ON t.id = k.terminal_id
    WHERE k.kind = 'books_restored' AND k.closed_at IS NULL
    GROUP BY t.country_iso`,

  endpoint_failing: `
    SELECT s.id || ' ' || e.endpoint AS key, s.country_iso, NULL::text AS payment_system,
      s.id AS source_id, NULL::integer AS terminal_id, NULL::uuid AS payment_id,
      e.failing_since AS since,
      jsonb_build_object('source', s.name, 'endpoint', left(e.endpoint, 200)) AS facts
    FROM webhook_endpoints e JOIN sources s ON s.id = e.source_id AND s.deleted_at IS NULL
    WHERE e.failing_since IS NOT NULL`,

  sms_balance_low: `
    SELECT 'sms' AS key, NULL::text AS country_iso, NULL::text AS payment_system,
      NULL::integer AS source_id, NULL::integer AS terminal_id, NULL::uuid AS payment_id,
      measured_at AS since, jsonb_build_object('amount', amount::text, 'currency', currency) AS facts
    FROM sms_balance WHERE amount < $2::integer`,

  // What nobody has explained or done: tasks about money, and differences with the devices.
  reconciliation_gap: `
    SELECT country_iso AS key, country_iso, NULL::text AS payment_system, NULL::integer AS source_id,
      NULL::integer AS terminal_id, NULL::uuid AS payment_id, min(opened_at) AS since,
      jsonb_build_object('count', count(*)) AS facts
    FROM (
      SELECT s.country_iso, k.opened_at FROM tasks k JOIN sources s ON s.id = k.source_id
      WHERE k.closed_at IS NULL AND k.payment_id IS NOT NULL
      UNION ALL
      SELECT t.country_iso, r.opened_at FROM reconciliation r JOIN terminals t ON t.id = r.terminal_id
      WHERE r.closed_at IS NULL
    ) AS gap
    WHERE opened_at <= centre_now() - $1::integer * interval '1 second'
    GROUP BY country_iso`,

  unusual_sum: `
    SELECT p.id::text AS key, p.country_iso, m.payment_system, p.source_id, p.terminal_id,
      p.id AS payment_id, p.paid_at AS since,
      jsonb_build_object('source', s.name, 'sum_tiyn', p.original_tiyn, 'usual_tiyn', u.p99_tiyn)
        AS facts
    FROM payments p JOIN usual_sums u ON u.source_id = p.source_id
    JOIN sources s ON s.id = p.source_id
    LEFT JOIN payment_methods m ON m.code = p.chosen_method
    WHERE p.paid_at >= centre_now() - interval '${SUM_MINUTES} minutes'
      AND u.payments >= ${USUAL_FROM} AND p.original_tiyn > $2::integer * u.p99_tiyn`,

  certificate_expiring: `
    SELECT encode(fingerprint, 'hex') AS key, NULL::text AS country_iso, NULL::text AS payment_system,
      NULL::integer AS source_id, NULL::integer AS terminal_id, NULL::uuid AS payment_id,
      expires_at - $2::integer * interval '1 day' AS since,
      jsonb_build_object('names', names, 'last_day', to_char(expires_at, 'DD.MM.YYYY')) AS facts
    FROM tls_certificates
    WHERE expires_at <= centre_now() + $2::integer * interval '1 day'
      AND seen_at > centre_now() - interval '${SERVED_MINUTES} minutes'
    UNION ALL
    SELECT 'bank ' || c.terminal_id, t.country_iso, t.payment_system, NULL, t.id, NULL,
      c.certificate_expires_at - $2::integer * interval '1 day',
      jsonb_build_object('names', t.name, 'of', 'bank',
        'last_day', to_char(c.certificate_expires_at, 'DD.MM.YYYY'))
    FROM qr_connections c JOIN terminals t ON t.id = c.terminal_id
    WHERE c.certificate_expires_at <= centre_now() + $2::integer * interval '1 day' AND ${AT_WORK}`,
}

const STATEMENTS = new Map<AlertKind, Statement>(
  ALERT_KINDS.map((kind) => [
    kind,
    {
      name: `alert_${kind}`,
      // Both parameters are named once, whether or not the kind looks at them.
      text: `SELECT * FROM (${TEXTS[kind]}) AS wrong
        WHERE ($1::integer, $2::integer) IS NOT NULL OR true LIMIT ${LIMIT}`,
    },
  ]),
)

interface Row {
  readonly key: string
  readonly country_iso: string | null
  readonly payment_system: string | null
  readonly source_id: number | null
  readonly terminal_id: number | null
  readonly payment_id: string | null
  readonly since: Moment
  readonly facts: Condition['facts']
}

/** One after the other: nobody waits for them, and customers do for their connections. */
export async function conditionsBy(session: Session, rules: AlertRules): Promise<Condition[]> {
  const found: Condition[] = []
  for (const [kind, statement] of STATEMENTS) {
    const { afterSeconds, isOn, threshold } = rules[kind]
    if (!isOn) continue
    const rows = await session.rows<Row>(statement, [afterSeconds, threshold])
    found.push(...rows.map((row) => conditionOf(kind, row)))
  }
  return found
}

function conditionOf(kind: AlertKind, row: Row): Condition {
  return {
    kind,
    key: row.key,
    sinceMs: row.since,
    place: {
      countryIso: row.country_iso,
      system: row.payment_system,
      sourceId: row.source_id,
    },
    terminalId: row.terminal_id,
    paymentId: row.payment_id,
    facts: row.facts,
  }
}
