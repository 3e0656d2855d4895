// What an oddity is: one named way in which a terminal may differ from the plain answers and still
// keep to the protocol page.

import type { Json, JsonObject } from './plain-answer.ts'
import type { WireAnswer } from './wire-answer.ts'

export interface Oddity {
  /** What on the protocol page, or in the standard of its layer, makes it legal. */
  readonly legal: string
  /** Changes what is said. */
  readonly tell?: (answer: JsonObject) => void
  /** Changes the text of the JSON. */
  readonly write?: (json: string) => string
  /** Changes how the bytes travel. */
  readonly send?: (answer: WireAnswer) => void
}

export function dataOf(answer: JsonObject): JsonObject | null {
  return objectIn(answer, 'data')
}

export function chequeOf(answer: JsonObject): JsonObject | null {
  return objectIn(dataOf(answer), 'chequeInfo')
}

export function addInfoOf(answer: JsonObject): JsonObject | null {
  return objectIn(dataOf(answer), 'addInfo')
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectIn(holder: JsonObject | null, name: string): JsonObject | null {
  const value = holder?.[name]
  return isObject(value) ? value : null
}

/** An oddity of the fields of `data`. */
export function ofData(legal: string, tell: (data: JsonObject) => void): Oddity {
  return { legal, tell: (answer) => within(dataOf(answer), tell) }
}

/** An oddity of the fields of `chequeInfo`. */
export function ofCheque(legal: string, tell: (cheque: JsonObject) => void): Oddity {
  return { legal, tell: (answer) => within(chequeOf(answer), tell) }
}

/** An oddity of the fields of `addInfo`. */
export function ofAddInfo(legal: string, tell: (addInfo: JsonObject) => void): Oddity {
  return { legal, tell: (answer) => within(addInfoOf(answer), tell) }
}

function within(part: JsonObject | null, tell: (part: JsonObject) => void): void {
  if (part !== null) tell(part)
}

/** Writes a text of digits as a bare number, unless that would lose its leading zeros. */
export function asNumber(holder: JsonObject, name: string): void {
  const text = holder[name]
  if (typeof text === 'string' && /^(?:0|[1-9]\d*)$/.test(text)) holder[name] = BigInt(text)
}
