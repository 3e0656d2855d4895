// What can be seen of a terminal without a word to it: whether it takes a connection, and what its
// camera sees. The only look at one on which an operation is running.

import type { Centre } from '../ports/centre.ts'
import type { ConnectionLook, QrReading } from '../ports/provider.ts'
import type { ReachedTerminal } from './reach-terminal.ts'

const LOOK_MS = 4_000

export interface SideLook {
  readonly connection: ConnectionLook
  /** Null without a camera. */
  readonly screen: QrReading | null
}

export async function lookBeside(
  { clock }: Centre,
  { device, provider }: ReachedTerminal,
): Promise<SideLook> {
  const signal = clock.timeout(LOOK_MS)
  const [connection, screen] = await Promise.all([
    provider.connect(device, signal),
    device.cameraUrl === null ? null : provider.readQr(device, signal, LOOK_MS),
  ])
  return { connection, screen }
}
