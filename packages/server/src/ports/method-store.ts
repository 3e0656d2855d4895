// Payment methods as staff keep them, with the rates of all times. What a quote is made of is the account
// store's.

import type { Moment, Route, Scope } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

/** All that staff may say of a method. */
export interface MethodSettings {
  readonly name: string
  readonly isActive: boolean
  /** False for what only a terminal can report, such as a card on the reader. */
  readonly isSelectable: boolean
  readonly addCommissionToAmount: boolean
  readonly commissionMode: 'markup' | 'gross_up'
  /** Whether its money is taken by terminals, by the bank's QR API, or by that when no terminal is free. */
  readonly route: Route
  readonly minTiyn: bigint
  readonly maxTiyn: bigint
}

export interface MethodRate {
  readonly id: number
  readonly rateBp: number
  /** Null for one that has always been there. */
  readonly validFromMs: Moment | null
  /** It has not begun yet. */
  readonly isComing: boolean
}

export interface MethodRecord extends MethodSettings {
  readonly id: number
  readonly code: string
  readonly system: string
  readonly currency: string
  readonly countryIso: string
  readonly months: number | null
  readonly stepTiyn: bigint
  /** The rate valid now, then those to come, in order. */
  readonly rates: readonly MethodRate[]
}

export interface MethodStore {
  list(scope: Scope): Promise<MethodRecord[]>
  find(scope: Scope, id: number): Promise<MethodRecord | null>
  /** As `find`; nobody else changes it or its rates until the transaction ends. */
  lock(tx: Transaction, scope: Scope, id: number): Promise<MethodRecord | null>
  save(tx: Transaction, id: number, settings: MethodSettings): Promise<void>

  /** The newest first. */
  rates(methodId: number, limit: number): Promise<MethodRate[]>
  /**
   * @param fromMs null for this moment
   * @returns null when that moment is past, or has a rate already
   */
  addRate(
    tx: Transaction,
    methodId: number,
    rateBp: number,
    fromMs: Moment | null,
  ): Promise<MethodRate | null>
  rate(tx: Transaction, methodId: number, rateId: number): Promise<MethodRate | null>
  /** @returns false when it has begun. */
  withdrawRate(tx: Transaction, rateId: number): Promise<boolean>
}
