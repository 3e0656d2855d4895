// The parser of request bodies. What it lets through is a plain object without dangerous names, of
// bounded size, whose every string can be stored and shown; nothing behind it looks again (A19, A20, A22).

import { isUtf8 } from 'node:buffer'
import { Refusal, refuseFaults } from './refusal.ts'

export interface BodyLimits {
  /** Containers inside the body, one in another. */
  readonly depth: number
  /** Names at every depth together. */
  readonly keys: number
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const BYTE_ORDER_MARK = 0xfeff

const BAD_TEXT = 'Must not contain NUL or unpaired surrogates'

/**
 * The body as an object; undefined when it is empty.
 *
 * @throws Refusal broken_json, too_complex, duplicate_key, forbidden_key, or validation with the
 *   field whose text cannot be stored
 */
export function readJson(bytes: Buffer, limits: BodyLimits): object | undefined {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw new Refusal('broken_json')
  const decoded = bytes.toString('utf8')
  // Some accounting programs put the mark before every JSON they send.
  const text = decoded.charCodeAt(0) === BYTE_ORDER_MARK ? decoded.slice(1) : decoded
  const keysInText = measure(text, limits)
  const body = parse(text)
  const seen: Seen = { keys: 0, faults: {} }
  for (const [field, value] of Object.entries(body)) {
    seen.keys += 1
    if (!isStorable(field)) throw new Refusal('forbidden_key')
    checkKey(field, value)
    inspect(value, field, seen)
  }
  // JSON.parse keeps the last of two equal names, a proxy before us might have read the first.
  if (seen.keys !== keysInText) throw new Refusal('duplicate_key')
  refuseFaults(seen.faults)
  return body
}

/** Counts before anything is built, so that a hostile body costs one pass over its text. */
function measure(text: string, limits: BodyLimits): number {
  let depth = -1
  let keys = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (isInString) {
      if (unit === BACKSLASH) at += 1
      else if (unit === QUOTE) isInString = false
    } else if (unit === QUOTE) {
      isInString = true
    } else if (unit === COLON) {
      keys += 1
      if (keys > limits.keys) throw new Refusal('too_complex')
    } else if (opens(unit)) {
      depth += 1
      if (depth > limits.depth) throw new Refusal('too_complex')
    } else if (closes(unit)) {
      depth -= 1
    }
  }
  return keys
}

function opens(unit: number): boolean {
  return unit === 0x7b || unit === 0x5b
}

function closes(unit: number): boolean {
  return unit === 0x7d || unit === 0x5d
}

function parse(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('broken_json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('broken_json')
  }
  return value
}

interface Seen {
  keys: number
  faults: Record<string, string>
}

/** Recursion is bounded by the depth that `measure` allowed. */
function inspect(value: unknown, field: string, seen: Seen): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) seen.faults[field] = BAD_TEXT
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) inspect(item, field, seen)
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    seen.keys += 1
    if (!isStorable(key)) seen.faults[field] = BAD_TEXT
    checkKey(key, inner)
    inspect(inner, field, seen)
  }
}

/** Names by which a careless copy of the object would reach its prototype (A19). */
function checkKey(key: string, value: unknown): void {
  if (key === '__proto__') throw new Refusal('forbidden_key')
  const isConstructor = key === 'constructor' && typeof value === 'object' && value !== null
  if (isConstructor && Object.hasOwn(value, 'prototype')) throw new Refusal('forbidden_key')
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no text. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
