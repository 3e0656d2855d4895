// Walking a list by keys, as in mail: `j` to the next row, `k` to the one before. The focus itself moves from
// link to link, so Enter opens and a screen reader follows.

import { type RefObject, useEffect, useRef } from 'react'

/** What a row's link is found by. */
export const WALKED = { 'data-walked': true } as const

/** Keys typed there are text, or another's. */
const BUSY =
  'input, textarea, select, [contenteditable], [role=dialog], [role=combobox], [role=menu]'

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, о: 1, л: -1 }

/** Goes round what walks: the same keys of a Cyrillic keyboard count too. */
export function useWalk(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEPS[event.key.toLowerCase()]
      const { target } = event
      if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return
      if (target instanceof HTMLElement && target.closest(BUSY) !== null) return
      const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-walked]') ?? [])]
      const here = links.findIndex((link) => link.matches(':focus'))
      const next = links[here === -1 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)]
      next?.focus()
      next?.scrollIntoView({ block: 'nearest' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return list
}
