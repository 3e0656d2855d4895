// The envelope around every answer of the terminal: `{"statusCode":0,"data":{…}}`. Its texts are for
// people in the shop and end here: they are never passed on.

import { asObject, field, integerField, parseWireJson, type WireObject } from '../wire-value.ts'

export interface Envelope {
  /** 0: the call worked, which does not say that money moved. */
  readonly statusCode: number
  readonly data: WireObject | null
}

/** Null when the bytes are no envelope. The HTTP code does not matter: devices differ in it. */
export function parseEnvelope(body: Uint8Array): Envelope | null {
  const answer = asObject(parseWireJson(body))
  const statusCode = integerField(answer, 'statusCode')
  if (statusCode === null) return null
  return { statusCode, data: asObject(field(answer, 'data')) }
}
