// Countries and payment systems: where a source, a terminal and a member of staff belong (N8, N9).

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
}
