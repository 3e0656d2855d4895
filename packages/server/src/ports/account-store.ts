// Sources, their tokens and secrets, payment methods with their rates, and the switch that stops
// taking money.

import type { AmountUnit, OverpaidPolicy } from '@byfly-pay/core'

export interface Source {
  readonly id: number
  readonly name: string
  readonly countryIso: string
  readonly isActive: boolean
  readonly amountUnit: AmountUnit
  readonly ceilingTiyn: bigint
  readonly toleranceTiyn: bigint
  readonly lifetimeSeconds: number
  /** Overrides every method's own flag (M4); null to leave it. */
  readonly addCommissionToAmount: boolean | null
  readonly overpaidPolicy: OverpaidPolicy
  readonly defaultWebhookUrl: string | null
  readonly dailyLimitTiyn: bigint | null
  readonly phoneHourlyLimit: number | null
  readonly openAttemptsLimit: number | null
  readonly allowedIps: readonly string[]
}

export interface NewSource {
  readonly name: string
  readonly type: 'website' | 'mobile_app' | 'desktop_app' | 'other'
  readonly description: string | null
  readonly amountUnit: AmountUnit
  readonly defaultWebhookUrl: string | null
  readonly webhookEvents: readonly string[]
  readonly tokenHash: Buffer
  readonly sealedSecret: Buffer
}

export interface PaymentMethod {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly system: string
  readonly currency: string
  readonly months: number | null
  readonly stepTiyn: bigint
  readonly minTiyn: bigint
  readonly maxTiyn: bigint
  readonly addCommissionToAmount: boolean
  readonly commissionMode: 'markup' | 'gross_up'
  readonly isSelectable: boolean
  /** The rate valid now. */
  readonly rateBp: number
}

/** What a source has done lately, for the limits of T11. */
export interface SourceUse {
  readonly todayTiyn: bigint
  readonly phonePaymentsLastHour: number
}

export interface AccountStore {
  /** The source of a living token, whatever its state; null for a wrong or ended one. */
  sourceByToken(tokenHash: Buffer): Promise<Source | null>
  sourceById(id: number): Promise<Source | null>
  sources(): Promise<Source[]>
  addSource(source: NewSource): Promise<number>
  /** A new token; the old ones live on for `overlapMs`. */
  rotateToken(sourceId: number, tokenHash: Buffer, overlapMs: number): Promise<boolean>
  rotateSecret(sourceId: number, sealed: Buffer, overlapMs: number): Promise<boolean>
  /** Sealed webhook secrets that still sign, the current one first. */
  sealedSecrets(sourceId: number): Promise<Buffer[]>
  use(sourceId: number, phone: string | null, zone: string): Promise<SourceUse>
  methods(): Promise<PaymentMethod[]>
  isTakingMoney(): Promise<boolean>
}
