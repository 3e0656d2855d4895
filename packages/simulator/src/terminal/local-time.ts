// Dates as the terminal writes them: its own local time, without a zone, which is what makes them
// easy to misread. Kazakhstan has had one time, UTC+5, since March 2024.

const LOCAL_OFFSET_MS = 5 * 60 * 60 * 1_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Both spellings of `expirationDate` are met in the field. */
export const EXPIRATION_STYLES = ['numbers', 'month_name'] as const
export type ExpirationStyle = (typeof EXPIRATION_STYLES)[number]

/** `2023-06-04 20:52:31` or `Jun 4, 2023 20:52:31`. */
export function expirationText(atMs: number, style: ExpirationStyle): string {
  const { year, month, day, time } = localParts(atMs)
  if (style === 'numbers') return `${year}-${month}-${day} ${time}`
  return `${MONTHS[Number(month) - 1]} ${Number(day)}, ${year} ${time}`
}

/** `04.06.23 20:52:31`, as on a cheque. */
export function chequeTime(atMs: number): string {
  const { year, month, day, time } = localParts(atMs)
  return `${day}.${month}.${year.slice(2)} ${time}`
}

function localParts(atMs: number) {
  const iso = new Date(atMs + LOCAL_OFFSET_MS).toISOString()
  return {
    year: iso.slice(0, 4),
    month: iso.slice(5, 7),
    day: iso.slice(8, 10),
    time: iso.slice(11, 19),
  }
}
