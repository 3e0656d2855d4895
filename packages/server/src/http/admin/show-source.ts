// A source as the administration tells it; never its token or its secret.

import type { SourceData } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import type { SourceRecord } from '../../ports/source-store.ts'

export function showSource(source: SourceRecord, zone: string): SourceData {
  return {
    id: source.id,
    name: source.name,
    type: source.type,
    description: source.description,
    is_active: source.isActive,
    country_iso: source.countryIso,
    amount_unit: source.amountUnit,
    ceiling_tiyn: Number(source.ceilingTiyn),
    tolerance_tiyn: Number(source.toleranceTiyn),
    lifetime_seconds: source.lifetimeSeconds,
    add_commission_to_amount: source.addCommissionToAmount,
    overpaid_policy: source.overpaidPolicy,
    default_webhook_url: source.defaultWebhookUrl,
    webhook_events: [...source.webhookEvents],
    allowed_ips: [...source.allowedIps],
    daily_limit_tiyn: source.dailyLimitTiyn === null ? null : Number(source.dailyLimitTiyn),
    phone_hourly_limit: source.phoneHourlyLimit,
    open_attempts_limit: source.openAttemptsLimit,
    refunds_allowed: source.refundsAllowed,
    refund_commission: source.refundCommission,
    refund_approval_above_tiyn:
      source.refundApprovalAboveTiyn === null ? null : Number(source.refundApprovalAboveTiyn),
    created_at: localTime(source.createdAtMs, zone),
    created_at_utc: utcTime(source.createdAtMs),
  }
}
