// The addresses of devices as people enter them: read, resolved, held against the allowed networks
// (A8). It must never connect anywhere.

import { lookup } from 'node:dns/promises'
import type { DeviceAddress, DeviceAddresses } from '../ports/device-addresses.ts'
import { parseDeviceAddress } from './device-address.ts'
import type { DeviceNetworks } from './device-networks.ts'

/** A name server that is away must not keep a form waiting. */
const LOOKUP_MS = 3_000
const MAX_CAMERA_URL = 2_048

export function deviceAddresses(
  networks: DeviceNetworks,
  cameraBase: string | null,
): DeviceAddresses {
  return {
    read: parseDeviceAddress,
    readCamera,
    cameraUrl: (cameraId) =>
      cameraBase === null ? null : `${cameraBase.replace(/\/+$/, '')}/${cameraId}`,
    async isAllowed({ host, port }) {
      const found = await addressesOf(host)
      return found.every((address) => networks.allows(address, port))
    },
  }
}

/** The URL parser reads an address as the connection will: `2130706433` is 127.0.0.1 to both. */
function readCamera(text: string): DeviceAddress | null {
  const url = text.length > MAX_CAMERA_URL ? null : URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port)
  return { scheme, host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port }
}

/** A name of this machine, whatever its resolver makes of the dot (RFC 6761). */
const OWN_NAME = /(?:^|\.)localhost\.?$/

/** Of a literal itself; none of a name that nobody knows now. */
async function addressesOf(host: string): Promise<string[]> {
  if (OWN_NAME.test(host)) return ['127.0.0.1']
  const over = Promise.withResolvers<{ address: string }[]>()
  const timer = setTimeout(() => over.resolve([]), LOOKUP_MS)
  try {
    const found = await Promise.race([lookup(host, { all: true }), over.promise])
    return found.map(({ address }) => address)
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
