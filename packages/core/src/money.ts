// Sums of money. Inside the centre there is one unit, the integer tiyn; sources may speak tenge
// (decision M1). Nothing here may ever go through a fraction of a float.

/** 100 tiyn are 1 tenge. */
export const TIYN_PER_TENGE = 100n

/**
 * The largest sum that a column, a JSON number and an answer in either unit hold exactly: 2^46 tenge.
 * Above that a float of tenge no longer tells neighbouring tiyn apart (its step is 1/64).
 */
export const MAX_TIYN = 7_036_874_417_766_400n

/** The unit of every money number in a source's requests, answers and webhooks (M1). */
export type AmountUnit = 'tiyn' | 'tenge'

/**
 * Reads a JSON number of a request as tiyn (M2): a safe integer above 0, or for a source that
 * speaks tenge a number above 0 with at most two decimals. Anything else is `null`.
 *
 * The decimals are read from the number's shortest text, so that 0.29 is 29 tiyn and no
 * multiplication of floats takes part.
 */
export function parseAmount(value: unknown, unit: AmountUnit): bigint | null {
  if (typeof value !== 'number') return null
  const tiyn = unit === 'tiyn' ? wholeNumber(value) : decimalNumber(value)
  return tiyn !== null && tiyn > 0n && tiyn <= MAX_TIYN ? tiyn : null
}

function wholeNumber(value: number): bigint | null {
  return Number.isSafeInteger(value) ? BigInt(value) : null
}

function decimalNumber(value: number): bigint | null {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(value))
  if (match === null) return null
  return BigInt(match[1] ?? '0') * TIYN_PER_TENGE + BigInt((match[2] ?? '').padEnd(2, '0'))
}

/** A sum as the JSON number that a source sees, in its unit; exact for every sum up to MAX_TIYN. */
export function inUnit(tiyn: bigint, unit: AmountUnit): number {
  return unit === 'tiyn' ? Number(tiyn) : Number(tiyn) / Number(TIYN_PER_TENGE)
}

const NO_BREAK_SPACE = '\u00a0'

/** A sum for people: `10 100 ₸`, with tiyn only when there are any: `1 140,35 ₸`. */
export function formatTenge(tiyn: bigint): string {
  const sign = tiyn < 0n ? '−' : ''
  const size = tiyn < 0n ? -tiyn : tiyn
  const whole = (size / TIYN_PER_TENGE).toString().replace(/\B(?=(\d{3})+$)/g, NO_BREAK_SPACE)
  const rest = size % TIYN_PER_TENGE
  const decimals = rest === 0n ? '' : `,${rest.toString().padStart(2, '0')}`
  return `${sign}${whole}${decimals}${NO_BREAK_SPACE}₸`
}

/** The quotient of two non-negative integers, rounded up. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

/** The smallest multiple of `step` that is not below `tiyn`. */
export function roundUpTo(tiyn: bigint, step: bigint): bigint {
  return divideUp(tiyn, step) * step
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
