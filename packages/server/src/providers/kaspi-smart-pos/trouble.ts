// What an answer says of the way to the device, beside what it says of money: tokens and certificates.

import type { ApiVersion, Told, Trouble } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { readReply } from './reply.ts'

/**
 * Null when nothing stands in between. A call that worked needed no better token, whatever HTTP code
 * came with it.
 */
export function troubleOf(result: CallResult, version: ApiVersion): Trouble | null {
  switch (result.kind) {
    case 'not_connected':
      return result.why === 'certificate_changed' ? result.why : null
    case 'no_answer':
      return null
    case 'answered': {
      const trouble = tokenTrouble(result.httpStatus)
      if (trouble === null) return null
      return readReply(version, result.httpStatus, result.body).kind === 'worked' ? null : trouble
    }
  }
}

/** Protocol, section 1: 403 is cured by a refresh, 401 by a new registration. */
function tokenTrouble(httpStatus: number): Trouble | null {
  switch (httpStatus) {
    case 401:
      return 'not_registered'
    case 403:
      return 'token_expired'
    default:
      return null
  }
}

export function told<Result extends object>(result: Result, trouble: Trouble | null): Told<Result> {
  return { ...result, ...(trouble === null ? {} : { trouble }) }
}
