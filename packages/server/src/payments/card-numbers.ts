// Finds card numbers in text that people will read; they never belong here (T7). It must not take an
// order or contract number for one, so the prefix and the check digit both have to fit.

const SHORTEST = 13
const LONGEST = 19

/** Groups of digits, one or two spaces or dashes apart: how people write card numbers. */
const RUN = /\d+(?:[\s\p{Pd}]{1,2}\d+)*/gu

/** First digits and lengths that issuers use. */
const ISSUERS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^5[1-5]/, lengths: [16] },
  { prefix: /^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, lengths: [16] },
  { prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^3(?:0[0-5]|[68])/, lengths: [14] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^6(?:011|4[4-9]|5)/, lengths: [16, 19] },
  { prefix: /^(?:50|5[6-9]|6[37])/, lengths: [16, 18, 19] },
]

export function hasCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(RUN)) {
    if (run.length >= SHORTEST && hasCardIn(run.split(/\D+/))) return true
  }
  return false
}

/** Any neighbouring groups that make up a card number together. */
function hasCardIn(groups: readonly string[]): boolean {
  for (let from = 0; from < groups.length; from += 1) {
    let digits = ''
    for (let to = from; to < groups.length && digits.length <= LONGEST; to += 1) {
      digits += groups[to]
      if (isCardNumber(digits)) return true
    }
  }
  return false
}

export function isCardNumber(digits: string): boolean {
  const { length } = digits
  if (length < SHORTEST || length > LONGEST) return false
  return (
    ISSUERS.some(({ prefix, lengths }) => lengths.includes(length) && prefix.test(digits)) &&
    passesLuhn(digits)
  )
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  let isDoubled = false
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = digits.charCodeAt(at) - 0x30
    const counted = isDoubled ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
    isDoubled = !isDoubled
  }
  return sum % 10 === 0
}
