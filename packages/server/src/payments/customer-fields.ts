// What a source says of its customer, checked (T7). A fault is English text for `errors`; nothing here
// is ever logged.

import { hasCardNumber } from './card-numbers.ts'

const EMAIL = /^[^\s@\p{C}"(),:;<>[\\\]]{1,64}@[^\s@\p{C}"(),:;<>[\\\]]+\.[^\s@.\p{C}]{2,}$/u

/** Whether a letter could be sent there; only sending one would tell whether it arrives. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text) && !text.includes('..')
}

/**
 * Control characters, which no name needs, and the marks that turn the direction of text: with them
 * a description can show a staff member other words, or another sum, than were sent (A22).
 */
const UNSHOWABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u
const UNSHOWABLE_BUT_LINES = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

/** What is wrong with one line of text that staff will read; null when nothing is. */
export function lineFault(text: string): string | null {
  return UNSHOWABLE.test(text) ? 'Must not contain control characters' : null
}

/** The same for text that may have several lines. */
export function textFault(text: string): string | null {
  return UNSHOWABLE_BUT_LINES.test(text) ? 'Must not contain control characters' : null
}

export function cardFault(text: string): string | null {
  return hasCardNumber(text) ? 'Must not contain a card number' : null
}
