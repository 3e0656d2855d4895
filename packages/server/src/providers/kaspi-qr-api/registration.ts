// The token in the answer to `device/register`. It is a secret: it goes to the caller and nowhere else.

import type { DeviceTokens, RefreshResult, RegisterResult, Told } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { textField } from '../wire-value.ts'
import { dataOf, readReply } from './reply.ts'

/** What is sent back in JSON as it came. */
const TOKEN = /^[\x21-\x7e]{1,2048}$/

type Outcome =
  | { readonly kind: 'known'; readonly tokens: DeviceTokens }
  | { readonly kind: 'refused' | 'not_connected' | 'no_answer' }

/** The same device gets the same token, so its id is all that a new exchange takes. */
function outcomeOf(result: CallResult, deviceId: string, expiresAtMs: number): Outcome {
  if (result.kind !== 'answered') return { kind: result.kind }
  const reply = readReply(result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked': {
      const accessToken = textField(dataOf(reply), 'DeviceToken')
      return accessToken !== null && TOKEN.test(accessToken)
        ? { kind: 'known', tokens: { accessToken, refreshToken: deviceId, expiresAtMs } }
        : { kind: 'no_answer' }
    }
    case 'failed':
    case 'denied':
      return { kind: 'refused' }
    case 'nonsense':
      return { kind: 'no_answer' }
  }
}

export function registerResult(
  result: CallResult,
  deviceId: string,
  expiresAtMs: number,
): Told<RegisterResult> {
  const outcome = outcomeOf(result, deviceId, expiresAtMs)
  return outcome.kind === 'known' ? { kind: 'registered', tokens: outcome.tokens } : outcome
}

export function refreshResult(
  result: CallResult,
  deviceId: string,
  expiresAtMs: number,
): Told<RefreshResult> {
  const outcome = outcomeOf(result, deviceId, expiresAtMs)
  return outcome.kind === 'known' ? { kind: 'refreshed', tokens: outcome.tokens } : outcome
}
