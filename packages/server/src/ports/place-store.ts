// Countries and payment systems: where a source, a terminal and a member of staff belong (N8, N9).

import type { Transaction } from './transaction.ts'

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly iso: string
  readonly name: string
  /** With its plus: `+7`. */
  readonly dialCode: string
  readonly isActive: boolean
}

export interface PaymentSystem {
  readonly code: string
  readonly name: string
  readonly currency: string
  /** What its terminals can take is a multiple of this. */
  readonly stepTiyn: bigint
}

export interface PlaceStore {
  countries(): Promise<Country[]>
  paymentSystems(): Promise<PaymentSystem[]>

  /** Those of the codes that exist; none of them is removed until the transaction ends. */
  holdCountries(tx: Transaction, isoCodes: readonly string[]): Promise<Country[]>
  holdSystems(tx: Transaction, codes: readonly string[]): Promise<PaymentSystem[]>

  /** All of them, for the one that changes them; anybody else who would has to wait. */
  lockCountries(tx: Transaction): Promise<Country[]>
  addCountry(tx: Transaction, country: Country): Promise<void>
  saveCountry(tx: Transaction, country: Country): Promise<void>
  /** Whether anything belongs to it, or ever was paid in it. */
  isCountryUsed(tx: Transaction, iso: string): Promise<boolean>
  removeCountry(tx: Transaction, iso: string): Promise<void>

  lockSystems(tx: Transaction): Promise<PaymentSystem[]>
  addSystem(tx: Transaction, system: PaymentSystem): Promise<void>
  saveSystem(tx: Transaction, system: PaymentSystem): Promise<void>
  isSystemUsed(tx: Transaction, code: string): Promise<boolean>
  removeSystem(tx: Transaction, code: string): Promise<void>
}
