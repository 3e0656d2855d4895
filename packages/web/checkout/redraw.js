// Puts what was drawn into the page without losing the reader's place: what was unfolded stays so, and the
// focus of a keyboard or a screen reader does not fall off the page.

import { fill } from './element.js'

const FOCUSABLE = 'a, button, summary'

/**
 * @param {Element} body
 * @param {HTMLElement} headline has the focus when what had it is gone
 * @param {readonly Node[]} children
 * @param {boolean} isSameScreen only its figures have changed
 */
export function redraw(body, headline, children, isSameScreen) {
  const had = focusables(body).indexOf(document.activeElement)
  const unfolded = [...body.querySelectorAll('details')].map(({ open }) => open)
  fill(body, children)
  if (isSameScreen) {
    body.querySelectorAll('details').forEach((each, index) => {
      each.open = unfolded[index] ?? each.open
    })
  }
  if (had < 0) return
  const same = isSameScreen ? focusables(body)[had] : undefined
  if (same instanceof HTMLElement) same.focus()
  else headline.focus()
}

/**
 * @param {Element} body
 * @returns {(Element | null)[]}
 */
function focusables(body) {
  return [...body.querySelectorAll(FOCUSABLE)]
}
