// When an SMS that nobody took is sent again. Only a try that provably reached no gateway is repeated:
// a second SMS of one code would cost twice and bewilder (L1).

import { SECOND_MS } from '../time.ts'

/** Waits after the 1st, 2nd, … failed try; all of them fit into the life of a code. */
const TEXT_RETRY_DELAYS_MS: readonly number[] = [
  2 * SECOND_MS,
  5 * SECOND_MS,
  15 * SECOND_MS,
  45 * SECOND_MS,
]

/**
 * The wait before the next try, or null when it is not worth one.
 *
 * @param failedTries how many tries have failed, this one included
 * @param leftMs how long the text will still be of use
 */
export function textRetryDelayMs(failedTries: number, leftMs: number): number | null {
  const delayMs = TEXT_RETRY_DELAYS_MS[failedTries - 1]
  return delayMs === undefined || delayMs >= leftMs ? null : delayMs
}
