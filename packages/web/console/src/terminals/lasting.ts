// How long something lasts or has lasted, in the roundest unit that still says something.

import type { Words } from '../words/ru.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

export function lasting(seconds: number, words: Words['devices']): string {
  if (seconds < 2 * MINUTE) return words.seconds(seconds)
  if (seconds < 2 * HOUR) return words.minutes(Math.round(seconds / MINUTE))
  if (seconds < 2 * DAY) return words.hours(Math.round(seconds / HOUR))
  return words.days(Math.round(seconds / DAY))
}
