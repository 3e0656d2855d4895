// How the middle gets to speak to a terminal: its address, its secrets and its driver. A certificate
// that is to be pinned is taken here, at the first use; no transaction may be open.

import type { Centre } from '../ports/centre.ts'
import type { Device, Provider } from '../ports/provider.ts'

export interface ReachedTerminal {
  readonly device: Device
  readonly provider: Provider
}

const HANDSHAKE_MS = 5_000

/** Null when there is no such terminal, or no driver for its payment system. */
export async function reachTerminal(
  centre: Centre,
  terminalId: number,
): Promise<ReachedTerminal | null> {
  const device = await centre.storage.terminals.device(terminalId)
  const provider = device === null ? null : centre.providers.of(device.system, device.way)
  if (device === null || provider === null) return null
  if (device.scheme !== 'https' || device.tls !== 'pinned' || device.fingerprint !== null) {
    return { device, provider }
  }
  return { device: await pinned(centre, device, provider), provider }
}

/** A device that shows no certificate stays without a pin: its driver will not connect. */
async function pinned(centre: Centre, device: Device, provider: Provider): Promise<Device> {
  const { terminals } = centre.storage
  const seen = await provider.connect(device, centre.clock.timeout(HANDSHAKE_MS))
  if (seen.kind === 'not_connected' || seen.certificate === null) return device
  await terminals.pinFirst(device.terminalId, seen.certificate.fingerprint)
  centre.log.info({ terminal: device.terminalId }, 'Сертификат терминала запомнен')
  // Read again: another instance may have been first, and its pin is the one that counts.
  return (await terminals.device(device.terminalId)) ?? device
}
