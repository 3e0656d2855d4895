// What the answer to `cancel` says about the call itself: whether the device knows it at all (protocol,
// section 1). About the operation it proves nothing; only the final word does.

import type { ApiVersion, StopResult } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { readReply } from './reply.ts'

/** HTTP's own ways to say "no such call"; 400 is what a real device once answered. */
const UNKNOWN_CALL = new Set([400, 404, 405, 501])

export function stopResult(result: CallResult, version: ApiVersion): StopResult {
  if (result.kind !== 'answered') return 'no_answer'
  const reply = readReply(version, result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked':
      return 'asked'
    case 'failed':
      return isUnknownCall(reply.statusCode) ? 'not_supported' : 'asked'
    case 'nonsense':
      return UNKNOWN_CALL.has(result.httpStatus) ? 'not_supported' : 'no_answer'
  }
}

/** 102: no such method, 999: a wrong URL. The others speak of an operation, so the call is known. */
function isUnknownCall(statusCode: number | null): boolean {
  return statusCode === 102 || statusCode === 999
}
