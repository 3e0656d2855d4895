// Waits between tries, each twice the last up to a bound, spread by chance so that instances that
// failed together do not come back together.

import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

export interface BackOff {
  readonly shortestMs: number
  readonly longestMs: number
}

/** Waits after the `failed`-th failure in a row; between half and all of the bound of that turn. */
export async function waitAfter(
  failed: number,
  { shortestMs, longestMs }: BackOff,
  signal?: AbortSignal,
): Promise<void> {
  const boundMs = Math.min(shortestMs * 2 ** (failed - 1), longestMs)
  const ms = boundMs / 2 + (randomInt(1_000) / 1_000) * (boundMs / 2)
  try {
    await wait(ms, undefined, signal === undefined ? {} : { signal })
  } catch {
    // Aborted: the caller looks at its signal itself.
  }
}
