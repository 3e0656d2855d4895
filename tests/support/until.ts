// Waits for what another process or loop brings about. It must never wait without an end.

import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** However busy the machine is: what comes later does not come. */
export const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 30

export async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await done())) {
    assert.ok(Date.now() < deadline, 'не дождались')
    await sleep(LOOK_AGAIN_MS)
  }
}
