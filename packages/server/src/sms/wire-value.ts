// Narrow readers of a gateway's answer: numbers may be texts, fields may be absent. None ever throws.

import type { TextFailure } from '../ports/text-sender.ts'
import type { GatewayResult, WireObject } from './gateway.ts'

/** A number or a non-empty text as text. */
export function textField(object: WireObject | null, name: string): string | null {
  const value = object !== null && Object.hasOwn(object, name) ? object[name] : null
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim()
  return text === '' ? null : text
}

export function wholeField(object: WireObject | null, name: string): number | null {
  const text = textField(object, name)
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null
}

/** A sum as the gateway writes it, or null. */
export function sumField(object: WireObject | null, name: string): string | null {
  const text = textField(object, name)
  return text !== null && /^-?\d{1,12}(\.\d{1,6})?$/.test(text) ? text : null
}

/** The id that a gateway gave the text; 64 plain characters at most. */
export function idField(object: WireObject | null, name: string): string | null {
  const text = textField(object, name)
  return text !== null && /^[\w-]{1,64}$/.test(text) ? text : null
}

const WORD_LIMIT = 200

/** What a gateway says for people's eyes: one line, and no number that could be a phone or a code. */
export function cleanWord(text: string): string | null {
  const visible = text.toWellFormed().replace(/[\p{C}\p{Z}\s\ufffd]+/gu, ' ')
  const masked = visible.replace(/\+?\d(?:[\s()-]{0,2}\d){4,}/g, '…').trim()
  return masked === '' ? null : [...masked].slice(0, WORD_LIMIT).join('')
}

/** What a call without an answer comes to, for a text and for a balance alike. */
export function failureOf(
  result: Exclude<GatewayResult, { readonly kind: 'answered' }>,
): TextFailure {
  return { fault: result.kind, word: result.cause }
}
