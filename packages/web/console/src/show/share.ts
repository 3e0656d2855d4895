// Shares as people read them: a number between 0 and 1 in percent, to one place.

const WHOLE = 100
const TENTHS = 10

/** `0.9` → `90 %` */
export function percent(share: number): string {
  const tenths = Math.round(share * WHOLE * TENTHS) / TENTHS
  return `${String(tenths).replace('.', ',')}\u202f%`
}
