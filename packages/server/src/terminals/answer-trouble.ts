// What is done about a trouble that came with a terminal's answer: an expired token is exchanged, the
// rest is a person's. Both happen after the answer was written down, never in between.

import type { Centre } from '../ports/centre.ts'
import type { Trouble } from '../ports/provider.ts'
import { noteTrouble } from './note-trouble.ts'
import type { ReachedTerminal } from './reach-terminal.ts'
import { renewAccess } from './renew-access.ts'

/** @returns whether asking again, with the terminal reached anew, may go better. */
export async function answerTrouble(
  centre: Centre,
  { device, provider }: ReachedTerminal,
  trouble: Trouble,
  signal?: AbortSignal,
): Promise<boolean> {
  if (trouble === 'token_expired') return renewAccess(centre, device, provider, signal)
  // Another may have mended it since this device was opened.
  const now = await centre.storage.terminals.device(device.terminalId)
  if (now === null) return false
  const isMended =
    now.tokenVersion !== device.tokenVersion ||
    now.fingerprint !== device.fingerprint ||
    now.tls !== device.tls
  if (!isMended) await noteTrouble(centre, device.terminalId, trouble)
  return isMended
}
