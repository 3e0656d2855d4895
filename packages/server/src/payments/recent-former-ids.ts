// Remembers which payments have an id of an earlier centre, so that a call costs no look into the database where
// nothing came over. An id that is one stays one for ever; that something is not one is believed for a while.

import { SECOND_MS } from '@byfly-pay/core'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../ports/clock.ts'
import type { FormerIdStore } from '../ports/import-store.ts'

/** How long after an import begins an id that was asked for before it may stay unknown. */
const BELIEVED_MS = 10 * SECOND_MS
const IDS_LIMIT = 20_000

type Found = Awaited<ReturnType<FormerIdStore['find']>>

export function recentFormerIds(store: FormerIdStore, clock: Clock): FormerIdStore {
  const ids = new LRUCache<string, { readonly found: Found; readonly atMs: number }>({
    max: IDS_LIMIT,
  })
  let any = { isAny: false, atMs: Number.NEGATIVE_INFINITY }
  const isFresh = (atMs: number) => Math.abs(clock.now() - atMs) < BELIEVED_MS

  async function areAny(): Promise<boolean> {
    if (!any.isAny && !isFresh(any.atMs)) {
      any = { isAny: await store.areAny(), atMs: clock.now() }
    }
    return any.isAny
  }

  return {
    areAny,
    async find(formerId) {
      if (!(await areAny())) return null
      const key = formerId.toUpperCase()
      const known = ids.get(key)
      if (known !== undefined && (known.found !== null || isFresh(known.atMs))) return known.found
      const found = await store.find(formerId)
      ids.set(key, { found, atMs: clock.now() })
      return found
    },
  }
}
