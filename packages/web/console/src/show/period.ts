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

/** By this machine's calendar; which days it is, the page says, and the centre's figures are of those. */
export function lastDays(days: number): Period {
  const today = dayjs()
  return { from: today.subtract(days - 1, 'day').format(DAY), to: today.format(DAY) }
}

export function thisMonth(): Period {
  const today = dayjs()
  return { from: today.startOf('month').format(DAY), to: today.format(DAY) }
}

export function periodOf({ from, to }: PeriodSearch): Period {
  return from === undefined || to === undefined ? lastDays(USUAL_DAYS) : { from, to }
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
