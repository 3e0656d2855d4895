// A super admin tries a connection to Kaspi QR API: whether the bank lets the centre in and knows the trade
// point, and the registration without which no QR is made. Nothing of money is asked for.

import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck } from '../ports/provider.ts'
import { checkTerminal } from './check-terminal.ts'
import { type RegisterOutcome, registerTerminal } from './register-terminal.ts'
import type { TerminalWords } from './words/shape.ts'

/** Null when there is no such connection. */
export async function checkConnection(centre: Centre, id: number): Promise<DeviceCheck | null> {
  const known = await centre.storage.qrConnections.find(id)
  return known === null ? null : checkTerminal(centre, id)
}

/** The same device again is the same token, so the name that the bank knows it by is kept. */
export async function registerConnection(
  centre: Centre,
  acting: Acting,
  id: number,
): Promise<RegisterOutcome> {
  const known = await centre.storage.qrConnections.find(id)
  if (known === null) return 'not_found'
  const name = known.deviceId ?? `byfly-pay-${centre.random.bytes(6).toString('hex')}`
  return registerTerminal(centre, acting, id, name)
}

/** What a look at the bank came to; no byte of the bank's own answer. */
export function connectionSentence(
  { cause, finding }: DeviceCheck,
  { bank }: Pick<TerminalWords, 'bank'>,
): string {
  return bank.findings[cause ?? finding]
}
