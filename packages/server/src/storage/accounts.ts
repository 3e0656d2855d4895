// The source of a token, methods with the rates valid now, and what a source has done lately. Read at
// every request, so nothing here may be kept: what was revoked is dead at once.

import type { AccountStore, PaymentMethod, Source, SourceUse } from '../ports/account-store.ts'
import type { Session, Statement } from './session.ts'
import { isTakingMoney } from './settings.ts'
import { sealedSecrets } from './source-keys.ts'

const SOURCE_COLUMNS = `
  s.id, s.name, s.country_iso, s.is_active, s.amount_unit, s.ceiling_tiyn, s.tolerance_tiyn,
  s.lifetime_seconds, s.add_commission_to_amount, s.overpaid_policy, s.default_webhook_url,
  s.daily_limit_tiyn, s.phone_hourly_limit, s.open_attempts_limit, s.allowed_ips,
  s.refunds_allowed, s.refund_commission, s.refund_approval_above_tiyn`

const SOURCE_BY_TOKEN: Statement = {
  name: 'source_by_token',
  text: `
    SELECT ${SOURCE_COLUMNS}
    FROM source_tokens t JOIN sources s ON s.id = t.source_id
    WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > centre_now())
      AND s.deleted_at IS NULL`,
}

const SOURCE_BY_ID: Statement = {
  name: 'source_by_id',
  text: `SELECT ${SOURCE_COLUMNS} FROM sources s WHERE s.id = $1 AND s.deleted_at IS NULL`,
}

const METHODS: Statement = {
  name: 'payment_methods_now',
  text: `
    SELECT m.id, m.code, m.name, m.payment_system, y.currency, m.months, y.step_tiyn, m.min_tiyn,
      m.max_tiyn, m.add_commission_to_amount, m.commission_mode, m.is_selectable, m.route, rate.rate_bp
    FROM payment_methods m
    JOIN payment_systems y ON y.code = m.payment_system
    CROSS JOIN LATERAL (
      SELECT r.rate_bp FROM method_rates r
      WHERE r.method_id = m.id AND r.valid_from <= centre_now()
      ORDER BY r.valid_from DESC LIMIT 1
    ) AS rate
    WHERE m.is_active
    ORDER BY m.id`,
}

/**
 * What the limits of T11 count. Ids tell their time, so both sums are ranges of one index. A payment that
 * was cancelled counts with what was taken for it, any other with its whole original.
 */
const USE: Statement = {
  name: 'source_use',
  text: `
    WITH since AS MATERIALIZED (
      SELECT date_trunc('day', clock.now AT TIME ZONE $3) AT TIME ZONE $3 AS today,
        clock.now - interval '1 hour' AS an_hour_ago
      FROM (SELECT centre_now() AS now OFFSET 0) AS clock
    )
    SELECT
      (SELECT coalesce(sum(CASE WHEN status = 'cancelled' THEN credited_tiyn ELSE original_tiyn END), 0)
        FROM payments
        WHERE source_id = $1 AND id >= (SELECT uuid7_floor(today) FROM since))::bigint
        AS today_tiyn,
      (SELECT count(*) FROM payments
        WHERE source_id = $1 AND id >= (SELECT uuid7_floor(an_hour_ago) FROM since)
          AND customer_phone = $2::text)::integer
        AS phone_payments`,
}

export function accountStore(session: Session): AccountStore {
  return {
    async sourceByToken(tokenHash) {
      const [row] = await session.rows<SourceRow>(SOURCE_BY_TOKEN, [tokenHash])
      return row === undefined ? null : sourceOf(row)
    },
    async sourceById(id) {
      const [row] = await session.rows<SourceRow>(SOURCE_BY_ID, [id])
      return row === undefined ? null : sourceOf(row)
    },
    sealedSecrets: (sourceId) => sealedSecrets(session, sourceId),
    use: (sourceId, phone, zone) => readUse(session, sourceId, phone, zone),
    async methods() {
      return (await session.rows<MethodRow>(METHODS, [])).map(methodOf)
    },
    isTakingMoney: () => isTakingMoney(session),
  }
}

interface SourceRow {
  readonly id: number
  readonly name: string
  readonly country_iso: string
  readonly is_active: boolean
  readonly amount_unit: Source['amountUnit']
  readonly ceiling_tiyn: bigint
  readonly tolerance_tiyn: bigint
  readonly lifetime_seconds: number
  readonly add_commission_to_amount: boolean | null
  readonly overpaid_policy: Source['overpaidPolicy']
  readonly default_webhook_url: string | null
  readonly daily_limit_tiyn: bigint | null
  readonly phone_hourly_limit: number | null
  readonly open_attempts_limit: number | null
  readonly allowed_ips: readonly string[]
  readonly refunds_allowed: boolean
  readonly refund_commission: Source['refundCommission']
  readonly refund_approval_above_tiyn: bigint | null
}

function sourceOf(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    countryIso: row.country_iso,
    isActive: row.is_active,
    amountUnit: row.amount_unit,
    ceilingTiyn: row.ceiling_tiyn,
    toleranceTiyn: row.tolerance_tiyn,
    lifetimeSeconds: row.lifetime_seconds,
    addCommissionToAmount: row.add_commission_to_amount,
    overpaidPolicy: row.overpaid_policy,
    defaultWebhookUrl: row.default_webhook_url,
    dailyLimitTiyn: row.daily_limit_tiyn,
    phoneHourlyLimit: row.phone_hourly_limit,
    openAttemptsLimit: row.open_attempts_limit,
    allowedIps: row.allowed_ips,
    refundsAllowed: row.refunds_allowed,
    refundCommission: row.refund_commission,
    refundApprovalAboveTiyn: row.refund_approval_above_tiyn,
  }
}

interface MethodRow {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly payment_system: string
  readonly currency: string
  readonly months: number | null
  readonly step_tiyn: bigint
  readonly min_tiyn: bigint
  readonly max_tiyn: bigint
  readonly add_commission_to_amount: boolean
  readonly commission_mode: PaymentMethod['commissionMode']
  readonly is_selectable: boolean
  readonly route: PaymentMethod['route']
  readonly rate_bp: number
}

function methodOf(row: MethodRow): PaymentMethod {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    system: row.payment_system,
    currency: row.currency,
    months: row.months,
    stepTiyn: row.step_tiyn,
    minTiyn: row.min_tiyn,
    maxTiyn: row.max_tiyn,
    addCommissionToAmount: row.add_commission_to_amount,
    commissionMode: row.commission_mode,
    isSelectable: row.is_selectable,
    route: row.route,
    rateBp: row.rate_bp,
  }
}

async function readUse(
  session: Session,
  sourceId: number,
  phone: string | null,
  zone: string,
): Promise<SourceUse> {
  interface UseRow {
    readonly today_tiyn: bigint
    readonly phone_payments: number
  }
  const [row] = await session.rows<UseRow>(USE, [sourceId, phone, zone])
  return {
    todayTiyn: row?.today_tiyn ?? 0n,
    phonePaymentsLastHour: row?.phone_payments ?? 0,
  }
}
