// Puts a dialect on a plain answer and makes it the bytes of an HTTP answer.

import { type Dialect, odditiesOf } from './dialect.ts'
import { dataOf } from './oddity.ts'
import type { JsonObject } from './plain-answer.ts'
import { plainWireAnswer, type WireAnswer } from './wire-answer.ts'

/** `v1` has no envelope, and calls a failure HTTP 500 with a `message`. */
export type SpokenVersion = 'v1' | 'v2'

export function spokenAnswer(
  plain: JsonObject,
  dialect: Dialect,
  version: SpokenVersion = 'v2',
): WireAnswer {
  const oddities = odditiesOf(dialect)
  const answer = structuredClone(plain)
  const hasWorked = answer['statusCode'] === 0
  for (const oddity of oddities) oddity.tell?.(answer)
  const json = jsonText(version === 'v2' ? answer : flat(answer, hasWorked))
  const written = oddities.reduce((text, { write }) => write?.(text) ?? text, json)
  const wire = plainWireAnswer(written)
  for (const oddity of oddities) oddity.send?.(wire)
  // Without an envelope the HTTP code alone tells a failure: what says otherwise would be a lie.
  if (version === 'v1' && !hasWorked) wire.httpStatus = 500
  else if (version === 'v1' && wire.httpStatus >= 300) wire.httpStatus = 200
  return wire
}

function flat(answer: JsonObject, hasWorked: boolean): JsonObject {
  if (hasWorked) return dataOf(answer) ?? {}
  return { message: answer['errorText'] ?? dataOf(answer)?.['message'] ?? '' }
}

/** Node has it; the compiler's library does not know it yet. */
interface RawJson {
  rawJSON(text: string): unknown
}

function jsonText(value: JsonObject): string {
  const { rawJSON } = JSON as unknown as RawJson
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'bigint' ? rawJSON(part.toString()) : part,
  )
}
