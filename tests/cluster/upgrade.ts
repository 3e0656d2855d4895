// A new release without a failed request: each centre in turn is told to stop, ends by itself, and another
// process takes its place, while clients go on as if nothing were.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { isFailure } from './measures.ts'
import { untilReady } from './outlook.ts'
import type { Call } from './timed-client.ts'

export interface Upgrade {
  readonly calls: number
  readonly tookMs: number
  readonly wrong: readonly string[]
}

const START_MS = 60_000
/** The balancer sends nobody before its second good answer; it asks once a second. */
const NOTICED_MS = 4_000

export async function upgradeCentres(
  { centres }: Cluster,
  calls: readonly Call[],
): Promise<Upgrade> {
  const beganMs = performance.now()
  const before = calls.length
  const wrong: string[] = []
  for (const centre of centres) {
    const code = await centre.drainCentre()
    if (code !== 0) wrong.push(`обновление: центр на ${centre.name} кончился с кодом ${code}`)
    centre.startCentre()
    await untilReady([centre], START_MS)
    await sleep(NOTICED_MS)
  }
  const during = calls.slice(before)
  for (const { code, httpStatus, what } of during.filter(isFailure)) {
    wrong.push(`обновление: ${what} не удался: ${code ?? httpStatus ?? 'нет ответа'}`)
  }
  return { calls: during.length, tookMs: performance.now() - beganMs, wrong }
}
