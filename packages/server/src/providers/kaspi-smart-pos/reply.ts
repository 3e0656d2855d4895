// What a terminal's answer says before anybody looks for its meaning: a code and its data. v2 wraps
// them, `{"statusCode":0,"data":{…}}`; v1 answers with the data alone and calls a failure HTTP 500. The
// texts are for people in the shop and end here: they are never passed on.

import type { ApiVersion } from '../../ports/provider.ts'
import { asObject, field, integerField, parseWireJson, type WireObject } from '../wire-value.ts'

export type Reply =
  /** The call worked, which does not say that money moved. */
  | { readonly kind: 'worked'; readonly data: WireObject }
  /** The terminal said no. `statusCode` is null from v1, which has no codes: it proves nothing then. */
  | { readonly kind: 'failed'; readonly statusCode: number | null }
  /** No answer of such a terminal: a router's page, another program. */
  | { readonly kind: 'nonsense' }

/**
 * Flat data is believed of v1 alone: from a v2 device it would be somebody else's answer. An envelope
 * is plain whoever sends it. The HTTP code counts only where there is none: devices differ in it.
 */
export function readReply(version: ApiVersion, httpStatus: number, body: Uint8Array): Reply {
  const answer = asObject(parseWireJson(body))
  if (answer === null) return { kind: 'nonsense' }
  const isFlat = version === 'v1' && field(answer, 'statusCode') === undefined
  return isFlat ? readFlat(httpStatus, answer) : readEnvelope(answer)
}

function readEnvelope(answer: WireObject): Reply {
  const statusCode = integerField(answer, 'statusCode')
  if (statusCode === null) return { kind: 'nonsense' }
  if (statusCode !== 0) return { kind: 'failed', statusCode }
  return { kind: 'worked', data: asObject(field(answer, 'data')) ?? {} }
}

function readFlat(httpStatus: number, answer: WireObject): Reply {
  if (httpStatus >= 200 && httpStatus < 300) return { kind: 'worked', data: answer }
  const isFailure = httpStatus === 500 && field(answer, 'message') !== undefined
  return isFailure ? { kind: 'failed', statusCode: null } : { kind: 'nonsense' }
}
