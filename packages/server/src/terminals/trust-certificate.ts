// An operator's word that the certificate a terminal shows now is its own: the pin is taken anew.

import type { Centre } from '../ports/centre.ts'
import { checkTerminal } from './check-terminal.ts'

const HANDSHAKE_MS = 5_000

export type TrustOutcome =
  | { readonly kind: 'trusted'; readonly fingerprint: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'not_connected' }

export async function trustCertificate(centre: Centre, terminalId: number): Promise<TrustOutcome> {
  const { terminals } = centre.storage
  const device = await terminals.device(terminalId)
  const provider = device === null ? null : centre.providers.of(device.system)
  if (device === null || provider === null) return { kind: 'not_found' }
  const seen = await provider.certificate(device, AbortSignal.timeout(HANDSHAKE_MS))
  if (seen.kind === 'not_connected') return seen
  await terminals.pin(terminalId, seen.fingerprint)
  await checkTerminal(centre, terminalId)
  return { kind: 'trusted', fingerprint: seen.fingerprint }
}
