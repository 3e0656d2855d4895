// The switch of languages.

import { button, element, fill } from '../element.js'
import { LANGUAGES } from '../language.js'

/** @typedef {import('../main.js').Page} Page */
/** @typedef {import('../main.js').Feature} Feature */

/**
 * @param {Page} page
 * @returns {Feature}
 */
export function open(page) {
  const place = document.getElementById('languages')
  const buttons = LANGUAGES.map((words) => {
    const made = button('language', () => choose(words), words.short)
    made.lang = words.code
    made.title = words.name
    return made
  })

  /** @param {import('../language.js').Words} words */
  function choose(words) {
    page.speak(words)
    mark(words.code)
  }

  /** @param {string} code */
  function mark(code) {
    for (const each of buttons) each.setAttribute('aria-pressed', String(each.lang === code))
    place?.setAttribute('aria-label', page.words().language)
  }

  const items = buttons.map((each) => element('li', {}, each))
  if (place !== null) fill(place, [element('ul', { role: 'list' }, ...items)])
  mark(page.words().code)
  return { drawn: (_screen, words) => mark(words.code) }
}
