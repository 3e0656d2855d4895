// A month as people call it.

import type { Month } from '../ports/month-store.ts'

const NAMES = new Intl.DateTimeFormat('ru', { month: 'long', timeZone: 'UTC' })

/** `январь 2026` of `2026-01`. */
export function monthName(month: Month): string {
  return `${NAMES.format(Date.parse(`${month}-01T00:00:00Z`))} ${month.slice(0, 4)}`
}
