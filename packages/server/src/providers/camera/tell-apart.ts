// Tells the forms of a camera's answer apart by the bytes themselves: content types of cameras are
// wrong too often to be asked. It reads JSON and text; pictures are only recognised.

import { asObject, field, parseWireJson } from '../wire-value.ts'

export type CameraAnswer =
  | { readonly kind: 'picture'; readonly picture: Uint8Array }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** The camera says that it sees no code. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'nonsense' }

/** How the services of the field call the text of a code (protocol, section 2). */
const TEXT_NAMES: ReadonlySet<string> = new Set(['qrData', 'qr', 'data', 'text', 'url'])
/** How they call a picture that travels inside JSON, besides the names above. */
const PICTURE_NAMES: ReadonlySet<string> = new Set(['image', 'picture', 'frame', 'snapshot'])
const PICTURE_URI = /^data:image\/[a-z.+-]{1,20};base64,/i
const MAX_DEPTH = 4
const MAX_TEXTS = 16
/** Of one object or list: more children than this are not looked at. */
const MAX_CHILDREN = 32
/** The largest QR holds 4 296 characters. */
const MAX_TEXT_LENGTH = 4_296

export function tellApart(body: Uint8Array): CameraAnswer {
  if (isPicture(body)) return { kind: 'picture', picture: body }
  const text = decodeText(body)?.trim()
  if (text === undefined) return { kind: 'nonsense' }
  if (text === '') return { kind: 'nothing' }
  return /^[{["]/.test(text) ? readJson(body) : readText(text)
}

function isPicture(body: Uint8Array): boolean {
  return (
    startsWith(body, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ||
    startsWith(body, [0xff, 0xd8, 0xff]) ||
    isBmp(body)
  )
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
  const success = field(asObject(value), 'success')
  if (success === false) return { kind: 'nothing' }
  const found: Found = { texts: [], pictureUri: null, isNamed: false }
  collect(value, typeof value === 'string' ? 'text' : 'none', found, 0)
  if (found.texts.length > 0) return { kind: 'texts', texts: found.texts }
  if (found.pictureUri !== null) return readPictureUri(found.pictureUri)
  return { kind: found.isNamed || success === true ? 'nothing' : 'nonsense' }
}

interface Found {
  readonly texts: string[]
  pictureUri: string | null
  /** A field of a known name was there, even if it was empty: the answer is a camera's. */
  isNamed: boolean
}

/** What a string may be, by the name of the nearest field above it. */
type Expected = 'text' | 'picture' | 'none'

function collect(value: unknown, expected: Expected, found: Found, depth: number): void {
  if (found.texts.length >= MAX_TEXTS || depth > MAX_DEPTH) return
  if (typeof value === 'string') collectString(value.trim(), expected, found)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MAX_CHILDREN)) collect(item, expected, found, depth + 1)
    return
  }
  for (const [name, child] of Object.entries(value).slice(0, MAX_CHILDREN)) {
    collect(child, expectedAt(name), found, depth + 1)
    if (expectedAt(name) !== 'none') found.isNamed = true
  }
}

function expectedAt(name: string): Expected {
  if (TEXT_NAMES.has(name)) return 'text'
  return PICTURE_NAMES.has(name) ? 'picture' : 'none'
}

function collectString(text: string, expected: Expected, found: Found): void {
  if (expected === 'none') return
  if (PICTURE_URI.test(text)) found.pictureUri ??= text
  else if (expected === 'text' && text !== '' && text.length <= MAX_TEXT_LENGTH) {
    found.texts.push(text)
  }
}

/** Only a line that looks like a link is a code's text; an error page or a "not found" is not. */
function readText(text: string): CameraAnswer {
  if (PICTURE_URI.test(text)) return readPictureUri(text)
  const links = text
    .split(/\r?\n/, MAX_TEXTS)
    .map((line) => line.trim())
    .filter((line) => line.length <= MAX_TEXT_LENGTH && /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(line))
  return links.length === 0 ? { kind: 'nonsense' } : { kind: 'texts', texts: links }
}

function readPictureUri(uri: string): CameraAnswer {
  const picture = new Uint8Array(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))
  return isPicture(picture) ? { kind: 'picture', picture } : { kind: 'nonsense' }
}
