// Makes a failing history short: leaves out events while it still breaks the same invariant. Bounded, for a
// history takes its time; what is left is short enough to be read.

import type { Event } from './events/event.ts'
import { type Failure, runHistory } from './history.ts'
import type { Policy } from './policies/policy.ts'

export interface Shrunk {
  readonly events: readonly Event[]
  readonly failure: Failure
}

const RUNS_LIMIT = 400

/** @param failure what the whole list of `events` came to */
export async function shrink(
  seed: number,
  events: readonly Event[],
  failure: Failure,
  policy: Policy | null = null,
): Promise<Shrunk> {
  let runs = 0
  let shrunk: Shrunk = { events: events.slice(0, failure.afterEvents), failure }

  async function isEnough(fewer: readonly Event[]): Promise<boolean> {
    runs += 1
    const again = await runHistory({ seed, events: fewer, policy })
    if (again.failure?.invariant !== failure.invariant) return false
    shrunk = { events: fewer, failure: again.failure }
    return true
  }

  // Nothing of the list may be needed at all when it is the rest that fails.
  await isEnough(shrunk.events)
  for (let piece = shrunk.events.length >> 1; piece >= 1; piece >>= 1) {
    let from = 0
    while (from < shrunk.events.length && runs < RUNS_LIMIT) {
      const fewer = shrunk.events.filter((_, index) => index < from || index >= from + piece)
      if (!(await isEnough(fewer))) from += piece
    }
  }
  return shrunk
}

/** What is printed of a history that broke: enough to repeat it, and to read it. */
export function told(seed: number, { events, failure }: Shrunk): string {
  const lines = events.map(({ afterMs, dice, kind }) => `  +${afterMs} мс ${kind} (кости ${dice})`)
  return [
    `Зерно ${seed}: ${failure.message}`,
    `Событий осталось ${events.length}:`,
    ...lines,
    `Повторить: npm run sim -- --seed ${seed} --histories 1`,
  ].join('\n')
}
