// Waits until a world is at rest: everything that was begun has ended, is asked again ever more slowly
// under a task, or waits for a person. Bounded: what does not come to rest is a failure.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Evidence } from './check-books.ts'

const LOOK_AGAIN_MS = 100

/** A killed worker's deliveries, and retries after a failure, are due in seconds to minutes: now is enough. */
const HASTEN = `
  UPDATE deliveries SET next_at = centre_now()
  WHERE state = 'waiting' AND next_at > centre_now()
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.next_at <= centre_now())`

const BUSY = `
  SELECT 'попытка ' || o.attempt_id || ' ' || o.state AS what FROM open_attempts o
  WHERE o.state NOT IN ('unknown', 'held')
  UNION ALL
  SELECT 'доставка ' || id || ' ' || state FROM deliveries
  WHERE state = 'waiting' OR (state = 'held' AND payment_id NOT IN (
    SELECT payment_id FROM open_attempts))`

/** How often what only waits for its time is given it. */
const HASTEN_EVERY_MS = 1_500

/** @returns how long it took, in ms; @throws naming what is still going on */
export async function untilAtRest(
  { sql }: Pick<Evidence, 'sql'>,
  patienceMs: number,
): Promise<number> {
  const began = performance.now()
  let hastened = began
  for (;;) {
    const busy = await sql(BUSY)
    const tookMs = performance.now() - began
    if (busy.length === 0) return tookMs
    if (tookMs > patienceMs) {
      const first = busy.slice(0, 5).map(({ what }) => what)
      throw new Error(`I13: за ${patienceMs} мс не успокоилось: ${first.join('; ')}`)
    }
    if (performance.now() - hastened > HASTEN_EVERY_MS) {
      await sql(HASTEN)
      hastened = performance.now()
    }
    await sleep(LOOK_AGAIN_MS)
  }
}
