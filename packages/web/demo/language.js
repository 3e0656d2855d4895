// Which of the four languages the page speaks, and the switch between them. The choice is the payment page's
// too: both remember it in one place.

import { button, element, fill } from '../checkout/element.js'
import { rememberedLanguage, rememberLanguage } from '../checkout/memory.js'
import { en } from './words/en.js'
import { kk } from './words/kk.js'
import { ru } from './words/ru.js'
import { uz } from './words/uz.js'

/** @typedef {import('./words/ru.js').Words} Words */

/** In the order of the switch. */
export const LANGUAGES = [kk, ru, uz, en]

/** @returns {Words} */
export function chosenLanguage() {
  const wanted = [rememberedLanguage(), ...navigator.languages]
  for (const tag of wanted) {
    const code = String(tag).toLowerCase().split('-')[0]
    const found = LANGUAGES.find((words) => words.code === code)
    if (found !== undefined) return found
  }
  return ru
}

/**
 * @param {Element} place
 * @param {Words} spoken
 * @param {(words: Words) => void} speak
 */
export function drawLanguages(place, spoken, speak) {
  const items = LANGUAGES.map((words) => {
    const choose = () => {
      rememberLanguage(words.code)
      speak(words)
      place.querySelector(`[lang="${words.code}"]`)?.querySelector('button')?.focus()
    }
    const made = button('language', choose, words.short)
    made.title = words.name
    made.setAttribute('aria-pressed', String(words.code === spoken.code))
    return element('li', { lang: words.code }, made)
  })
  place.setAttribute('aria-label', spoken.language)
  fill(place, [element('ul', { role: 'list' }, ...items)])
}
