// Narrow readers of JSON that a device sent. Fields may be absent, extra, in any order, numbers or
// strings: each reader gives the one thing asked for or null, and never throws.

export type WireObject = Readonly<Record<string, unknown>>

/**
 * JSON from bytes, or undefined when they are none. A number that a float cannot hold exactly stays
 * the text it was written as, so that two long transaction numbers never become the same one.
 */
export function parseWireJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), keepLongNumbers)
  } catch {
    return undefined
  }
}

function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value)
    ? (context?.source ?? String(value))
    : value
}

export function asObject(value: unknown): WireObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as WireObject)
    : null
}

/** The field's own value; what a prototype would add is not the device's word. */
export function field(object: WireObject | null, name: string): unknown {
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined
}

/** A non-empty text without the spaces around it; a whole number counts as its decimal digits. */
export function textField(object: WireObject | null, name: string): string | null {
  const value = field(object, name)
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim()
  return text === '' ? null : text
}

/** A whole number, written as one or as its decimal digits. */
export function integerField(object: WireObject | null, name: string): number | null {
  const text = textField(object, name)
  if (text === null || !/^-?\d{1,15}$/.test(text)) return null
  return Number(text)
}

const ID = /^[0-9A-Za-z][0-9A-Za-z._:-]{0,63}$/

/** A number or name of something, at most 64 plain characters; a run of zeros names nothing. */
export function idField(object: WireObject | null, name: string): string | null {
  const text = textField(object, name)
  return text !== null && ID.test(text) && !/^0+$/.test(text) ? text : null
}

/** For people's eyes: no control, direction or invisible characters, at most `limit` characters. */
export function cleanWord(text: string, limit: number): string {
  const visible = text.toWellFormed().replace(/[\p{C}\p{Z}\s\ufffd]+/gu, ' ')
  return [...visible.trim()].slice(0, limit).join('').trim()
}
