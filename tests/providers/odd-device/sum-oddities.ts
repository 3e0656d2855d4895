// The ways in which `chequeInfo.amount` may spell one sum. Only the page's own spellings must be
// read; with the others a driver may hold the sum for a person, and never take another one for it.

import { isObject, type Oddity, ofCheque } from './oddity.ts'
import { grouped, type Json } from './plain-answer.ts'

export interface SumOddity extends Oddity {
  /** `held`: there is no sum of a payment in it, whoever reads it. */
  readonly reads: 'exactly' | 'exactly_or_held' | 'held'
}

const PAGE = 'chequeInfo.amount is a display string with spaces, also no-break ones, as separators'
const NEAR = 'chequeInfo.amount is a display string; what is not plainly a sum is held (S6b)'

function stated(spell: (digits: string) => Json): SumOddity {
  return { ...ofCheque(PAGE, respell(spell)), reads: 'exactly' }
}

function near(spell: (digits: string) => Json): SumOddity {
  return { ...ofCheque(NEAR, respell(spell)), reads: 'exactly_or_held' }
}

function unreadable(legal: string, spell: (digits: string) => Json): SumOddity {
  return { ...ofCheque(legal, respell(spell)), reads: 'held' }
}

function respell(spell: (digits: string) => Json) {
  return (cheque: Record<string, Json>) => {
    const { amount } = cheque
    if (typeof amount === 'string') cheque['amount'] = spell(amount.replace(/\D/g, ''))
  }
}

export const SUM_ODDITIES = {
  ungrouped: stated((digits) => `${digits} ₸`),
  no_break_spaces: stated((digits) => `${grouped(digits, '\u00a0')}\u00a0₸`),
  narrow_spaces: stated((digits) => `${grouped(digits, '\u202f')}\u202f₸`),
  thin_spaces: stated((digits) => `${grouped(digits, '\u2009')}\u2009₸`),
  mixed_spaces: stated((digits) => `${grouped(digits, '\u00a0')} ₸`),
  without_sign: stated((digits) => grouped(digits, ' ')),
  glued_sign: stated((digits) => `${grouped(digits, ' ')}₸`),
  sign_first: near((digits) => `₸ ${grouped(digits, ' ')}`),
  letters_for_sign: near((digits) => `${grouped(digits, ' ')} тг.`),
  code_for_sign: near((digits) => `${grouped(digits, '\u00a0')} KZT`),
  spaces_around: near((digits) => `\u00a0 ${grouped(digits, ' ')} ₸ `),
  comma_decimals: near((digits) => `${grouped(digits, ' ')},00 ₸`),
  point_decimals: near((digits) => `${grouped(digits, '\u00a0')}.00 ₸`),
  apostrophes: near((digits) => `${grouped(digits, '\u2019')} ₸`),
  comma_groups: near((digits) => `${grouped(digits, ',')} ₸`),
  point_groups: near((digits) => `${grouped(digits, '.')} ₸`),
  plus: near((digits) => `+ ${grouped(digits, ' ')} ₸`),
  direction_marks: near((digits) => `\u200e${grouped(digits, ' ')}\u200e ₸`),
  wide_digits: near((digits) => digits.replace(/\d/g, (d) => String.fromCharCode(0xff10 + +d))),
  bare_number: near((digits) => BigInt(digits)),
} satisfies Record<string, SumOddity>

const NOT_A_PAYMENT = 'a minus is how the page writes refunds: no payment that could be booked'
const HELD = 'a success whose sum cannot be read is held to be settled by hand (S6b), never 0'

export const UNREADABLE_SUM_ODDITIES = {
  no_sum: { ...ofCheque(HELD, (cheque) => void delete cheque['amount']), reads: 'held' },
  no_cheque: {
    legal: `${HELD}; the example is merged from several sources, so no device promises all of it`,
    tell: ({ data }) => {
      if (isObject(data)) delete data['chequeInfo']
    },
    reads: 'held',
  },
  null_sum: unreadable(HELD, () => null),
  empty_sum: unreadable(HELD, () => ''),
  sum_in_words: unreadable(HELD, () => 'пятьсот пять тенге'),
  nested_sum: unreadable(HELD, (digits) => ({ value: digits, currency: 'KZT' })),
  zero_sum: unreadable(HELD, () => '0 ₸'),
  two_sums: unreadable(HELD, (digits) => `${digits} ₸ / 1 ₸`),
  other_currency: unreadable(HELD, (digits) => `${grouped(digits, ' ')} $`),
  negative_sum: unreadable(NOT_A_PAYMENT, (digits) => `- ${grouped(digits, ' ')} ₸`),
  negative_no_break: unreadable(
    NOT_A_PAYMENT,
    (digits) => `−\u00a0${grouped(digits, '\u00a0')}\u00a0₸`,
  ),
  refund_cheque: {
    ...ofCheque(NOT_A_PAYMENT, (cheque) => void Object.assign(cheque, { type: 'refund' })),
    reads: 'held',
  },
} satisfies Record<string, SumOddity>
