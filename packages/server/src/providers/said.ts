// What a device said, as people may read it later: no token, no whole card number, no character that is not
// text, no more than 4 KB. It is for eyes alone and understood by nobody.

import { asObject, cleanWord, parseWireJson } from './wire-value.ts'

const SAID_BYTES = 4_096
const TEXT_LIMIT = 500
const NAME_LIMIT = 60
const DEPTH_LIMIT = 6
const ENTRIES_LIMIT = 60

const HIDDEN = '[скрыто]'
const SECRET_NAME = /token|secret|password|pin/i
/** Masked numbers have stars in them and stay as they are. */
const CARD_NUMBER = /(?<!\d)\d{16}(?!\d)/g

/** Null for what is no JSON: somebody else's page. What is too long becomes the text of its beginning. */
export function saidOf(body: Uint8Array): string | null {
  const value = parseWireJson(body)
  if (value === undefined) return null
  const text = JSON.stringify(cleaned(value, DEPTH_LIMIT))
  if (Buffer.byteLength(text) <= SAID_BYTES) return text
  return JSON.stringify(`${cleanWord(text, SAID_BYTES / 8)}…`)
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, TEXT_LIMIT)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  if (Array.isArray(value))
    return value.slice(0, ENTRIES_LIMIT).map((part) => cleaned(part, depth - 1))
  const entries = Object.entries(asObject(value) ?? {}).slice(0, ENTRIES_LIMIT)
  return Object.fromEntries(
    entries.map(([name, part]) => [
      cleanText(name, NAME_LIMIT),
      SECRET_NAME.test(name) ? HIDDEN : cleaned(part, depth - 1),
    ]),
  )
}

function cleanText(text: string, limit: number): string {
  return cleanWord(text, limit).replace(CARD_NUMBER, (digits) =>
    isCardNumber(digits) ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : digits,
  )
}

/** Luhn's check; one number in ten passes it by chance, and is no worse for being masked. */
function isCardNumber(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
