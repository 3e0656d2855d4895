// How each terminal serves is measured from the rows of its own attempts, and one that only fails is
// suspended: it takes nothing more until a self-test goes well. The rules are core's.

import {
  countedBy,
  EVERYTHING,
  type Fault,
  healthOf,
  judge,
  LONGEST_TIME_MS,
  type Trial,
} from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import { selfTest } from './self-test.ts'

export async function measureTerminals(centre: Centre): Promise<void> {
  const { health } = centre.storage
  const seen = await health.trials()
  await health.keep(
    seen.map(({ breaker, nowMs, terminalId, trials }) => ({
      terminalId,
      health: healthOf(countedBy(breaker, trials), nowMs),
      timesMs: timesOf(trials),
    })),
  )
  for (const { breaker, nowMs, terminalId, trials } of seen) {
    const judged = judge(breaker, trials, nowMs)
    if (judged === breaker || judged.kind === 'closed') continue
    if (await health.suspend(terminalId, judged)) {
      const { reason } = judged
      centre.log.error({ terminal: terminalId, reason }, `Терминал отстранён: ${WHY[reason]}`)
    }
  }
}

export const WHY: Readonly<Record<Fault, string>> = {
  not_connected: 'не принимает соединений',
  start_refused: 'отказывается начинать операции',
  start_lost: 'не отвечает на старт',
  qr_unread: 'камера не читает QR-код',
}

/** Of those that held it for a customer, whether or not money came of it. */
function timesOf(trials: readonly Trial[]): number[] {
  return trials.flatMap(({ heldMs, startMs }) =>
    heldMs === null || startMs === null ? [] : Math.min(heldMs, LONGEST_TIME_MS),
  )
}

/** At a time, beside each other: one device that hangs must not keep the others waiting. */
const TESTS_LIMIT = 10

/** Longer than any self-test: while one runs, no other instance begins another. */
const TEST_MS = 60_000

export async function testSuspended(centre: Centre): Promise<void> {
  const due = await centre.storage.health.claimTests(TESTS_LIMIT, TEST_MS)
  const everything = { scope: EVERYTHING }
  await Promise.all(due.map((terminalId) => selfTest(centre, everything, terminalId, 'ru')))
}
