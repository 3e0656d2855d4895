// Countries as people name them, and as the contract keeps them (N9).

import type { Country } from '../ports/place-store.ts'

/** By its ISO code or its name, in any case; null when there is none such. */
function findCountry(word: string, countries: readonly Country[]): Country | null {
  const wanted = word.trim().toLowerCase()
  return (
    countries.find(({ iso, name }) => [iso, name].some((is) => is.toLowerCase() === wanted)) ?? null
  )
}

/** The ISO codes, each once; null when one of the words is no country. */
export function isoCodesOf(
  words: readonly string[],
  countries: readonly Country[],
): string[] | null {
  const found = words.map((word) => findCountry(word, countries)?.iso)
  const known = found.filter((iso) => iso !== undefined)
  return known.length === found.length ? [...new Set(known)] : null
}
