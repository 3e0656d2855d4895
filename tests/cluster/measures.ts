// How long a service was gone, from what its clients saw. Only what a client was told counts: a database
// that has come back is not yet a payment that can be made.

import type { Call } from './timed-client.ts'

/** What the pool of terminals says when it is well and has nothing free: no failure of the service. */
const WORDS_OF_THE_POOL: ReadonlySet<string> = new Set([
  'terminals_busy',
  'terminals_unavailable',
  'qr_not_ready',
])

/** No answer, or one that says that the service cannot. */
export function isFailure({ code, outcome }: Call): boolean {
  return outcome === 'unknown' && !WORDS_OF_THE_POOL.has(code ?? '')
}

export interface Recovery {
  /** From the strike to the end of the first acknowledged creation that began after it; null for none. */
  readonly firstWriteMs: number | null
  /** From the strike to the end of the last call that failed; 0 when none did. */
  readonly calmMs: number
  readonly failed: number
}

export function recoveryAfter(strikeMs: number, calls: readonly Call[]): Recovery {
  const writes = calls
    .filter(
      ({ beganMs, outcome, what }) => what === 'init' && outcome === 'ok' && beganMs >= strikeMs,
    )
    .map(({ endedMs }) => endedMs - strikeMs)
  const failures = calls
    .filter((call) => isFailure(call) && call.endedMs >= strikeMs)
    .map(({ endedMs }) => endedMs - strikeMs)
  return {
    firstWriteMs: writes.length === 0 ? null : Math.min(...writes),
    calmMs: Math.max(0, ...failures),
    failed: failures.length,
  }
}

export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
