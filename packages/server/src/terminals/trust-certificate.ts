// A person's word that the certificate a terminal shows now is its own: the pin is taken anew.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { PresentedCertificate } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { checkTerminal } from './check-terminal.ts'

const HANDSHAKE_MS = 5_000

export type TrustOutcome =
  | { readonly kind: 'trusted'; readonly fingerprint: string }
  | { readonly kind: 'not_found' }
  /** Nobody answered there, or on plain http, where there is none. */
  | { readonly kind: 'no_certificate' }

/** Another than the one that the person was shown: it is not trusted. */
export type TrustShownOutcome =
  | TrustOutcome
  | { readonly kind: 'changed'; readonly fingerprint: string }

/** What a terminal shows now, and whether that is what the centre trusts; nothing is written. */
export interface ShownCertificate {
  readonly terminal: TerminalView
  /** Null when nobody answered there, and on plain http. */
  readonly certificate: PresentedCertificate | null
}

/** Null when there is no such terminal for the viewer. */
export async function lookAtCertificate(
  centre: Centre,
  { scope }: Pick<Acting, 'scope'>,
  terminalId: number,
): Promise<ShownCertificate | null> {
  const terminal = await centre.storage.terminals.view(scope, terminalId)
  if (terminal === null) return null
  return { terminal, certificate: await shownBy(centre, terminalId) }
}

/** Whatever the terminal shows at this moment. */
export async function trustCertificate(
  centre: Centre,
  acting: Acting,
  terminalId: number,
): Promise<TrustOutcome> {
  const shown = await lookAtCertificate(centre, acting, terminalId)
  if (shown === null) return { kind: 'not_found' }
  if (shown.certificate === null) return { kind: 'no_certificate' }
  return pin(centre, acting, terminalId, shown.certificate.fingerprint)
}

/** The one that a person was shown, and only while the terminal still shows it. */
export async function trustShown(
  centre: Centre,
  acting: Acting,
  terminalId: number,
  seen: string,
): Promise<TrustShownOutcome> {
  const shown = await lookAtCertificate(centre, acting, terminalId)
  if (shown === null) return { kind: 'not_found' }
  if (shown.certificate === null) return { kind: 'no_certificate' }
  const { fingerprint } = shown.certificate
  if (fingerprint !== seen) return { kind: 'changed', fingerprint }
  return pin(centre, acting, terminalId, fingerprint)
}

async function pin(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
  fingerprint: string,
): Promise<TrustOutcome> {
  const { terminals } = centre.storage
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

async function shownBy(centre: Centre, terminalId: number): Promise<PresentedCertificate | null> {
  const device = await centre.storage.terminals.device(terminalId)
  const provider = device === null ? null : centre.providers.of(device.system, device.way)
  if (device === null || provider === null) return null
  const seen = await provider.connect(device, centre.clock.timeout(HANDSHAKE_MS))
  return seen.kind === 'connected' ? seen.certificate : null
}
