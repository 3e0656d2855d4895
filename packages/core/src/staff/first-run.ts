// The first run of an empty centre: how long its setup code lives, and how often anybody may try one.

import { DAY_MS, HOUR_MS } from '../time.ts'
import type { Budget } from './login.ts'

/** As long as somebody may take from starting the centre to opening its page; a command makes another. */
export const SETUP_CODE_LIFE_MS = DAY_MS

/**
 * Every step of the first run proves the code again, and takes from this. The code has 75 bits: no number
 * of callers guesses it, so nobody's tries shut the door to the operator.
 *
 * @param address the caller's, an IPv6 one by its network
 */
export function setupBudgets(address: string): readonly Budget[] {
  return [{ key: `setup from ${address}`, limit: 60, windowMs: HOUR_MS }]
}
