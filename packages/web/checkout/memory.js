// What this browser keeps between two openings of the page. Browsers inside apps may forbid it, so every
// touch may fail and nothing may depend on it.

import { wallMs } from './clock.js'

const LANGUAGE = 'byfly-language'
const WISH = 'byfly-wish'
/** A place in the queue lives as long after its last call (S8). */
const WISH_LIFE_MS = 60_000

/**
 * @template T
 * @param {() => T} touch
 * @returns {T | null}
 */
function ifAllowed(touch) {
  try {
    return touch()
  } catch {
    return null
  }
}

export function rememberedLanguage() {
  return ifAllowed(() => localStorage.getItem(LANGUAGE))
}

/** @param {string} code */
export function rememberLanguage(code) {
  ifAllowed(() => localStorage.setItem(LANGUAGE, code))
}

/**
 * The method chosen here a moment ago whose payment had not begun when the page was left, or null.
 *
 * @param {string} base address of the payment's page
 * @returns {string | null}
 */
export function rememberedWish(base) {
  return ifAllowed(() => {
    const { of, method, atMs } = JSON.parse(sessionStorage.getItem(WISH) ?? '{}')
    const isFresh = wallMs() - atMs < WISH_LIFE_MS
    return of === base && isFresh && typeof method === 'string' ? method : null
  })
}

/**
 * @param {string} base
 * @param {string | null} method null forgets it
 */
export function rememberWish(base, method) {
  ifAllowed(() => {
    if (method === null) sessionStorage.removeItem(WISH)
    else sessionStorage.setItem(WISH, JSON.stringify({ of: base, method, atMs: wallMs() }))
  })
}
