// Whether the centre is heard, and when it was heard last: by its own clock, for nothing on the page is reckoned
// from the clock of the machine that shows it.

import { useSyncExternalStore } from 'react'

export interface Contact {
  /** Whether the last that was asked got no answer at all. */
  readonly isLost: boolean
  /** When the centre was heard last, in its own time and zone: `2025-12-24 10:05:30`; null if it never said. */
  readonly heardAt: string | null
  /** Whether changes are told as they happen; where they are not, pages ask now and then. */
  readonly isLive: boolean
}

/** What the centre said the time was, and when that came, on the clock that nobody sets. */
let spoken: { readonly at: string; readonly atMs: number } | null = null
let heardMs = 0
let contact: Contact = { isLost: false, heardAt: null, isLive: false }
const listeners = new Set<() => void>()

export function heard(): void {
  heardMs = performance.now()
  if (contact.isLost) become({ ...contact, isLost: false })
}

export function missed(): void {
  if (!contact.isLost) become({ ...contact, isLost: true, heardAt: heardAt() })
}

export function heardTime(at: string): void {
  spoken = { at, atMs: performance.now() }
  heard()
}

export function setLive(isLive: boolean): void {
  if (isLive !== contact.isLive) become({ ...contact, isLive })
}

export function useContact(): Contact {
  return useSyncExternalStore(subscribe, () => contact)
}

const CALM_MS = 60_000

/** How often a page asks by itself: seldom while it is told of every change. */
export function useEvery(everyMs: number): number {
  return useContact().isLive ? Math.max(everyMs, CALM_MS) : everyMs
}

function become(next: Contact): void {
  contact = next
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function heardAt(): string | null {
  if (spoken === null) return null
  // As if it were UTC: only the distance counts, and the zone is the centre's before and after.
  const atMs = Date.parse(`${spoken.at.replace(' ', 'T')}Z`) + heardMs - spoken.atMs
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')
}
