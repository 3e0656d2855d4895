// From a body that has the right shape to the terms of a source, field by field: a name that is not
// written here reaches nothing (A17).

import type { ChangeSourceRequest } from '@byfly-pay/contract'
import type { TermsFault } from '../../accounts/source-terms.ts'
import type { SourceTerms } from '../../ports/source-store.ts'
import { onlyGiven } from '../only-given.ts'
import type { FieldErrors } from '../refusal.ts'
import { refuseUnshowable } from './showable.ts'

/** @throws Refusal validation, with the texts that cannot be shown */
export function readSource(body: ChangeSourceRequest): Partial<SourceTerms> {
  refuseUnshowable({ name: body.name }, { description: body.description })
  return onlyGiven<SourceTerms>({
    name: body.name,
    type: body.type,
    description: body.description,
    countryIso: body.country_iso,
    isActive: body.is_active,
    amountUnit: body.amount_unit,
    ceilingTiyn: tiynOf(body.ceiling_tiyn),
    toleranceTiyn: tiynOf(body.tolerance_tiyn),
    lifetimeSeconds: body.lifetime_seconds,
    addCommissionToAmount: body.add_commission_to_amount,
    overpaidPolicy: body.overpaid_policy,
    defaultWebhookUrl: body.default_webhook_url,
    webhookEvents: body.webhook_events,
    dailyLimitTiyn: body.daily_limit_tiyn === null ? null : tiynOf(body.daily_limit_tiyn),
    phoneHourlyLimit: body.phone_hourly_limit,
    openAttemptsLimit: body.open_attempts_limit,
    allowedIps: body.allowed_ips,
    refundsAllowed: body.refunds_allowed,
    refundCommission: body.refund_commission,
    refundApprovalAboveTiyn:
      body.refund_approval_above_tiyn === null ? null : tiynOf(body.refund_approval_above_tiyn),
  })
}

function tiynOf(number: number | undefined): bigint | undefined {
  return number === undefined ? undefined : BigInt(number)
}

export const SOURCE_FAULTS: Readonly<Record<TermsFault | 'unit_is_fixed', FieldErrors>> = {
  unknown_country: { country_iso: 'Is not a known country, or takes in nothing new' },
  outside_scope: { country_iso: 'Must be one of the countries open to you' },
  forbidden_webhook_url: {
    default_webhook_url: 'Must be an https address that can be reached from outside',
  },
  not_an_address: { allowed_ips: 'Must be IP addresses or networks such as 10.0.0.0/8' },
  unit_is_fixed: { amount_unit: 'Is fixed once the source has a payment' },
}
