// A period of days as it stands in the address, both ends inclusive.

import dayjs from 'dayjs'

export interface Period {
  readonly from: string
  readonly to: string
}

export interface PeriodSearch {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const DAY = 'YYYY-MM-DD'
const USUAL_DAYS = 30

export function readPeriod({ from, to }: Readonly<Record<string, unknown>>): PeriodSearch {
  return isDay(from) && isDay(to) && from <= to ? { from, to } : {}
}

function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).isValid()
}

/** The day that it is in a zone, whatever zone this machine is set to: `2025-12-24`. */
export function dayIn(zone: string): string {
  // Canadian English writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format()
}

export function lastDays(days: number, today: string): Period {
  return {
    from: dayjs(today)
      .subtract(days - 1, 'day')
      .format(DAY),
    to: today,
  }
}

export function thisMonth(today: string): Period {
  return { from: dayjs(today).startOf('month').format(DAY), to: today }
}

export function periodOf({ from, to }: PeriodSearch, today: string): Period {
  return from === undefined || to === undefined ? lastDays(USUAL_DAYS, today) : { from, to }
}

export function daysIn({ from, to }: Period): number {
  return dayjs(to).diff(dayjs(from), 'day') + 1
}

/** As long, and just before. */
export function previousTo(period: Period): Period {
  const days = daysIn(period)
  return {
    from: dayjs(period.from).subtract(days, 'day').format(DAY),
    to: dayjs(period.from).subtract(1, 'day').format(DAY),
  }
}
