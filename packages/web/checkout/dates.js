// Dates and waits as people in Kazakhstan write them, in the zone of the reader's device.

/** @param {number} number */
function twoDigits(number) {
  return String(number).padStart(2, '0')
}

/**
 * `24.11.2026, 15:30`
 *
 * @param {string} utc ISO 8601
 */
export function moment(utc) {
  const at = new Date(utc)
  const day = [twoDigits(at.getDate()), twoDigits(at.getMonth() + 1), at.getFullYear()].join('.')
  return `${day}, ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
}

/**
 * `2:05`
 *
 * @param {number} ms
 */
export function minutesAndSeconds(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`
}
