// Which of the four languages the page speaks: the one chosen here before, else the first of the browser's
// that it can, else Russian.

import { rememberedLanguage } from './memory.js'
import { en } from './words/en.js'
import { kk } from './words/kk.js'
import { ru } from './words/ru.js'
import { uz } from './words/uz.js'

/** @typedef {import('./words/ru.js').Words} Words */

/** In the order of the switch. All of them come at once, so that switching needs no line. */
export const LANGUAGES = [kk, ru, uz, en]

/** @returns {Words} */
export function chosenLanguage() {
  const wanted = [rememberedLanguage(), ...(navigator.languages ?? [navigator.language])]
  for (const tag of wanted) {
    const code = String(tag).toLowerCase().split('-')[0]
    const found = LANGUAGES.find((words) => words.code === code)
    if (found !== undefined) return found
  }
  return ru
}
