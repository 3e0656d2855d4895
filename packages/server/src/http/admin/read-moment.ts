// Moments as staff and programs write them: local, as the documented times are, or ISO 8601 with its own
// zone (T1).

import { MINUTE_MS, type Moment, momentOfLocal } from '@byfly-pay/core'

const WRITTEN =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?$/

/** A date alone is its first moment. Null for what is no date, or does not exist. */
export function readMoment(text: string, zone: string): Moment | null {
  const match = WRITTEN.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction = '', offset] = match
  const moment = momentOfLocal(
    [
      Number(year),
      Number(month),
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    ],
    offset === undefined ? zone : 'UTC',
  )
  return moment === null ? null : moment + Number(fraction.padEnd(3, '0')) - offsetMs(offset)
}

function offsetMs(offset = 'Z'): number {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  return (offset.startsWith('-') ? -minutes : minutes) * MINUTE_MS
}
