// A look at one terminal, and what is kept of it: who the device is, which of its versions it speaks,
// and whether a trouble is over.

import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck, Told } from '../ports/provider.ts'
import { answerTrouble } from './answer-trouble.ts'
import { type ReachedTerminal, reachTerminal } from './reach-terminal.ts'

/** A live look takes 5 s at most (T6), with what is written down afterwards. */
const CHECK_MS = 4_500

/** A person waits for the look: not longer for another's exchange of the tokens. */
const OTHERS_MS = 2_000

/** Null when there is no such terminal. */
export async function checkTerminal(
  centre: Centre,
  terminalId: number,
): Promise<DeviceCheck | null> {
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) return null
  const check = await look(centre, reached)
  const { trouble } = check
  const wait = centre.clock.timeout(OTHERS_MS)
  if (trouble !== undefined && (await answerTrouble(centre, reached, trouble, wait))) {
    const again = await reachTerminal(centre, terminalId)
    if (again !== null) return keep(centre, terminalId, await look(centre, again))
  }
  return keep(centre, terminalId, check)
}

function look(
  { clock }: Centre,
  { device, provider }: ReachedTerminal,
): Promise<Told<DeviceCheck>> {
  return provider.check(device, clock.timeout(CHECK_MS))
}

async function keep(
  centre: Centre,
  terminalId: number,
  check: Told<DeviceCheck>,
): Promise<Told<DeviceCheck>> {
  const { pool, terminals } = centre.storage
  const { apiVersion, identity, ownCertificateEndsAtMs, reachable } = check
  if (reachable) await terminals.noteSeen(terminalId)
  if (ownCertificateEndsAtMs !== undefined) {
    await terminals.noteOwnCertificate(terminalId, ownCertificateEndsAtMs)
  }
  // Only a device that let the centre in has shown that nothing stands between the two.
  if (identity !== null && apiVersion !== null) {
    await terminals.noteIdentity(terminalId, identity, apiVersion)
    await terminals.endTrouble(terminalId)
    await pool.markOnline(terminalId)
  }
  return check
}
