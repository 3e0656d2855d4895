// What the answer to `/v2/payment` proves (S9). Only the codes that the protocol page lists as "not
// started" are a refusal; everything else that was sent may have started something: it is lost.

import type { StartRefusal, StartResult } from '@byfly-pay/core'
import { idField } from '../wire-value.ts'
import { parseEnvelope } from './envelope.ts'
import type { CallResult } from './transport.ts'

export function startResult(result: CallResult): StartResult {
  switch (result.kind) {
    case 'not_connected':
      return { kind: 'refused', reason: 'not_connected' }
    case 'no_answer':
      return { kind: 'lost' }
    case 'answered':
      return answeredStart(result.httpStatus, result.body)
  }
}

/**
 * A token is looked at before anything is done, so 401 and 403 prove that nothing was started; but
 * an envelope in the same answer speaks for itself and comes first. A 403 is cured by refreshing the
 * token, which is never done here: the second try has to be a new attempt, committed before its call
 * (protocol, section 1), so the one who keeps the tokens makes it.
 */
function answeredStart(httpStatus: number, body: Uint8Array): StartResult {
  const envelope = parseEnvelope(body)
  if (envelope?.statusCode === 0) {
    const processId = idField(envelope.data, 'processId')
    return processId === null ? { kind: 'lost' } : { kind: 'accepted', processId }
  }
  const reason = envelope === null ? null : refusalOf(envelope.statusCode)
  if (reason !== null) return { kind: 'refused', reason }
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'refused', reason: 'access_denied' }
  return { kind: 'lost' }
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
