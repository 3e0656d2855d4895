// Which step of a pairing is open. It lives in the address, so that one may leave and come back, or send it to
// whoever stands at the terminal.

import type { TerminalData } from '@byfly-pay/contract'

export const PAIR_STEPS = ['address', 'certificate', 'registration', 'camera', 'test'] as const
export type PairStep = (typeof PAIR_STEPS)[number]

export interface PairSearch {
  readonly step?: PairStep
}

export function readPairSearch(search: Record<string, unknown>): PairSearch {
  const step = PAIR_STEPS.find((known) => known === search['step'])
  return step === undefined ? {} : { step }
}

/** Where a pairing that was left goes on, as the terminal itself tells. */
export function stepToTakeUp(terminal: TerminalData): PairStep {
  const { camera_url: camera, certificate_fingerprint: print, tls, trouble } = terminal
  if (trouble === 'certificate_changed') return 'certificate'
  if (trouble === 'not_registered') return 'registration'
  if (isProtected(terminal) && tls === 'pinned' && print === null) return 'certificate'
  if (isProtected(terminal) && terminal.registered_name === null) return 'registration'
  return camera === null ? 'camera' : 'test'
}

/** As it was typed: plain http asks for no certificate and no token. */
export function isProtected({ ip_address: address }: Pick<TerminalData, 'ip_address'>): boolean {
  return address.trim().toLowerCase().startsWith('https://')
}
