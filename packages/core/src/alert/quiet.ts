// When a message about an alert goes out: at once, or where people sleep and it can wait, when they get
// up. By the clock of the centre's zone, whatever its clock does there.

import { assert } from '../assert.ts'
import { localTime, MINUTE_MS, type Moment, momentOfLocal } from '../time.ts'
import type { Severity } from './kind.ts'

/** Minutes since local midnight; from the one to just before the other, over midnight where it is less. */
export interface QuietHours {
  readonly fromMinute: number
  readonly toMinute: number
}

export function isQuiet({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute
}

/** @param quiet null where there are no such hours */
export function sendAtMs(
  severity: Severity,
  quiet: QuietHours | null,
  now: Moment,
  zone: string,
): Moment {
  if (severity === 'critical' || quiet === null) return now
  const minute = minuteOf(now, zone)
  if (!isQuiet(quiet, minute)) return now
  const isTomorrow = minute >= quiet.toMinute
  const day = localTime(now, zone).slice(0, 10).split('-').map(Number)
  const [year = 0, month = 1, date = 1] = day
  const morning = momentOfLocal(
    [
      ...dayAfter(year, month, date, isTomorrow),
      Math.floor(quiet.toMinute / 60),
      quiet.toMinute % 60,
      0,
    ],
    zone,
  )
  assert(morning !== null, 'конца тихих часов нет в календаре')
  return morning
}

function minuteOf(moment: Moment, zone: string): number {
  const [hour = 0, minute = 0] = localTime(moment, zone).slice(11, 16).split(':').map(Number)
  return hour * 60 + minute
}

/** The same day or the next, as people write it. */
function dayAfter(
  year: number,
  month: number,
  date: number,
  isTomorrow: boolean,
): readonly [number, number, number] {
  const day = new Date(Date.UTC(year, month - 1, date + (isTomorrow ? 1 : 0)))
  return [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()]
}

/** Waits after the 1st, 2nd, … failed try of a message that nobody took. */
const RETRY_MINUTES: readonly number[] = [0.1, 0.5, 2, 10, 30, 60]

/**
 * @param askedMs what the receiver asked to wait; null when it asked for nothing
 * @returns null when it is given up
 */
export function alertRetryMs(failedTries: number, askedMs: number | null): number | null {
  const minutes = RETRY_MINUTES[failedTries - 1]
  return minutes === undefined
    ? null
    : Math.max(minutes * MINUTE_MS, Math.min(askedMs ?? 0, 60 * MINUTE_MS))
}
