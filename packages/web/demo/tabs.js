// On a narrow screen one of the three places is seen at a time; here it is chosen. A wide screen shows all.

import { button, element, fill } from '../checkout/element.js'

/** @typedef {import('./main.js').Place} Place */

/** @type {readonly Place[]} */
const PLACES = ['shop', 'terminals', 'phone']

/**
 * @param {Element} nav
 * @param {Place} chosen
 * @param {import('./words/ru.js').Words} words
 * @param {(place: Place) => void} go
 */
export function drawTabs(nav, chosen, words, go) {
  nav.setAttribute('aria-label', words.places.title)
  const items = PLACES.map((place) => {
    const tab = button('tab', () => go(place), words.places[place])
    tab.setAttribute('aria-pressed', String(place === chosen))
    return element('li', {}, tab)
  })
  const hadFocus = nav.contains(document.activeElement)
  fill(nav, [element('ul', { role: 'list' }, ...items)])
  if (hadFocus) items[PLACES.indexOf(chosen)]?.querySelector('button')?.focus()
}
