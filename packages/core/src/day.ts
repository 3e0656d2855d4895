// Calendar days as people write them, YYYY-MM-DD. A day belongs to a zone that its caller knows; here
// days are only checked and counted.

import { DAY_MS, isYear } from './time.ts'

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days since 1970-01-01; null for a text that is not a day of the calendar, and for years that moments cannot tell. */
export function dayNumber(text: string): number | null {
  const year = DAY.exec(text)?.[1]
  if (year === undefined || !isYear(Number(year))) return null
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : ms / DAY_MS
}

/** The day `number` days after 1970-01-01, as YYYY-MM-DD. */
export function dayText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}
