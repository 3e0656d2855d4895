// Sums as Kazakhstan writes them: thin spaces between thousands, the sign of the currency after.

/** Narrow and unbreakable: a sum is never torn at the end of a line. */
const THIN = '\u202f'
const SIGNS: Readonly<Record<string, string>> = { KZT: '₸', RUB: '₽', USD: '$', EUR: '€' }
const TIYN = 100

/** @param tiyn whole hundredths of the currency */
export function money(tiyn: number, currency = 'KZT'): string {
  const sign = tiyn < 0 ? '−' : ''
  const whole = Math.trunc(Math.abs(tiyn) / TIYN)
  const rest = Math.abs(tiyn) % TIYN
  const thousands = String(whole).replace(/\B(?=(\d{3})+$)/g, THIN)
  const cents = rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`
  return `${sign}${thousands}${cents}${THIN}${SIGNS[currency] ?? currency}`
}

/** What a person typed into a field of tenge, in tiyn. */
export function tiynOf(tenge: number): number {
  return Math.round(tenge * TIYN)
}

export function tengeOf(tiyn: number): number {
  return tiyn / TIYN
}

export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, THIN)
}

/** Tenge as they are typed into a field. */
export function grouped(tenge: number | undefined): string {
  const [whole = '', rest] = tenge === undefined ? [] : String(tenge).split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, THIN)
  return rest === undefined ? thousands : `${thousands},${rest}`
}

export interface Units {
  readonly thousand: string
  readonly million: string
  readonly billion: string
}

const STEPS = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1_000, 'thousand'],
] as const

/** A sum beside an axis, to three digits and without its currency: `1,01 млн`. */
export function shortMoney(tiyn: number, units: Units): string {
  const whole = tiyn / TIYN
  const step = STEPS.find(([least]) => Math.abs(whole) >= least)
  const digits = String(Number((whole / (step?.[0] ?? 1)).toPrecision(3))).replace('.', ',')
  return step === undefined ? digits : `${digits}${THIN}${units[step[1]]}`
}
