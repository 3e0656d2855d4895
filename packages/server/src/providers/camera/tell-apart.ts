// Tells the forms of a camera's answer apart by the bytes themselves: content types of cameras are
// wrong too often to be asked. It reads JSON and text; pictures are only recognised.

import { asObject, field, parseWireJson } from '../wire-value.ts'

export type CameraAnswer =
  | { readonly kind: 'picture' }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** The camera says that it sees no code. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'nonsense' }

/** How the services of the field call the text of a code (protocol, section 2). */
const TEXT_NAMES = ['qrData', 'qr', 'data', 'text', 'url']
const MAX_DEPTH = 3
const MAX_TEXTS = 16
/** The largest QR holds 4 296 characters. */
const MAX_TEXT_LENGTH = 4_296

export function tellApart(body: Uint8Array): CameraAnswer {
  if (isPicture(body)) return { kind: 'picture' }
  const text = decodeText(body)?.trim()
  if (text === undefined) return { kind: 'nonsense' }
  if (text === '') return { kind: 'nothing' }
  return /^[{["]/.test(text) ? readJson(body) : readText(text)
}

export function isPicture(body: Uint8Array): boolean {
  return (
    startsWith(body, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ||
    isJpeg(body) ||
    isBmp(body)
  )
}

function isJpeg(body: Uint8Array): boolean {
  return startsWith(body, [0xff, 0xd8, 0xff])
}

/** Two letters alone could begin a text; the four reserved zeros cannot. */
function isBmp(body: Uint8Array): boolean {
  return startsWith(body, [0x42, 0x4d]) && startsWith(body.subarray(6), [0, 0, 0, 0])
}

function startsWith(body: Uint8Array, magic: readonly number[]): boolean {
  return body.length >= magic.length && magic.every((byte, index) => body[index] === byte)
}

function decodeText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

function readJson(body: Uint8Array): CameraAnswer {
  const value = parseWireJson(body)
  if (value === undefined) return { kind: 'nonsense' }
  const object = asObject(value)
  if (field(object, 'success') === false) return { kind: 'nothing' }
  const found: Found = { texts: [], isNamed: typeof value === 'string' }
  collectTexts(value, found, 0)
  if (found.texts.length > 0) return { kind: 'texts', texts: found.texts }
  return { kind: found.isNamed || field(object, 'success') === true ? 'nothing' : 'nonsense' }
}

interface Found {
  readonly texts: string[]
  /** A field of a known name was there, even if it was empty: the answer is a camera's. */
  isNamed: boolean
}

function collectTexts(value: unknown, found: Found, depth: number): void {
  if (found.texts.length >= MAX_TEXTS || depth > MAX_DEPTH) return
  if (typeof value === 'string') {
    const text = value.trim()
    if (text !== '' && text.length <= MAX_TEXT_LENGTH) found.texts.push(text)
  } else if (Array.isArray(value)) {
    for (const item of value.slice(0, MAX_TEXTS)) collectTexts(item, found, depth + 1)
  } else {
    const object = asObject(value)
    for (const name of TEXT_NAMES) {
      const child = field(object, name)
      if (child === undefined) continue
      found.isNamed = true
      collectTexts(child, found, depth + 1)
    }
  }
}

/** Only a line that looks like a link is a code's text; an error page or a "not found" is not. */
function readText(text: string): CameraAnswer {
  const links = text
    .split(/\r?\n/, MAX_TEXTS)
    .map((line) => line.trim())
    .filter((line) => line.length <= MAX_TEXT_LENGTH && /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(line))
  return links.length === 0 ? { kind: 'nonsense' } : { kind: 'texts', texts: links }
}
