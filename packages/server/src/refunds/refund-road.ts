// How money that was taken can go back: through any device of its system, or only through the one that took
// it, or by no call at all. It calls nobody.

import type { Capture, Wanted } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { RefundKind } from '../ports/provider.ts'

export interface RefundRoad {
  /** The system that took the money, which alone can give it back. */
  readonly system: string
  readonly kind: RefundKind
  readonly wanted: Pick<Wanted, 'route' | 'terminalId'>
}

/** Null when there is no driver for it any more. */
export async function refundRoad(
  { providers, storage }: Pick<Centre, 'providers' | 'storage'>,
  { terminalId }: Pick<Capture, 'terminalId'>,
): Promise<RefundRoad | null> {
  const device = await storage.terminals.device(terminalId)
  const provider = device === null ? null : providers.of(device.system, device.way)
  if (device === null || provider === null) return null
  const { system, way } = device
  // Any terminal gives back what another took; the bank's server knows the purchases of its caller.
  const wanted: RefundRoad['wanted'] =
    way === 'terminal'
      ? { route: 'terminals_only', terminalId: null }
      : { route: 'qr_api_only', terminalId }
  return { system, kind: provider.refundKind(device), wanted }
}
