// Draws a part of the page anew only when what it shows has changed, so that nothing jumps under a finger and
// no focus is lost twice a second.

import { redraw } from '../checkout/redraw.js'

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap()

/**
 * @param {HTMLElement} place has the focus when what had it is gone
 * @param {unknown} what all that decides how it looks
 * @param {() => readonly Node[]} parts
 */
export function drawIfChanged(place, what, parts) {
  const now = JSON.stringify(what)
  if (shown.get(place) === now) return
  shown.set(place, now)
  redraw(place, place, parts(), true)
}
