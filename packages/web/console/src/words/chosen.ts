// The language that was chosen, for what is not drawn: the calls of the centre, which speaks it too. The choice is
// this browser's; the first is what the browser prefers.

import { keep, kept } from '../show/kept.ts'
import { LANGUAGES, type Language } from './words.ts'

let chosen = preferred()

export function chosenLanguage(): Language {
  return chosen
}

export function choose(language: Language): void {
  chosen = language
  keep('language', language)
}

function preferred(): Language {
  const wanted = [kept('language'), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  const known = wanted.find((tag) => LANGUAGES.some((language) => language === tag))
  return (known as Language | undefined) ?? 'ru'
}
