// The runnable examples of docs/examples as the reference shows them: the text of the very files that
// the tests run, never a copy.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const DOCS = fileURLToPath(new URL('../../../../../docs/', import.meta.url))

interface Language {
  readonly folder: string
  readonly ending: string
  /** As the page names it to its highlighter. */
  readonly lang: string
  readonly label: string
}

const LANGUAGES: readonly Language[] = [
  { folder: 'curl', ending: 'sh', lang: 'shell', label: 'curl' },
  { folder: 'php', ending: 'php', lang: 'php', label: 'PHP' },
  { folder: 'python', ending: 'py', lang: 'python', label: 'Python' },
  { folder: 'node', ending: 'mjs', lang: 'node', label: 'Node' },
]

/** What each example does, for the list of those that one call has. */
const TITLES: Readonly<Record<string, string>> = {
  create: 'создать',
  retry: 'повторить без дублей',
  start: 'начать',
  'pay-rest': 'взять остаток',
  poll: 'опрос',
  wait: 'долгий запрос',
}

/** OpenAPI's `x-codeSamples` for examples of these names. */
export function codeSamples(names: readonly string[]) {
  return names.flatMap((name) => LANGUAGES.flatMap((language) => sampleOf(name, language, names)))
}

function sampleOf(
  name: string,
  { folder, ending, lang, label }: Language,
  names: readonly string[],
) {
  const file = `examples/${folder}/${name}.${ending}`
  if (!existsSync(`${DOCS}${file}`)) return []
  const shown = names.length === 1 ? label : `${label}: ${TITLES[name] ?? name}`
  return [{ lang, label: shown, source: readFileSync(`${DOCS}${file}`, 'utf8').trimEnd() }]
}
