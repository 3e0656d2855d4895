// What terminals need now and then without anybody asking: tokens exchanged an hour before they run
// out, and a second look at those in trouble, since somebody may have mended them at the device.

import { HOUR_MS, MINUTE_MS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import { checkTerminal } from './check-terminal.ts'
import { reachTerminal } from './reach-terminal.ts'
import { renewAccess } from './renew-access.ts'

/** Protocol, section 1. */
const RENEW_AHEAD_MS = HOUR_MS
/** An idle terminal is asked how it is, so often. */
const SILENT_MS = 5 * MINUTE_MS
/** Until after the next look. */
const OFFLINE_MS = 2 * MINUTE_MS
/** At a time, beside each other: one device that hangs must not keep the others waiting. */
const BATCH = 20

export async function renewTokensAhead(centre: Centre): Promise<void> {
  const due = await centre.storage.terminals.dueForRenewal(RENEW_AHEAD_MS, BATCH)
  await Promise.all(
    due.map(async (terminalId) => {
      const reached = await reachTerminal(centre, terminalId)
      if (reached !== null) await renewAccess(centre, reached.device, reached.provider)
    }),
  )
}

/** Nobody may have needed a terminal for hours: a fault is better found before the next customer. */
export async function lookAtSilent(centre: Centre): Promise<void> {
  const silent = await centre.storage.terminals.silent(SILENT_MS, BATCH)
  await Promise.all(
    silent.map(async (terminalId) => {
      const check = await checkTerminal(centre, terminalId)
      centre.sights.note(terminalId, 'idle')
      if (check?.reachable === false) {
        await centre.storage.pool.markOffline(terminalId, OFFLINE_MS)
      }
    }),
  )
}

export async function lookAtTroubled(centre: Centre): Promise<void> {
  const troubled = await centre.storage.terminals.troubled(BATCH)
  await Promise.all(troubled.map((terminalId) => checkTerminal(centre, terminalId)))
}
