// How wide a place is, in CSS pixels: what fits beside a menu and sections is told by the place, not by the screen.

import { useCallback, useState } from 'react'

/** Null until it is on the page; told again whenever it changes. */
export function useWidth(): [
  ref: (element: HTMLElement | null) => () => void,
  width: number | null,
] {
  const [width, setWidth] = useState<number | null>(null)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return () => {}
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
