// The protected half of a terminal ("Защита интеграции"): its tokens, and the calls that give them.

import type { HttpRequest } from './http-socket.ts'
import { answered, type JsonObject, plainError } from './plain-answer.ts'
import type { Accident } from './story.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const ALMATY_AHEAD_MS = 5 * 60 * 60 * 1_000
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** How `expirationDate` is written; the page knows the first two. */
export type DateForm = 'digits' | 'month_name' | 'absent' | 'nonsense' | 'long_past'

export interface Protection {
  /** The names that were allowed on the screen, each with the refresh token it holds now. */
  readonly names: Map<string, string>
  accessToken: string
  isExpired: boolean
  dateForm: DateForm
  /** What the person before the screen does; a promise blocks the call for so long. */
  press: () => Promise<'allow' | 'deny'>
  /** What the next call for tokens is answered with instead; the tokens change all the same. */
  accident: Accident | null
  /** Body of a 401 or 403: the page promises none. */
  denialBody: string
  /** The moment that the last given token runs out at, in whole seconds. */
  expiresAtMs: number
  givenCount: number
}

export function newProtection(change: Partial<Protection> = {}): Protection {
  return {
    names: new Map(),
    accessToken: '',
    isExpired: false,
    dateForm: 'digits',
    press: async () => 'allow',
    accident: null,
    denialBody: '',
    expiresAtMs: 0,
    givenCount: 0,
    ...change,
  }
}

export type TokenAnswer =
  | { readonly kind: 'told'; readonly json: JsonObject; readonly accident: Accident | null }
  | { readonly kind: 'expired' | 'unknown'; readonly body: string }

/** Null: the call has a good token and is about something else. */
export async function tokenAnswer(
  protection: Protection,
  verb: string,
  { url, headers }: HttpRequest,
): Promise<TokenAnswer | null> {
  const { names, denialBody } = protection
  const name = url.searchParams.get('name') ?? ''
  switch (verb) {
    case 'register': {
      const isRefused = name === '' || names.has(name) || (await protection.press()) === 'deny'
      return told(protection, isRefused ? plainError(105) : give(protection, name))
    }
    case 'revoke': {
      const isKnown = name !== '' && names.get(name) === url.searchParams.get('refreshToken')
      return told(protection, isKnown ? give(protection, name) : plainError(105))
    }
    default: {
      const isGiven = protection.givenCount > 0
      if (!isGiven || headers.get('accesstoken') !== protection.accessToken) {
        return { kind: 'unknown', body: denialBody }
      }
      return protection.isExpired ? { kind: 'expired', body: denialBody } : null
    }
  }
}

function told(protection: Protection, json: JsonObject): TokenAnswer {
  const { accident } = protection
  protection.accident = null
  return { kind: 'told', json, accident }
}

/** Both tokens are new, and the former ones are dead at once. */
function give(protection: Protection, name: string): JsonObject {
  protection.givenCount += 1
  protection.accessToken = `${'A+/='.repeat(100)}-${protection.givenCount}`
  protection.isExpired = false
  protection.expiresAtMs = Math.floor((Date.now() + DAY_MS) / 1_000) * 1_000
  const refreshToken = `${'r&?%'.repeat(50)}-${protection.givenCount}`
  protection.names.set(name, refreshToken)
  const expirationDate = written(protection)
  return answered({
    accessToken: protection.accessToken,
    refreshToken,
    ...(expirationDate === null ? {} : { expirationDate }),
  })
}

/** In the terminal's local time, which no zone is written beside. */
function written({ dateForm, expiresAtMs }: Protection): string | null {
  const local = new Date(expiresAtMs + ALMATY_AHEAD_MS).toISOString()
  const [day, time] = [local.slice(0, 10), local.slice(11, 19)]
  switch (dateForm) {
    case 'digits':
      return `${day} ${time}`
    case 'month_name': {
      const [year, month, date] = day.split('-').map(Number)
      return `${MONTHS[(month ?? 1) - 1]} ${date}, ${year} ${time}`
    }
    case 'absent':
      return null
    case 'nonsense':
      return 'завтра в обед'
    case 'long_past':
      return '1970-01-01 00:00:00'
  }
}
