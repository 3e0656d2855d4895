// Looks at the certificate that a terminal shows: connects, reads it, hangs up. Not one byte of a
// request is sent, so it may be done while an operation is running.

import { TLSSocket } from 'node:tls'
import type { CertificateResult, Device } from '../../ports/provider.ts'
import { withDeadline } from '../deadline.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import { type ConnectorLimits, guardedConnector } from '../guarded-connector.ts'
import { ANY_CERTIFICATE, fingerprintOf } from '../tls-trust.ts'

/** A device that speaks plain http has no certificate: `not_connected`. */
export async function lookAtCertificate(
  networks: DeviceNetworks,
  { scheme, host, port }: Device,
  limits: ConnectorLimits,
  signal: AbortSignal,
): Promise<CertificateResult> {
  if (scheme !== 'https') return { kind: 'not_connected' }
  const connector = guardedConnector(networks, limits, ANY_CERTIFICATE)
  const options = { hostname: host, host, protocol: 'https:', port: String(port) }
  const fingerprint = await withDeadline(
    limits.connectMs,
    signal,
    (deadline) =>
      new Promise<string | null>((resolve) => {
        deadline.addEventListener('abort', () => resolve(null), { once: true })
        connector(options, (_error, socket) => {
          resolve(socket instanceof TLSSocket ? fingerprintOf(socket) : null)
          socket?.on('error', () => {}).destroy()
        })
      }),
  )
  return fingerprint === null ? { kind: 'not_connected' } : { kind: 'presented', fingerprint }
}
