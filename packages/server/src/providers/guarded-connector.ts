// Opens connections to devices and cameras, and to nothing else. The address that was checked is the
// address that is connected to: no second lookup takes place between the two (A9).

import { lookup } from 'node:dns'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { DeviceNetworks } from './device-networks.ts'
import {
  AUTHORITIES,
  type Credentials,
  distrust,
  NoCertificateYetError,
  type TlsTrust,
} from './tls-trust.ts'

/** No connection was tried: the configuration does not allow devices there. */
export class ForbiddenAddressError extends Error {
  readonly code = 'FORBIDDEN_ADDRESS'

  constructor() {
    super('devices are not allowed at this address')
    this.name = 'ForbiddenAddressError'
  }
}

/** The device sent more over one connection than any honest one does. */
class TooManyBytesError extends Error {
  readonly code = 'TOO_MANY_BYTES'

  constructor() {
    super('more bytes than a connection may bring')
    this.name = 'TooManyBytesError'
  }
}

export interface ConnectorLimits {
  /** Bounds name lookup, TCP and TLS together. */
  readonly connectMs: number
  /** All that one connection may bring, what the HTTP parser throws away included. */
  readonly connectionBytes: number
}

export function guardedConnector(
  networks: DeviceNetworks,
  { connectMs, connectionBytes }: ConnectorLimits,
  trust: TlsTrust = AUTHORITIES,
  credentials?: Credentials,
): buildConnector.connector {
  return (options, callback) => {
    const isTls = options.protocol === 'https:'
    const port = Number(options.port || (isTls ? 443 : 80))
    if (isTls && trust.kind === 'certificate' && trust.fingerprint === null) {
      callback(new NoCertificateYetError(), null)
      return
    }
    // A literal address never passes through a lookup.
    if (isIP(options.hostname) !== 0 && !networks.allows(options.hostname, port)) {
      callback(new ForbiddenAddressError(), null)
      return
    }
    const connect = buildConnector({
      timeout: connectMs,
      allowH2: false,
      // A resumed session would show no certificate to look at.
      maxCachedSessions: 0,
      rejectUnauthorized: trust.kind === 'authorities',
      ...credentials?.tls,
      lookup: guardedLookup(networks, port),
    })
    connect(options, (error, socket) => {
      const fault = error ?? distrust(socket, trust)
      if (fault === null && socket !== null) {
        cutBeyond(socket, connectionBytes)
        callback(null, socket)
        return
      }
      socket?.on('error', () => {}).destroy()
      callback(fault ?? new Error('no connection'), null)
    })
  }
}

/**
 * A status line or a chunk extension that never ends is no byte of a body: no limit on answers sees it,
 * and the parser eats it as fast as it comes.
 */
function cutBeyond(socket: Socket, limitBytes: number): void {
  socket.on('readable', () => {
    if (socket.bytesRead > limitBytes) socket.destroy(new TooManyBytesError())
  })
}

/** One forbidden address among several condemns the name: it is not a device's name then. */
function guardedLookup(networks: DeviceNetworks, port: number): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '')
        return
      }
      const first = addresses[0]
      const isForbidden = addresses.some(({ address }) => !networks.allows(address, port))
      if (first === undefined || isForbidden) callback(new ForbiddenAddressError(), '')
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
