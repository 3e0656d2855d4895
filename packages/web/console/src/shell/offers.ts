// What may be done on the open page, as it offers it to the palette while it is there.

import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Offer {
  readonly name: string
  readonly run: () => void
}

const offered = new Map<symbol, readonly Offer[]>()
const listeners = new Set<() => void>()
let all: readonly Offer[] = []

function change(page: symbol, offers: readonly Offer[] | null): void {
  if (offers === null) offered.delete(page)
  else offered.set(page, offers)
  all = [...offered.values()].flat()
  for (const tell of listeners) tell()
}

/** Offers these while the component is on the page; whoever offers does not listen. */
export function useOffers(offers: readonly Offer[]): void {
  const page = useRef(Symbol('page')).current
  useEffect(() => change(page, offers))
  useEffect(() => () => change(page, null), [page])
}

export function useOffered(): readonly Offer[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => all,
  )
}
