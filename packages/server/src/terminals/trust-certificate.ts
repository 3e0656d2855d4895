// A person's word that the certificate a terminal shows now is its own: the pin is taken anew.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { checkTerminal } from './check-terminal.ts'

const HANDSHAKE_MS = 5_000

export type TrustOutcome =
  | { readonly kind: 'trusted'; readonly fingerprint: string }
  | { readonly kind: 'not_found' }
  /** Nobody answered there, or on plain http, where there is none. */
  | { readonly kind: 'no_certificate' }

export async function trustCertificate(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
): Promise<TrustOutcome> {
  const { terminals } = centre.storage
  if ((await terminals.view(scope, terminalId)) === null) return { kind: 'not_found' }
  const fingerprint = await shownBy(centre, terminalId)
  if (fingerprint === null) return { kind: 'no_certificate' }
  const before = await audited(centre, actor, async (tx) => {
    const result: TerminalView | null = await terminals.lock(tx, scope, terminalId)
    if (result === null) return { result, line: null }
    await terminals.pin(tx, terminalId, fingerprint)
    const target = { kind: 'terminal', id: String(terminalId) }
    const facts = { fingerprint: { before: result.fingerprint, after: fingerprint } }
    return { result, line: { action: 'terminal.certificate_trusted', target, facts } }
  })
  if (before === null) return { kind: 'not_found' }
  await checkTerminal(centre, terminalId)
  return { kind: 'trusted', fingerprint }
}

async function shownBy(centre: Centre, terminalId: number): Promise<string | null> {
  const device = await centre.storage.terminals.device(terminalId)
  const provider = device === null ? null : centre.providers.of(device.system)
  if (device === null || provider === null) return null
  const seen = await provider.connect(device, centre.clock.timeout(HANDSHAKE_MS))
  return seen.kind === 'connected' ? (seen.certificate?.fingerprint ?? null) : null
}
