// Who calls: the source of the `X-API-Token` (L5, T2). The token itself is hashed at once and kept
// nowhere; a wrong, ended and deleted one are told apart by nobody.

import { hash } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import { Refusal } from './refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The calling source, on routes that need one. */
    source: Source | null
  }
}

const TOKEN = /^[0-9a-f]{64}$/

/** A hook that finds the request's source or refuses it. */
export function authenticate(centre: Centre) {
  const { accounts } = centre.storage
  return async (request: FastifyRequest): Promise<void> => {
    const token = request.headers['x-api-token']
    if (typeof token !== 'string' || !TOKEN.test(token)) throw new Refusal('unauthorized')
    // The lookup is by hash: how long it takes tells nothing about the token (A23).
    const source = await accounts.sourceByToken(hash('sha256', token, 'buffer'))
    if (source === null) throw new Refusal('unauthorized')
    if (!source.isActive) throw new Refusal('source_disabled')
    if (source.allowedIps.length > 0 && !isAllowed(request.ip, source.allowedIps)) {
      throw new Refusal('address_not_allowed')
    }
    request.source = source
  }
}

/** @throws when the route was registered outside the authenticated ones: a fault of the program */
export function sourceOf(request: FastifyRequest): Source {
  if (request.source === null) throw new Error('Маршрут без проверки токена')
  return request.source
}

/** Lists by the array they were made of, which the accounts' cache keeps for as long as it is true. */
const lists = new WeakMap<readonly string[], BlockList>()

function isAllowed(ip: string, allowed: readonly string[]): boolean {
  let list = lists.get(allowed)
  if (list === undefined) {
    list = listOf(allowed)
    lists.set(allowed, list)
  }
  return list.check(ip, familyOf(ip))
}

/** Addresses and CIDR ranges; what cannot be read allows nobody. */
function listOf(allowed: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of allowed) {
    const [address = '', bits] = entry.trim().split('/')
    if (isIP(address) === 0) continue
    if (bits === undefined) list.addAddress(address, familyOf(address))
    else if (isPrefix(bits, address)) list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

function isPrefix(bits: string, address: string): boolean {
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
