// What every request asks: whose token it is, payment methods at the rates valid now, and whether money
// is being taken. Who changes these is the stores of sources, methods and settings.

import type { Route } from '@byfly-pay/core'
import type { SourceTerms } from './source-store.ts'

/** What a request has to know of its source. */
export type Source = Omit<SourceTerms, 'type' | 'description' | 'webhookEvents'> & {
  readonly id: number
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
  /** Which ways its money may go. */
  readonly route: Route
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
  /** Sealed webhook secrets that still sign, the current one first. */
  sealedSecrets(sourceId: number): Promise<Buffer[]>
  use(sourceId: number, phone: string | null, zone: string): Promise<SourceUse>
  methods(): Promise<PaymentMethod[]>
  isTakingMoney(): Promise<boolean>
}
