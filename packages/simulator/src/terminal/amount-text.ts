// Sums as a device displays them: thousands set apart by one space or another, or by nothing. It is
// a text for people, and the only place where the device says how much was paid.
import type { Random } from '../random.ts'

const NO_BREAK_SPACE = '\u00a0'
const NARROW_NO_BREAK_SPACE = '\u202f'

/** `10 100 ₸`, with the kind of space drawn from the seed; refunds are `- 505 ₸`. */
export function amountText(tenge: number, sign: 'plus' | 'minus', random: Random): string {
  const separator = random.pick([NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE, ' ', ''])
  const beforeSign = random.pick([' ', NO_BREAK_SPACE])
  const grouped = String(tenge).replace(/\B(?=(\d{3})+$)/g, separator)
  return `${sign === 'minus' ? '- ' : ''}${grouped}${beforeSign}₸`
}
