// The keys of the whole console. Letters are known by their place on the keyboard, so that they work in any
// layout; what is typed into a field is never one of them.

import { useEffect, useRef } from 'react'

/** Places are gone to by G and their letter, one after the other. */
export const GO = 'KeyG'
const BETWEEN_MS = 1_500

export interface Keys {
  readonly onPalette: () => void
  readonly onSearch: () => void
  readonly onHelp: () => void
  /** @param code of the letter after G */
  readonly onGo: (code: string) => void
}

const TYPING = 'input, textarea, select, [contenteditable], [role=combobox]'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TYPING) !== null
}

export function useKeys(keys: Keys): void {
  const newest = useRef(keys)
  newest.current = keys
  useEffect(() => {
    let goneMs = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      const { altKey, code, ctrlKey, key, metaKey, shiftKey, timeStamp } = event
      const { onGo, onHelp, onPalette, onSearch } = newest.current
      const take = (act: () => void) => {
        event.preventDefault()
        act()
      }
      if ((ctrlKey || metaKey) && !altKey && !shiftKey && code === 'KeyK') return take(onPalette)
      if (ctrlKey || metaKey || altKey || isTyping(event.target)) return
      if (key === '?' || (code === 'Slash' && shiftKey)) return take(onHelp)
      if (key === '/' || code === 'Slash') return take(onSearch)
      const isSecond = timeStamp - goneMs < BETWEEN_MS
      goneMs = code === GO && !isSecond ? timeStamp : Number.NEGATIVE_INFINITY
      if (isSecond && !shiftKey) take(() => onGo(code))
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

export function letterOf(code: string): string {
  return code.replace('Key', '')
}

/** As the keyboard of this machine names it. */
export const PALETTE_KEYS = /mac/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'
