// Moments and their texts. A moment is epoch milliseconds; nobody here asks what time it is.

/** Epoch milliseconds, UTC. */
export type Moment = number

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    formats.set(zone, format)
  }
  return format
}

/** Minutes that were written lately; formatting one costs more than the rest of an answer. */
const minutes = new Map<string, string>()
const MINUTES_LIMIT = 2_000

/** `YYYY-MM-DD HH:MM:` of the minute's beginning; no zone in use is off by seconds. */
function localMinute(minute: number, zone: string): string {
  const key = `${zone} ${minute}`
  let text = minutes.get(key)
  if (text === undefined) {
    if (minutes.size >= MINUTES_LIMIT) minutes.clear()
    text = formatOf(zone)
      .format(minute * MINUTE_MS)
      .slice(0, -2)
    minutes.set(key, text)
  }
  return text
}

/** `YYYY-MM-DD HH:MM:SS` in the configured zone, as the documented fields carry it (T1). */
export function localTime(moment: Moment, zone: string): string {
  const minute = Math.floor(moment / MINUTE_MS)
  const second = Math.floor((moment - minute * MINUTE_MS) / SECOND_MS)
  return `${localMinute(minute, zone)}${second < 10 ? '0' : ''}${second}`
}

/** As people in Kazakhstan write it: `25.11.2026, 15:30`. */
export function displayTime(moment: Moment, zone: string): string {
  const [date = '', time = ''] = localTime(moment, zone).split(' ')
  return `${date.split('-').reverse().join('.')}, ${time.slice(0, 5)}`
}

/** ISO 8601 in UTC, the additive twin of every documented time (T1). */
export function utcTime(moment: Moment): string {
  return new Date(moment).toISOString()
}

/** Years that every zone writes with four digits, whatever part of a day is added to them. */
const FIRST_YEAR = 1_000
const LAST_YEAR = 9_998

export function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

/**
 * The moment of a local time, its fields as people write them (month 1 to 12). Where a clock was put
 * back and showed the same time twice, either of the two. Null for a day or hour that does not exist,
 * and for a year that has not four digits.
 */
export function momentOfLocal(
  [year, month, day, hour, minute, second]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  zone: string,
): Moment | null {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second)
  const written = new Date(asUtc)
  const isDate = isYear(year) && written.getUTCMonth() === month - 1 && written.getUTCDate() === day
  if (!isDate || hour > 23 || minute > 59 || second > 59) return null
  // The offset at a moment near by, then the one at the moment itself: they differ at a change only.
  const near = asUtc - zoneOffsetMs(asUtc, zone)
  return asUtc - zoneOffsetMs(near, zone)
}

function zoneOffsetMs(moment: Moment, zone: string): number {
  return Date.parse(`${localTime(moment, zone).replace(' ', 'T')}Z`) - moment
}

/**
 * Every moment at which the zone's clock showed that time, the earlier one first: none in the hour that a
 * clock put forward skips, two in the one that a clock put back repeats.
 */
export function momentsOfLocal(
  written: readonly [number, number, number, number, number, number],
  zone: string,
): Moment[] {
  const some = momentOfLocal(written, zone)
  if (some === null) return []
  const asUtc = momentOfLocal(written, 'UTC') ?? some
  // A clock is never put by more than a day; the offsets around are all that there can be.
  const offsets = [-DAY_MS, 0, DAY_MS].map((by) => zoneOffsetMs(some + by, zone))
  const candidates = [...new Set(offsets.map((offset) => asUtc - offset))]
  return candidates
    .filter((moment) => zoneOffsetMs(moment, zone) === asUtc - moment)
    .toSorted((a, b) => a - b)
}
