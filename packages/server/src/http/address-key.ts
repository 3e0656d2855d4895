// One client's address as the key of its limits.

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** An IPv6 customer has a whole /64, any address of it is the same one. */
const IPV6_NETWORK_BYTES = 8

/** A bounded text; what is no address, from a proxy that is trusted but wrong, shares one key. */
export function addressKey(ip: string): string {
  const version = isIP(ip)
  if (version === 4) return ip
  if (version === 0) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return Buffer.from(address.toByteArray().slice(0, IPV6_NETWORK_BYTES)).toString('hex')
}
