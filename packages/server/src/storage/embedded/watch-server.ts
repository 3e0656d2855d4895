// Starts the embedded server again when it dies under a living centre (killed for memory, by
// mistake). It must never start one while the centre is stopping.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../ports/log.ts'
import { findPostmaster } from './postmaster.ts'

const LOOK_EVERY_MS = 1_000
/** After a restart that failed: the cause (a full disk) rarely passes at once. */
const AFTER_FAILURE_MS = 10_000

export function watchServer(
  home: string,
  log: Log,
  bringUp: () => Promise<void>,
): { end(): Promise<void> } {
  const ending = new AbortController()
  const done = watch(home, log, bringUp, ending.signal)
  return {
    end: () => {
      ending.abort()
      return done
    },
  }
}

async function watch(
  home: string,
  log: Log,
  bringUp: () => Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  let pauseMs = LOOK_EVERY_MS
  for (;;) {
    // `ref: false`: watching alone must not keep a process alive.
    await sleep(pauseMs, undefined, { ref: false, signal: ending }).catch(() => {})
    if (ending.aborted) return
    pauseMs = LOOK_EVERY_MS
    if (findPostmaster(home)) continue
    log.error({ home }, 'Встроенная база неожиданно остановилась; запускаем её снова.')
    try {
      await bringUp()
    } catch (error) {
      log.error({ home, err: error }, 'Встроенную базу не удалось запустить снова; повторим.')
      pauseMs = AFTER_FAILURE_MS
    }
  }
}
