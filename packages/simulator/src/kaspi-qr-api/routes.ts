// The addresses of Kaspi QR API, read into what is asked. It knows nothing of money.

import type { BankCall } from './bank-faults.ts'

const VERBS = {
  'partner/tradepoints': 'other',
  'device/register': 'other',
  'device/delete': 'other',
  'qr/create': 'create',
  'qr/create-link': 'create',
  'payment/status': 'status',
  'payment/details': 'other',
  'payment/return': 'return',
  'return/create': 'return',
  'return/status': 'status',
} as const satisfies Readonly<Record<string, BankCall>>
type Verb = keyof typeof VERBS

const POSTS: readonly Verb[] = [
  'device/register',
  'device/delete',
  'qr/create',
  'qr/create-link',
  'payment/return',
  'return/create',
]

/** What each scheme cannot be asked for: r1 gives nothing back, r2 nothing without the customer. */
const MISSING: Readonly<Record<Called['scheme'], readonly Verb[]>> = {
  r1: ['payment/return', 'return/create', 'return/status'],
  r2: ['payment/return'],
  r3: ['return/create', 'return/status'],
}

export interface Called {
  readonly scheme: 'r1' | 'r2' | 'r3'
  readonly version: 'v01' | 'v02'
  readonly verb: Verb
  readonly call: BankCall
  readonly isPost: boolean
  /** What stands after the verb. */
  readonly argument: string
  readonly query: URLSearchParams
}

export interface Reply {
  readonly StatusCode: number
  readonly Message: string
  readonly Data: unknown
}

export type Body = Readonly<Record<string, unknown>>

export function done(Data: unknown): Reply {
  return { StatusCode: 0, Message: 'OK', Data }
}

export function refusal(code: number): Reply {
  return { StatusCode: code, Message: 'Ошибка', Data: null }
}

const PATH = /^\/(r[123])\/(v0[12])\/([a-z]+\/[a-z-]+)(?:\/([^/]+))?$/

export function routeOf(method: string, target: string): Called | null {
  const url = new URL(target, 'http://bank')
  const match = PATH.exec(url.pathname)
  const verb = (Object.keys(VERBS) as Verb[]).find((known) => known === match?.[3])
  if (match === null || verb === undefined) return null
  const scheme = match[1] as Called['scheme']
  const version = match[2] as Called['version']
  const isPost = POSTS.includes(verb)
  const isMissing = MISSING[scheme].includes(verb)
  const isVersionWrong = version === 'v02' && verb !== 'payment/status'
  if (isMissing || isVersionWrong || isPost !== (method === 'POST')) return null
  const call = VERBS[verb]
  const argument = match[4] ?? ''
  return { scheme, version, verb, call, isPost, argument, query: url.searchParams }
}
