// The price of a sum and the worth of a charge (decisions M3, M4, M6, M13). The only place where a
// commission is computed; integers only, every rounding is up.

import { divideUp, roundUpTo } from './money.ts'

/** Basis points of 100 %. */
export const RATE_SCALE = 10_000n

/** The highest rate that a method may carry: below 100 %, or a gross-up would divide by zero. */
export const MAX_RATE_BP = 9_000

/**
 * How the commission enters the price.
 * `none`: the customer pays the original sum. `markup`: original · (1 + rate), the documented
 * formula. `gross_up`: original ÷ (1 − rate), after which the bank's share leaves the original.
 */
export type CommissionMode = 'none' | 'markup' | 'gross_up'

/** What fixes a price: mode, rate in basis points, and the provider's step in tiyn. */
export interface Pricing {
  readonly mode: CommissionMode
  readonly rateBp: number
  readonly stepTiyn: bigint
}

/** What the customer pays for `originalTiyn`, a multiple of the step; 0 costs 0 (M3). */
export function priceOf(originalTiyn: bigint, pricing: Pricing): bigint {
  return roundUpTo(unroundedPrice(originalTiyn, pricing), pricing.stepTiyn)
}

/** The commission alone, without what rounding up to the step adds; tiyn, rounded up. */
export function commissionOf(originalTiyn: bigint, pricing: Pricing): bigint {
  return unroundedPrice(originalTiyn, pricing) - originalTiyn
}

function unroundedPrice(originalTiyn: bigint, { mode, rateBp }: Pricing): bigint {
  const rate = BigInt(rateBp)
  switch (mode) {
    case 'none':
      return originalTiyn
    case 'markup':
      return divideUp(originalTiyn * (RATE_SCALE + rate), RATE_SCALE)
    case 'gross_up':
      return divideUp(originalTiyn * RATE_SCALE, RATE_SCALE - rate)
  }
}

/** What a charge of `grossTiyn` is worth to the source: the inverse of the price, rounded up (M6). */
export function creditOf(grossTiyn: bigint, { mode, rateBp }: Pricing): bigint {
  const rate = BigInt(rateBp)
  switch (mode) {
    case 'none':
      return grossTiyn
    case 'markup':
      return divideUp(grossTiyn * RATE_SCALE, RATE_SCALE + rate)
    case 'gross_up':
      return divideUp(grossTiyn * (RATE_SCALE - rate), RATE_SCALE)
  }
}

/** What the provider is expected to keep of a charge: its rate of the gross, rounded up (M13). */
export function providerFeeOf(grossTiyn: bigint, rateBp: number): bigint {
  return divideUp(grossTiyn * BigInt(rateBp), RATE_SCALE)
}

/** What is left of the price of `originalTiyn` once the provider has kept its rate of it (M13). */
export function netOf(originalTiyn: bigint, pricing: Pricing): bigint {
  const price = priceOf(originalTiyn, pricing)
  return price - providerFeeOf(price, pricing.rateBp)
}

/** A rate as the percent that the API shows: 100 is 1, 1450 is 14.5. */
export function percentOf(rateBp: number): number {
  return rateBp / 100
}

/**
 * The rate of a percent with at most two decimals, up to the highest that a method may carry; null
 * for any other number. Read from the number's shortest text, so that 0.29 is 29.
 */
export function rateOf(percent: number): number | null {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(String(percent))
  if (match === null) return null
  const rateBp = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return rateBp <= MAX_RATE_BP ? rateBp : null
}
