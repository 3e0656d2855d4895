// The tokens in the answers to `register` and `revoke`. They are secrets: they go to the caller and
// nowhere else.

import { momentOfLocal } from '@byfly-pay/core'
import type { DeviceTokens, RefreshResult, RegisterResult } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { textField, type WireObject } from '../wire-value.ts'
import { type Reply, readReply } from './reply.ts'

/** What a token's end is reckoned by. */
export interface TokenClock {
  readonly nowMs: number
  /** Of the terminal's own clock. */
  readonly zone: string
  readonly tokenLifeMs: number
}

type Version = Parameters<typeof readReply>[0]

export function registerResult(
  result: CallResult,
  version: Version,
  clock: TokenClock,
): RegisterResult {
  if (result.kind !== 'answered') return { kind: result.kind }
  const reply = readReply(version, result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked': {
      const tokens = readTokens(reply.data, clock)
      return tokens === null ? { kind: 'no_answer' } : { kind: 'registered', tokens }
    }
    case 'failed':
      return { kind: reply.statusCode === 107 ? 'busy' : 'refused' }
    case 'nonsense':
      return { kind: isDenied(result.httpStatus) ? 'refused' : 'no_answer' }
  }
}

export function refreshResult(
  result: CallResult,
  version: Version,
  clock: TokenClock,
): RefreshResult {
  if (result.kind !== 'answered') return { kind: result.kind }
  const reply = readReply(version, result.httpStatus, result.body)
  if (reply.kind === 'worked') {
    const tokens = readTokens(reply.data, clock)
    return tokens === null ? { kind: 'no_answer' } : { kind: 'refreshed', tokens }
  }
  const isRefused = isTokenRefused(reply) || isDenied(result.httpStatus)
  return { kind: isRefused ? 'refused' : 'no_answer' }
}

/** 105 is the word for it (protocol, section 1); v1 has no words. Other codes are about something else. */
function isTokenRefused(reply: Reply): boolean {
  return reply.kind === 'failed' && (reply.statusCode === 105 || reply.statusCode === null)
}

function isDenied(httpStatus: number): boolean {
  return httpStatus === 401 || httpStatus === 403
}

/** Both or none: half of a pair would lock the centre out at the next refresh. */
function readTokens(data: WireObject, clock: TokenClock): DeviceTokens | null {
  const accessToken = tokenField(data, 'accessToken')
  const refreshToken = tokenField(data, 'refreshToken')
  if (accessToken === null || refreshToken === null) return null
  return {
    accessToken,
    refreshToken,
    expiresAtMs: tokenEnd(textField(data, 'expirationDate'), clock),
  }
}

/** What a header can carry; a token is sent back raw. */
const TOKEN = /^[\x21-\x7e]{1,2048}$/

function tokenField(data: WireObject, name: string): string | null {
  const text = textField(data, name)
  return text !== null && TOKEN.test(text) ? text : null
}

/**
 * Epoch milliseconds. A device's clock may be wrong: an end that is past already is not believed, and
 * none is believed beyond the usual life, so that a refresh comes too early rather than too late.
 */
export function tokenEnd(text: string | null, { nowMs, zone, tokenLifeMs }: TokenClock): number {
  const usual = nowMs + tokenLifeMs
  const said = text === null ? null : parseExpiration(text, zone)
  return said === null || said <= nowMs ? usual : Math.min(said, usual)
}

const NUMBERS = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/
const MONTH_NAME = /^([a-z]{3})[a-z]*\.? (\d{1,2}), (\d{4}),? (\d\d):(\d\d):(\d\d)$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `2026-11-25 09:41:00` and `Nov 25, 2026 09:41:00`: both are met in the field. */
export function parseExpiration(text: string, zone: string): number | null {
  const numbers = NUMBERS.exec(text)
  if (numbers !== null) {
    const [, year, month, day, ...time] = numbers.map(Number)
    return momentOf(year, month, day, time, zone)
  }
  const named = MONTH_NAME.exec(text)
  if (named === null) return null
  const month = MONTHS.indexOf((named[1] ?? '').toLowerCase()) + 1
  const [day, year, ...time] = named.slice(2).map(Number)
  return momentOf(year, month, day, time, zone)
}

function momentOf(
  year = 0,
  month = 0,
  day = 0,
  [hour = 0, minute = 0, second = 0]: readonly number[],
  zone: string,
): number | null {
  return momentOfLocal([year, month, day, hour, minute, second], zone)
}
