// Times of the centre as people write them. The centre has put them in its own zone already, so nothing is
// reckoned from the clock of the machine that shows them.

const PARTS = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}:\d{2}))?(:\d{2})?$/

/** `2025-12-24 10:05:30` → `24.12.2025, 10:05`; anything else as it is. */
export function moment(local: string | null): string {
  if (local === null) return '—'
  const [, year, month, day, time] = PARTS.exec(local) ?? []
  if (year === undefined) return local
  return time === undefined ? `${day}.${month}.${year}` : `${day}.${month}.${year}, ${time}`
}

/** The same to the second, for stories whose steps follow closely. */
export function momentToSecond(local: string): string {
  const [, , , , , seconds = ''] = PARTS.exec(local) ?? []
  return `${moment(local)}${seconds}`
}
