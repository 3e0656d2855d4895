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
  return async (request: FastifyRequest): Promise<void> => {
    request.source = await admit(centre, tokenHashOf(request), request.ip)
  }
}

/**
 * What the token is looked up by: how long that takes tells nothing about the token (A23).
 *
 * @throws Refusal unauthorized when there is nothing like a token
 */
export function tokenHashOf(request: FastifyRequest): Buffer {
  const token = request.headers['x-api-token']
  if (typeof token !== 'string' || !TOKEN.test(token)) throw new Refusal('unauthorized')
  return hash('sha256', token, 'buffer')
}

/** Whether a call that lasts would be let in again now. */
export async function isStillAdmitted(
  centre: Centre,
  tokenHash: Buffer,
  ip: string,
): Promise<boolean> {
  try {
    await admit(centre, tokenHash, ip)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function admit(centre: Centre, tokenHash: Buffer, ip: string): Promise<Source> {
  const source = await centre.storage.accounts.sourceByToken(tokenHash)
  if (source === null) throw new Refusal('unauthorized')
  if (!source.isActive) throw new Refusal('source_disabled')
  if (source.allowedIps.length > 0 && !isAllowed(ip, source.allowedIps)) {
    throw new Refusal('address_not_allowed')
  }
  return source
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
