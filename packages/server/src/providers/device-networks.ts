// Where devices and cameras may be (A8). Their addresses are typed in by people, so every address is
// checked at the moment it is connected to, after names are resolved; a name is never trusted.

import ipaddr from 'ipaddr.js'

export interface DeviceNetworks {
  /** Whether a device may be at this resolved address and port. An address that is none: never. */
  allows(address: string, port: number): boolean
}

export interface DeviceNetworksOptions {
  /**
   * CIDRs such as `192.168.10.0/24`; a single address is a network of one. When there is any, only
   * these are allowed. When there is none, every public or private address is, but not this machine.
   */
  readonly allowed: readonly string[]
  /** Ports where no device can be: the centre's own database above all. */
  readonly refusedPorts?: readonly number[]
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = readonly [Address, number]

/** Cloud metadata and everything link-local; no list of allowed networks opens these. */
const NEVER: readonly Network[] = [
  '169.254.0.0/16',
  'fe80::/10',
  '100.100.100.200/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  '0.0.0.0/8',
  '::/128',
].map((cidr) => ipaddr.parseCIDR(cidr))

/**
 * Ranges of ipaddr.js that stand for one real network. The rest (loopback, multicast, reserved,
 * 6to4, Teredo, NAT64) is not: the last three hide an IPv4 address that would go unchecked.
 */
const ORDINARY_RANGES = new Set(['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'])

/** Throws an error with a Russian sentence for the operator when a network is not a CIDR. */
export function createDeviceNetworks(options: DeviceNetworksOptions): DeviceNetworks {
  const allowed = options.allowed.map(parseNetwork)
  const refusedPorts = new Set(options.refusedPorts ?? [])
  return {
    allows(text, port) {
      const address = parseAddress(text)
      if (address === null || refusedPorts.has(port)) return false
      if (isMulticast(address) || isWithin(address, NEVER)) return false
      return allowed.length === 0
        ? ORDINARY_RANGES.has(address.range())
        : isWithin(address, allowed)
    },
  }
}

function parseNetwork(text: string): Network {
  const cidr = text.trim()
  const single = parseAddress(cidr)
  if (single !== null) return [single, single.kind() === 'ipv4' ? 32 : 128]
  if (!cidr.includes('/') || !ipaddr.isValidCIDR(cidr)) {
    throw new Error(`«${cidr}» не похоже на сеть: ожидается вид 192.168.10.0/24.`)
  }
  return ipaddr.parseCIDR(cidr)
}

/** An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) is judged as the IPv4 address it is. */
function parseAddress(text: string): Address | null {
  // A zone (`fe80::1%eth0`) names a link-local address: refused like the rest of them.
  if (text.includes('%')) return null
  if (!ipaddr.IPv6.isValid(text) && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  return ipaddr.process(text)
}

function isMulticast(address: Address): boolean {
  return address.range() === 'multicast' || address.range() === 'broadcast'
}

function isWithin(address: Address, networks: readonly Network[]): boolean {
  return networks.some(
    ([base, bits]) => base.kind() === address.kind() && address.match(base, bits),
  )
}
