// Reads a sum as the terminal displays it: "10 100 ₸". This is the only place where the device says
// how much was paid, so a text that could be read in two ways is not read at all.

import { MAX_TIYN, TIYN_PER_TENGE } from '@byfly-pay/core'

/** The space, its no-break, thin, figure and narrow no-break kin, and apostrophes. */
const SEPARATOR = "[ \\u00a0\\u2009\\u2007\\u202f'\\u2019]"
const CURRENCY = '(?:₸|KZT|тг\\.?|тенге)'
const FORM = new RegExp(
  `^([-+\\u2212\\u2013]?)${SEPARATOR}?` +
    `(\\d{1,15}|\\d{1,3}(?:${SEPARATOR}\\d{3}){1,4})(?:[.,](\\d{1,2}))?` +
    `(?:${SEPARATOR}{0,2}${CURRENCY})?$`,
  'iu',
)
const MAX_LENGTH = 48

/**
 * Tiyn, negative with a minus before it (refunds), or null when the text is not plainly a sum of
 * tenge. What counts: an optional sign, digits that are whole or in groups of three, at most two
 * decimals after a comma or a point, an optional ₸, KZT, тг or тенге at the end. "1,234" and "1.234"
 * are not read: a thousand in one country is one and a bit in another.
 */
export function parseDisplayedSum(text: string): bigint | null {
  if (text.length > MAX_LENGTH) return null
  const match = FORM.exec(text.trim())
  if (match === null) return null
  const whole = BigInt((match[2] ?? '').replace(/\D/g, ''))
  const tiyn = whole * TIYN_PER_TENGE + BigInt((match[3] ?? '').padEnd(2, '0'))
  if (tiyn > MAX_TIYN) return null
  return match[1] === '' || match[1] === '+' ? tiyn : -tiyn
}
