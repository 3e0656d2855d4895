// The console's session, kept where no script can read it: a cookie that only this host gets back. What came
// by cookie may have been sent by another's page, so a write by it proves that it came from the centre's own.

import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

/** The prefix binds it to this host and to TLS: no neighbour under the same domain can plant one. */
const SECURE_NAME = '__Host-byfly_session'
const PLAIN_NAME = 'byfly_session'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface StaffCookieOptions {
  /** Whether it may travel without TLS from anywhere: only in a demonstration. */
  readonly allowsPlain: boolean
  /** Base of the addresses given out: a proxy may hide from the centre by which name it was called. */
  readonly publicUrl: () => string
}

export interface StaffCookie {
  /** Empty when there is none. */
  tokenIn(request: FastifyRequest): string
  /** Whether it comes by a way on which nobody listens. */
  mayKeep(request: FastifyRequest): boolean
  /** @throws Refusal cookie_needs_tls where it would travel in the open */
  keep(reply: FastifyReply, token: string, expiresAtMs: number): void
  forget(reply: FastifyReply): void
  /** @throws Refusal foreign_origin for a write that another's page may have sent */
  refuseForeign(request: FastifyRequest): void
}

export function staffCookie({ allowsPlain, publicUrl }: StaffCookieOptions): StaffCookie {
  const nameFor = (request: FastifyRequest): string | null => {
    if (request.protocol === 'https') return SECURE_NAME
    return allowsPlain || isAtHome(request) ? PLAIN_NAME : null
  }
  const put = (reply: FastifyReply, name: string, value: string, expires: Date) => {
    const secure = name === SECURE_NAME
    const rules = { path: '/', httpOnly: true, secure, sameSite: 'strict' } as const
    reply.header('set-cookie', stringifySetCookie({ name, value, expires, ...rules }))
  }
  return {
    tokenIn(request) {
      const name = nameFor(request)
      return name === null ? '' : (parseCookie(request.headers.cookie ?? '')[name] ?? '')
    },
    mayKeep: (request) => nameFor(request) !== null,
    keep(reply, token, expiresAtMs) {
      const name = nameFor(reply.request)
      if (name === null) throw new Refusal('cookie_needs_tls')
      put(reply, name, token, new Date(expiresAtMs))
    },
    forget(reply) {
      const name = nameFor(reply.request)
      if (name !== null) put(reply, name, '', new Date(0))
    },
    refuseForeign(request) {
      if (READING.has(request.method)) return
      const { origin, 'sec-fetch-site': site = 'same-origin' } = request.headers
      const own = [`${request.protocol}://${request.host}`, originOf(publicUrl())]
      if (origin === undefined || !own.includes(origin) || site !== 'same-origin') {
        throw new Refusal('foreign_origin')
      }
    },
  }
}

const OWN_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const OWN_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

/**
 * From this very machine, or through a tunnel that ends on it. A proxy here also calls from here, so the
 * name that was asked for and the page that asks have to be this machine's as well.
 */
function isAtHome({ headers, hostname, ip }: FastifyRequest): boolean {
  if (!OWN_ADDRESS.test(ip) || !OWN_HOST.test(hostname)) return false
  const { origin } = headers
  return origin === undefined || (URL.canParse(origin) && OWN_HOST.test(new URL(origin).hostname))
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
