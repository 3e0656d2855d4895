// Makes the centre known to a protected terminal: somebody presses «Разрешить» on its screen, and the
// tokens it answers with are kept. The call is made once; there is no retry of it here.

import { keepSaving } from '../payments/keep-saving.ts'
import type { Centre } from '../ports/centre.ts'
import type { RegisterResult } from '../ports/provider.ts'
import { checkTerminal } from './check-terminal.ts'
import { noteTrouble } from './note-trouble.ts'
import { reachTerminal } from './reach-terminal.ts'

export type RegisterOutcome = RegisterResult['kind'] | 'not_found' | 'certificate_changed'

/** `name` is what the terminal shows and keeps; it is fixed at the registration. */
export async function registerTerminal(
  centre: Centre,
  terminalId: number,
  name: string,
  signal: AbortSignal,
): Promise<RegisterOutcome> {
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) return 'not_found'
  const result = await reached.provider.register(reached.device, name, signal)
  if (result.trouble === 'certificate_changed') {
    await noteTrouble(centre, terminalId, result.trouble)
    return result.trouble
  }
  if (result.kind !== 'registered') return result.kind
  await keepSaving(centre, { terminal: terminalId }, () =>
    centre.storage.terminals.keepRegistered(terminalId, name, result.tokens),
  )
  // Learns who the device is, and ends the trouble that called for this.
  await checkTerminal(centre, terminalId)
  return 'registered'
}
