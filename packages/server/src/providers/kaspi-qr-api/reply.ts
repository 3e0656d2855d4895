// What the bank's answer says before anybody looks for its meaning: `{"StatusCode":0,"Message":…,"Data":…}`.
// The message is for people at the bank's side and ends here, but for what `status-report.ts` asks of it.

import {
  asObject,
  field,
  integerField,
  parseWireJson,
  textField,
  type WireObject,
} from '../wire-value.ts'

export type Reply =
  /** The call worked, which does not say that money moved. */
  | { readonly kind: 'worked'; readonly data: unknown; readonly message: string | null }
  | { readonly kind: 'failed'; readonly code: number }
  /** A gateway that lets nobody in before the bank has heard a word: HTTP 401 or 403. */
  | { readonly kind: 'denied' }
  /** No answer of the bank's: a proxy's page, another program. */
  | { readonly kind: 'nonsense' }

/** A code of the bank's own speaks for itself and comes before the HTTP code. */
export function readReply(httpStatus: number, body: Uint8Array): Reply {
  const answer = asObject(parseWireJson(body))
  const code = integerField(answer, 'StatusCode')
  if (code === null)
    return { kind: httpStatus === 401 || httpStatus === 403 ? 'denied' : 'nonsense' }
  if (code !== 0) return { kind: 'failed', code }
  return { kind: 'worked', data: field(answer, 'Data'), message: textField(answer, 'Message') }
}

export function dataOf(reply: Extract<Reply, { kind: 'worked' }>): WireObject {
  return asObject(reply.data) ?? {}
}
