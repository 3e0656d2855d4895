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

/** `YYYY-MM-DD HH:MM:SS` in the configured zone, as the documented fields carry it (T1). */
export function localTime(moment: Moment, zone: string): string {
  return formatOf(zone).format(moment)
}

/** ISO 8601 in UTC, the additive twin of every documented time (T1). */
export function utcTime(moment: Moment): string {
  return new Date(moment).toISOString()
}
