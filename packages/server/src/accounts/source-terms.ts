// What a new source is like where nobody says otherwise, and what of its terms may not be.

import { isIP } from 'node:net'
import { isInScope, OPTIONAL_EVENTS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { SourceTerms } from '../ports/source-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Acting } from './staff.ts'

/** Defaults of the contract: M1, M2, M9, M10, S2, T11, W3. */
export const SOURCE_DEFAULTS: Omit<SourceTerms, 'name' | 'type'> = {
  description: null,
  countryIso: 'KZ',
  isActive: true,
  amountUnit: 'tiyn',
  ceilingTiyn: 10_000_000_000n,
  toleranceTiyn: 100n,
  lifetimeSeconds: 3_600,
  addCommissionToAmount: null,
  overpaidPolicy: 'task',
  defaultWebhookUrl: null,
  webhookEvents: [],
  dailyLimitTiyn: null,
  phoneHourlyLimit: null,
  openAttemptsLimit: null,
  allowedIps: [],
  refundsAllowed: false,
  refundCommission: 'source',
  refundApprovalAboveTiyn: null,
}

export type TermsFault =
  | 'unknown_country'
  /** It would no longer exist for whoever moves it. */
  | 'outside_scope'
  | 'forbidden_webhook_url'
  | 'not_an_address'

/** `before` is null for a new source; what did not change is not looked at again. */
export async function faultOfTerms(
  { storage, webhooks }: Pick<Centre, 'storage' | 'webhooks'>,
  tx: Transaction,
  { scope }: Acting,
  before: SourceTerms | null,
  after: SourceTerms,
): Promise<TermsFault | null> {
  const { countryIso, defaultWebhookUrl, allowedIps } = after
  if (countryIso !== before?.countryIso) {
    const [country] = await storage.places.holdCountries(tx, [countryIso])
    if (country?.isActive !== true) return 'unknown_country'
    if (!isInScope(scope, { countryIso, system: null, sourceId: null })) return 'outside_scope'
  }
  const isNewUrl = defaultWebhookUrl !== before?.defaultWebhookUrl
  if (isNewUrl && defaultWebhookUrl !== null && webhooks.refusalOf(defaultWebhookUrl) !== null) {
    return 'forbidden_webhook_url'
  }
  return allowedIps.every(isAddressOrNetwork) ? null : 'not_an_address'
}

/** One spelling of the same terms: each event and address once. */
export function tidyTerms(terms: SourceTerms): SourceTerms {
  return {
    ...terms,
    webhookEvents: OPTIONAL_EVENTS.filter((event) => terms.webhookEvents.includes(event)),
    allowedIps: [...new Set(terms.allowedIps)],
  }
}

/** `10.0.0.5`, `10.0.0.0/8`, `2001:db8::/32`: what the check of a request's address can read. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  // A zone (`fe80::1%eth0`) means something on one machine only.
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)
}
