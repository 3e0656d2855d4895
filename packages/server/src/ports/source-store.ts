// Sources as staff keep them: their terms, and what proves them. What every request asks of a source is
// the account store's.

import type {
  AmountUnit,
  CommissionBearer,
  Moment,
  OptionalEvent,
  OverpaidPolicy,
  Scope,
  SourceType,
} from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

/** All that staff may say of a source. */
export interface SourceTerms {
  readonly name: string
  readonly type: SourceType
  readonly description: string | null
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
  readonly webhookEvents: readonly OptionalEvent[]
  readonly dailyLimitTiyn: bigint | null
  readonly phoneHourlyLimit: number | null
  readonly openAttemptsLimit: number | null
  /** Addresses and CIDRs; none allows all. */
  readonly allowedIps: readonly string[]
  /** It may give money back by its own call (M15). */
  readonly refundsAllowed: boolean
  readonly refundCommission: CommissionBearer
  /** Above it a second person approves a refund; null: as the centre's setting says. */
  readonly refundApprovalAboveTiyn: bigint | null
}

export interface SourceRecord extends SourceTerms {
  readonly id: number
  readonly createdAtMs: Moment
}

export interface KeyLife {
  readonly createdAtMs: Moment
  readonly endsAtMs: Moment | null
}

/** Never the keys themselves. */
export interface SourceKeys {
  readonly tokens: readonly KeyLife[]
  readonly secrets: readonly KeyLife[]
}

export interface Page {
  /** Only ids above this one. */
  readonly afterId: number
  readonly limit: number
}

/** Deleted sources are not found by anything here (T5). */
export interface SourceStore {
  list(scope: Scope, page: Page): Promise<SourceRecord[]>
  find(scope: Scope, id: number): Promise<SourceRecord | null>
  /** As `find`; nobody else changes it until the transaction ends. */
  lock(tx: Transaction, scope: Scope, id: number): Promise<SourceRecord | null>
  /** Those of `ids` that exist. */
  known(ids: readonly number[]): Promise<number[]>

  add(tx: Transaction, terms: SourceTerms, tokenHash: Buffer, sealedSecret: Buffer): Promise<number>
  /** The source that a token was made for. */
  ofToken(tx: Transaction, tokenHash: Buffer): Promise<number | null>
  save(tx: Transaction, id: number, terms: SourceTerms): Promise<void>
  /** Its tokens are dead from then on; everything else of it stays. */
  remove(tx: Transaction, id: number): Promise<void>
  hasPayment(tx: Transaction, id: number): Promise<boolean>

  /**
   * A new token; the old ones live on for `overlapMs`. Done again with the same hash it changes nothing.
   * @returns whether it was done now
   */
  rotateToken(tx: Transaction, id: number, tokenHash: Buffer, overlapMs: number): Promise<boolean>
  /** Those that live, the current one first; when each ends, null: it does not. */
  keys(id: number): Promise<SourceKeys>
  /** The same for the webhook secret. */
  rotateSecret(tx: Transaction, id: number, sealed: Buffer, overlapMs: number): Promise<boolean>
}
