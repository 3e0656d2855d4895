// The connections of webhooks: names are resolved once per connection, every address is checked, and
// the socket goes to the checked addresses and nowhere else (W6, A9). It must never follow, proxy or
// resolve a second time.

import { promises as dns } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import { type Destinations, isLocalhost, type Scheme } from './destinations.ts'

/** All addresses of a name. Rejects or answers nothing when it has none. */
export type Lookup = (name: string) => Promise<readonly string[]>

export interface HttpClientOptions {
  readonly destinations: Destinations
  /** Bounds connecting and the wait for an answer, in milliseconds. */
  readonly timeoutMs: number
  readonly lookup?: Lookup
  /** PEM certificates trusted beside the usual ones. */
  readonly extraCa?: readonly string[]
}

/** A connection that was not opened. `reason` is a stable word of the port. */
export class NotConnected extends Error {
  readonly reason: 'dns' | 'forbidden_address'

  constructor(reason: 'dns' | 'forbidden_address') {
    super(reason)
    this.reason = reason
  }
}

/** A hanging receiver keeps this many connections of its origin; further calls wait for them. */
const CONNECTIONS_PER_ORIGIN = 16
const IDLE_MS = 5_000
const IDLE_MAX_MS = 30_000
const ANSWER_HEADERS_MAX_BYTES = 16 * 1024
/** Node's own 250 ms give up a healthy receiver on another continent. */
const ADDRESS_ATTEMPT_MS = 2_000
/** All are checked; this many are tried. */
const ADDRESSES_TRIED = 4
const DNS_TRY_MS = 2_000
const DNS_TRIES = 2

export function createHttpClient(options: HttpClientOptions): Agent {
  const { destinations, timeoutMs } = options
  const lookup = options.lookup ?? createLookup(destinations)
  const connectors = {
    'http:': guardedConnector('http:', lookup, options),
    'https:': guardedConnector('https:', lookup, options),
  }
  return new Agent({
    connect: (target, callback) => {
      const scheme: Scheme = target.protocol === 'http:' ? 'http:' : 'https:'
      // A literal never passes through `lookup`, so it is checked here. The answer comes later than
      // the call, as undici expects of a connector.
      if (isIP(target.hostname) !== 0 && !destinations.allowsAddress(target.hostname, scheme)) {
        queueMicrotask(() => callback(new NotConnected('forbidden_address'), null))
        return
      }
      // undici cancels an attempt through the socket that the connector returns.
      return connectors[scheme](target, callback)
    },
    // HTTP/2 would let one receiver hold many calls on one connection and gains nothing here.
    allowH2: false,
    connections: CONNECTIONS_PER_ORIGIN,
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MAX_MS,
    maxHeaderSize: ANSWER_HEADERS_MAX_BYTES,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
}

function guardedConnector(scheme: Scheme, lookup: Lookup, options: HttpClientOptions) {
  const { destinations, timeoutMs, extraCa } = options
  const checkedLookup: LookupFunction = (name, _hints, callback) => {
    checkedAddresses(name, scheme, lookup, destinations).then(
      (addresses) => callback(null, addresses),
      (error) => callback(error, []),
    )
  }
  return buildConnector({
    lookup: checkedLookup,
    allowH2: false,
    timeout: timeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 left in an environment changes nothing.
    rejectUnauthorized: true,
    ...(extraCa === undefined ? {} : { ca: [...getCACertificates('default'), ...extraCa] }),
  })
}

/** One forbidden address among them refuses the name: an honest receiver has none. */
async function checkedAddresses(
  name: string,
  scheme: Scheme,
  lookup: Lookup,
  destinations: Destinations,
) {
  const isAllowed = (address: string) => destinations.allowsAddress(address, scheme)
  const found = isLocalhost(name)
    ? ['127.0.0.1', '::1'].filter(isAllowed)
    : await lookup(name).catch(() => {
        throw new NotConnected('dns')
      })
  if (found.length === 0) throw new NotConnected(isLocalhost(name) ? 'forbidden_address' : 'dns')
  if (!found.every(isAllowed)) throw new NotConnected('forbidden_address')
  return found
    .slice(0, ADDRESSES_TRIED)
    .map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }))
}

/**
 * Asks the name servers directly. The system's own resolver would occupy one of four threads that
 * the whole process shares, so that one source with a slow name server could stop everybody. It is
 * asked only where receivers inside are configured and the servers do not know the name (a hosts
 * file, search domains). IPv4 comes first: not every machine of a centre has IPv6.
 */
function createLookup({ hasInside }: Destinations): Lookup {
  return async (name) => {
    const resolver = new dns.Resolver({ timeout: DNS_TRY_MS, tries: DNS_TRIES })
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = answers.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
    if (found.length > 0 || !hasInside || !answers.every(isUnknownName)) return found
    const system = await dns.lookup(name, { all: true })
    return system.map(({ address }) => address)
  }
}

function isUnknownName(answer: PromiseSettledResult<unknown>): boolean {
  const code = answer.status === 'rejected' ? answer.reason?.code : undefined
  return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'ECONNREFUSED'
}

/** What a connection to this URL would find, without opening one. */
export async function lookUp(
  url: string,
  destinations: Destinations,
  lookup: Lookup = createLookup(destinations),
): Promise<'resolves' | NotConnected['reason']> {
  const { hostname, protocol } = new URL(url)
  const name = hostname.replace(/^\[(.*)\]$/, '$1')
  const scheme: Scheme = protocol === 'http:' ? 'http:' : 'https:'
  const literal = () => Promise.resolve([name])
  try {
    await checkedAddresses(name, scheme, isIP(name) === 0 ? lookup : literal, destinations)
    return 'resolves'
  } catch (error) {
    if (error instanceof NotConnected) return error.reason
    throw error
  }
}
