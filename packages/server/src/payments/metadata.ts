// A source's own data about its payment (T7). It is kept and sent back, and never searched or shown to
// a customer, so only what could not come back unchanged is refused.

const MAX_BYTES = 16 * 1024

/** What is wrong with it, in English; null when nothing is. Depth was bounded by the parser. */
export function metadataFault(metadata: object): string | null {
  if (!isExact(metadata)) return 'Must not contain numbers beyond ±2^53, send them as strings'
  return Buffer.byteLength(JSON.stringify(metadata)) > MAX_BYTES ? 'Must be at most 16 KB' : null
}

/** An integer that a float cannot hold was another one already when it was parsed. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') {
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  }
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isExact)
}
