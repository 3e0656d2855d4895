// The key under which a wish is sent, so that a lost answer or a second click makes nothing twice: the same wish
// keeps its key until the centre has answered it, another wish has another.

import { useRef } from 'react'
import { CallError } from './call.ts'

export interface WishKeys {
  keyFor(wish: object): string
  /** To be told how each call ended; null for a success. */
  settle(error: unknown): void
}

const KEY_BYTES = 16

export function useWishKeys(): WishKeys {
  const held = useRef<{ readonly wish: string; readonly key: string } | null>(null)
  return {
    keyFor(wish) {
      const text = JSON.stringify(wish)
      if (held.current?.wish !== text) held.current = { wish: text, key: newKey() }
      return held.current.key
    },
    settle(error) {
      if (!isUnanswered(error)) held.current = null
    },
  }
}

/** Nobody can tell whether it was done: asked again under its key, it is done once. */
function isUnanswered(error: unknown): boolean {
  return error instanceof CallError && (error.status === 0 || error.status >= 500)
}

/** `crypto.randomUUID` is there under TLS alone. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
