// A part of the page over the whole screen, for a monitor. Where the browser has no such thing, nothing happens.

import { type RefObject, useEffect, useState } from 'react'

export function useFullScreen(element: RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const note = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', note)
    return () => document.removeEventListener('fullscreenchange', note)
  }, [])
  return {
    isFull,
    enter: () => void element.current?.requestFullscreen?.().catch(() => {}),
    leave: () => void document.exitFullscreen().catch(() => {}),
  }
}
