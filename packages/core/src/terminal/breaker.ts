// The circuit breaker of one terminal: after faults in a row it is suspended, and only a self-test that
// went well brings it back. Pure: who runs the test, and who keeps the state, is elsewhere.

import { MINUTE_MS, type Moment, SECOND_MS } from '../time.ts'
import { type Fault, faultOf, TRIALS_AGE_MS, type Trial } from './health.ts'

/** So many faults one after the other, with nothing served between them. */
export const FAULTS_IN_ROW = 3

/** Or this share of at least so many lately: a terminal that serves every third customer. */
export const FAULTS_SHARE = 0.6
export const FAULTS_SHARE_OF = 8

export type Breaker =
  /** `sinceMs`: what happened before its return does not count against it again; null from the start. */
  | { readonly kind: 'closed'; readonly sinceMs: Moment | null }
  | {
      readonly kind: 'suspended'
      readonly reason: Fault
      readonly sinceMs: Moment
      readonly nextTestAtMs: Moment
      /** Self-tests that went badly since then. */
      readonly failedTests: number
    }

export const CLOSED: Breaker = { kind: 'closed', sinceMs: null }

/** What the last attempts come to, the newest first. One that is suspended stays so until its test. */
export function judge(breaker: Breaker, trials: readonly Trial[], now: Moment): Breaker {
  if (breaker.kind === 'suspended') return breaker
  const lately = countedBy(breaker, trials).filter(
    (trial) => now - trial.startedAtMs <= TRIALS_AGE_MS,
  )
  const reason = reasonToSuspend(lately.map(faultOf))
  if (reason === null) return breaker
  return {
    kind: 'suspended',
    reason,
    sinceMs: now,
    nextTestAtMs: now + testAfterMs(0),
    failedTests: 0,
  }
}

/** A terminal that came back is not held to what happened before. */
export function countedBy(breaker: Breaker, trials: readonly Trial[]): readonly Trial[] {
  const { sinceMs } = breaker
  if (breaker.kind === 'suspended' || sinceMs === null) return trials
  return trials.filter(({ startedAtMs }) => startedAtMs >= sinceMs)
}

function reasonToSuspend(faults: readonly (Fault | null)[]): Fault | null {
  const newest = faults[0] ?? null
  const row = faults.slice(0, FAULTS_IN_ROW)
  if (row.length === FAULTS_IN_ROW && row.every((fault) => fault !== null)) return newest
  const bad = faults.filter((fault) => fault !== null)
  const isTooMany = bad.length >= FAULTS_SHARE * faults.length && faults.length >= FAULTS_SHARE_OF
  return isTooMany ? newest : null
}

/** After a self-test: back, or tested again later. */
export function afterTest(breaker: Breaker, isWell: boolean, now: Moment): Breaker {
  if (breaker.kind === 'closed') return breaker
  if (isWell) return { kind: 'closed', sinceMs: now }
  const failedTests = breaker.failedTests + 1
  return { ...breaker, failedTests, nextTestAtMs: now + testAfterMs(failedTests) }
}

const FIRST_TEST_MS = 15 * SECOND_MS
const LAST_TEST_MS = 10 * MINUTE_MS

/** The wait before the next self-test: doubled after each that went badly, up to ten minutes. */
export function testAfterMs(failedTests: number): number {
  return Math.min(FIRST_TEST_MS * 2 ** Math.min(failedTests, 16), LAST_TEST_MS)
}
