// A look at one terminal, and what is kept of it: who the device is, which of its versions it speaks,
// and whether a trouble is over.

import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck, Told } from '../ports/provider.ts'
import { answerTrouble } from './answer-trouble.ts'
import { type ReachedTerminal, reachTerminal } from './reach-terminal.ts'

const CHECK_MS = 5_000

/** Null when there is no such terminal. */
export async function checkTerminal(
  centre: Centre,
  terminalId: number,
): Promise<DeviceCheck | null> {
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) return null
  const check = await look(reached)
  if (check.trouble !== undefined && (await answerTrouble(centre, reached, check.trouble))) {
    const again = await reachTerminal(centre, terminalId)
    if (again !== null) return keep(centre, terminalId, await look(again))
  }
  return keep(centre, terminalId, check)
}

function look({ device, provider }: ReachedTerminal): Promise<Told<DeviceCheck>> {
  return provider.check(device, AbortSignal.timeout(CHECK_MS))
}

async function keep(
  centre: Centre,
  terminalId: number,
  check: Told<DeviceCheck>,
): Promise<Told<DeviceCheck>> {
  const { pool, terminals } = centre.storage
  const { apiVersion, identity } = check
  // Only a device that let the centre in has shown that nothing stands between the two.
  if (identity !== null && apiVersion !== null) {
    await terminals.noteIdentity(terminalId, identity, apiVersion)
    await terminals.endTrouble(terminalId)
    await pool.markOnline(terminalId)
  }
  return check
}
