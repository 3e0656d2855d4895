// Sums as people read them. Built by hand: Intl writes tenge in three different ways on three phones.

/** As thin as a thin space, but a sum must not be broken over two lines. */
const THIN_SPACE = '\u202f'
const NO_BREAK_SPACE = '\u00a0'

/**
 * `10 100 ₸`, with tiyn only where there are some.
 *
 * @param {number} tiyn whole
 */
export function tenge(tiyn) {
  const whole = String(Math.floor(tiyn / 100)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  const rest = tiyn % 100
  const decimals = rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`
  return `${whole}${decimals}${NO_BREAK_SPACE}₸`
}

/** `1,5 %` @param {number} value */
export function percent(value) {
  return `${String(value).replace('.', ',')}${NO_BREAK_SPACE}%`
}
