// Which URLs a webhook may be sent to (W6, A7, A9). A name is not trusted here: it only passes for
// now, and each address it resolves to is asked again at connect time. It never resolves anything.

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Why a URL may not be called. A stable word; the caller has the text for it. */
export type UrlRefusal =
  | 'too_long'
  | 'malformed'
  | 'scheme'
  | 'userinfo'
  | 'port'
  | 'host'
  | 'address'

export type Scheme = 'http:' | 'https:'

export interface Destinations {
  /** What can be said without asking a name server; null when nothing speaks against the URL. */
  refusalOf(url: string): UrlRefusal | null
  /** Whether a connection to this resolved or literal address may be opened. */
  allowsAddress(address: string, scheme: Scheme): boolean
  /** Receivers inside are configured, so names that only an inside resolver knows may be meant. */
  readonly hasInside: boolean
}

export const URL_MAX_LENGTH = 2048

/**
 * Where clouds hand out credentials to whoever asks from inside. Refused even when a listed network
 * holds them: nobody lists 169.254.0.0/16 or 0.0.0.0/0 in order to post payments there. The address
 * of Azure is a public one, so no range stands for it.
 */
const METADATA: readonly string[] = [
  '169.254.169.254', // AWS, GCP, Azure, OpenStack, DigitalOcean, Oracle
  '169.254.170.2', // AWS containers
  '169.254.170.23', // AWS pods
  '168.63.129.16', // Azure's host agent
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle, older
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS pods
  'fd20:ce::254', // GCP
].map((address) => ipaddr.parse(address).toNormalizedString())

/** The only block of IPv6 that is handed out. `::127.0.0.1` and its like lie outside of it. */
const GLOBAL_IPV6 = network('2000::/3')

/** Endings that never exist in the public name system (RFC 6762, RFC 8375, ICANN 2024-07-29). */
const INSIDE_ENDINGS = ['.local', '.localdomain', '.internal', '.home.arpa']

/**
 * @param networks CIDRs whose receivers may be called although they are inside, over http too
 * @throws with the faulty entry when one of them is not a CIDR
 */
export function createDestinations(networks: readonly string[]): Destinations {
  const inside = networks.map(network)
  const hasInside = inside.length > 0

  const isInside = (address: string) => {
    const parsed = parseAddress(address)
    return parsed !== null && !isMetadata(parsed) && inside.some((range) => isIn(parsed, range))
  }
  const allowsAddress = (address: string, scheme: Scheme) => {
    if (isInside(address)) return true
    // Without TLS anybody on the way could read a customer's payment, so http stays inside.
    return scheme === 'https:' && isPublicAddress(address)
  }

  const refusalOfName = (name: string): UrlRefusal | null => {
    // `localhost.` and `pay.example.com.` are second names of the same place: they would pass lists
    // of names, make two endpoints of one, and no certificate carries the dot.
    if (name.endsWith('.')) return 'host'
    if (isLocalhost(name)) return isInside('127.0.0.1') || isInside('::1') ? null : 'host'
    if (hasInside) return null
    const isInsideName = !name.includes('.') || INSIDE_ENDINGS.some((end) => name.endsWith(end))
    return isInsideName ? 'host' : null
  }

  const refusalOf = (text: string): UrlRefusal | null => {
    if (text.length > URL_MAX_LENGTH) return 'too_long'
    // `new URL` drops tabs and line ends and takes a backslash for a slash; other readers of the
    // same text do not, so it may not contain them.
    const url = isPlainText(text) ? URL.parse(text) : null
    if (url === null) return 'malformed'
    const scheme = url.protocol
    if (scheme !== 'https:' && scheme !== 'http:') return 'scheme'
    if (scheme === 'http:' && !hasInside) return 'scheme'
    const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1]
    if (authority === undefined) return 'malformed'
    if (authority.includes('@')) return 'userinfo'
    if (url.port === '0') return 'port'
    const host = hostOf(url)
    if (isIP(host) === 0) return refusalOfName(host)
    return allowsAddress(host, scheme) ? null : 'address'
  }

  return { refusalOf, allowsAddress, hasInside }
}

/** The name or the bare address; the brackets of IPv6 belong to the notation. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** RFC 6761: these names mean the machine itself and are never asked of a name server. */
export function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost')
}

/**
 * Only what is handed out to the public. Everything with a special meaning is refused, also the
 * notations that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo): a gateway would
 * turn them into an address that nobody has looked at.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parseAddress(address)
  if (parsed === null || isMetadata(parsed) || parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || isIn(parsed, GLOBAL_IPV6)
}

type Address = ReturnType<typeof ipaddr.parse>
type Network = ReturnType<typeof ipaddr.parseCIDR>

/** `isIP` first: ipaddr.js also reads `0177.1` and the like, a resolver never answers so. */
function parseAddress(address: string): Address | null {
  return isIP(address) === 0 ? null : ipaddr.parse(address)
}

function network(cidr: string): Network {
  if (!ipaddr.isValidCIDR(cidr)) throw new Error(`Не сеть в записи CIDR: ${cidr}`)
  return ipaddr.parseCIDR(cidr)
}

function isIn(address: Address, range: Network): boolean {
  return address.kind() === range[0].kind() && address.match(range)
}

function isMetadata(address: Address): boolean {
  return METADATA.includes(address.toNormalizedString())
}

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[\s\\\p{Cc}]/u.test(text)
}
