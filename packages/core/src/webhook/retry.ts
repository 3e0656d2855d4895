// When a webhook is tried again (W4). The sender's randomness is handed in.

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'

/** Waits after the 1st, 2nd, … failed try; about 45 hours in all. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
]

/** An event no longer waits for the one before it once that one has failed this often. */
export const TRIES_BEFORE_OVERTAKING = 4

/** An endpoint that only fails for this long is switched off, with a warning halfway. */
export const ENDPOINT_FAILS_LIMIT_MS = 5 * DAY_MS
export const ENDPOINT_WARNING_MS = 3 * DAY_MS

/** The longest wait that a receiver may ask for by `Retry-After`. */
export const RETRY_AFTER_LIMIT_MS = 24 * HOUR_MS

/**
 * The wait before the next try, or null when the delivery is to be parked.
 *
 * @param failedTries how many tries have failed, this one included
 * @param chance a number in [0, 1) that spreads retries by ± 20 %
 * @param retryAfterMs what the receiver asked for, if it did
 */
export function retryDelayMs(
  failedTries: number,
  chance: number,
  retryAfterMs: number | null,
): number | null {
  const delay = RETRY_DELAYS_MS[failedTries - 1]
  if (delay === undefined) return null
  const spread = Math.round(delay * (0.8 + 0.4 * chance))
  return retryAfterMs === null
    ? spread
    : Math.max(spread, Math.min(retryAfterMs, RETRY_AFTER_LIMIT_MS))
}
