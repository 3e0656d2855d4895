// Looks at the connection to a terminal: connects, reads the certificate, hangs up. Not one byte of
// a request is sent, so it may be done while an operation is running.

import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Clock } from '../ports/clock.ts'
import type { ConnectionLook, Device, PresentedCertificate } from '../ports/provider.ts'
import { withDeadline } from './deadline.ts'
import type { DeviceNetworks } from './device-networks.ts'
import {
  type ConnectorLimits,
  ForbiddenAddressError,
  guardedConnector,
} from './guarded-connector.ts'
import { ANY_CERTIFICATE, fingerprintOf } from './tls-trust.ts'

type Connected = Pick<ConnectionLook & { kind: 'connected' }, 'certificate'>

export async function lookAtConnection(
  { networks, clock }: { readonly networks: DeviceNetworks; readonly clock: Clock },
  { scheme, host, port }: Device,
  limits: ConnectorLimits,
  signal: AbortSignal,
): Promise<ConnectionLook> {
  const connector = guardedConnector(networks, limits, ANY_CERTIFICATE)
  const options = { hostname: host, host, protocol: `${scheme}:`, port: String(port) }
  const startedAt = clock.now()
  const found = await withDeadline(
    limits.connectMs,
    signal,
    (deadline) =>
      new Promise<Connected | Error>((resolve) => {
        const giveUp = () => resolve(new Error('time is up'))
        deadline.addEventListener('abort', giveUp, { once: true })
        connector(options, (error, socket) => {
          resolve(error ?? { certificate: presentedBy(socket) })
          socket?.on('error', () => {}).destroy()
        })
      }),
  )
  if (found instanceof Error) {
    const isForbidden = found instanceof ForbiddenAddressError
    return { kind: 'not_connected', why: isForbidden ? 'forbidden_address' : 'unreachable' }
  }
  return { kind: 'connected', connectMs: clock.now() - startedAt, ...found }
}

function presentedBy(socket: Socket | null): PresentedCertificate | null {
  if (!(socket instanceof TLSSocket)) return null
  // Node gives it out once: a second call finds none.
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  const expiresAtMs = certificate.validToDate.getTime()
  return {
    fingerprint: fingerprintOf(certificate),
    expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
    isVouchedFor: socket.authorized,
  }
}
