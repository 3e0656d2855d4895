// What the answer to `/v2/payment` or `/v2/refund` proves (S9). Only the codes that the protocol page lists as "not
// started" are a refusal; everything else that was sent may have started something: it is lost.

import type { StartRefusal, StartResult } from '@byfly-pay/core'
import type { ApiVersion } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { idField } from '../wire-value.ts'
import { readReply } from './reply.ts'

export function startResult(result: CallResult, version: ApiVersion): StartResult {
  switch (result.kind) {
    case 'not_connected':
      return { kind: 'refused', reason: 'not_connected' }
    case 'no_answer':
      return { kind: 'lost' }
    case 'answered':
      return answeredStart(version, result.httpStatus, result.body)
  }
}

/**
 * A token is looked at before anything is done, so 401 and 403 prove that nothing was started; but a
 * code in the same answer speaks for itself and comes first. A 403 is cured by refreshing the token,
 * which is never done here: the second try has to be a new attempt, committed before its call
 * (protocol, section 1), so the one who keeps the tokens makes it.
 */
function answeredStart(version: ApiVersion, httpStatus: number, body: Uint8Array): StartResult {
  const reply = readReply(version, httpStatus, body)
  if (reply.kind === 'worked') {
    const processId = idField(reply.data, 'processId')
    return processId === null ? { kind: 'lost' } : { kind: 'accepted', processId }
  }
  const code = reply.kind === 'failed' ? reply.statusCode : null
  const reason = code === null ? null : refusalOf(code)
  if (reason !== null) return { kind: 'refused', reason }
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'refused', reason: 'access_denied' }
  return { kind: 'lost' }
}

/** The same of `/v2/refund`, where 104 too says that nothing was started: there is no such purchase. */
export function refundResult(result: CallResult, version: ApiVersion): StartResult {
  const started = startResult(result, version)
  if (started.kind !== 'lost' || result.kind !== 'answered') return started
  const reply = readReply(version, result.httpStatus, result.body)
  return reply.kind === 'failed' && reply.statusCode === 104
    ? { kind: 'refused', reason: 'purchase_not_found' }
    : started
}

/** Null: the code proves nothing (105 among them). */
export function refusalOf(statusCode: number): StartRefusal | null {
  switch (statusCode) {
    case 100:
      return 'no_internet'
    case 102:
      return 'method_not_supported'
    case 106:
      return 'payments_blocked'
    case 107:
      return 'terminal_busy'
    case 108:
      return 'not_registered'
    case 999:
      return 'bad_request'
    default:
      return null
  }
}
