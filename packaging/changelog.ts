// What CHANGELOG.md (in the form of Keep a Changelog) says of one version: the words of its release, nobody writes
// them a second time.

/** Of `## [1.2.3] - 2026-01-31` or `## Unreleased`, without its title; null where there is none. */
export function sectionOf(changelog: string, name: string): string | null {
  const lines = changelog.split('\n')
  const from = lines.findIndex((line) => titleOf(line) === name)
  if (from < 0) return null
  const rest = lines.slice(from + 1)
  const end = rest.findIndex((line) => titleOf(line) !== null)
  const text = (end < 0 ? rest : rest.slice(0, end)).join('\n').trim()
  return text === '' ? null : text
}

function titleOf(line: string): string | null {
  return /^## \[?([\w.+-]+)\]?(?: - \d{4}-\d{2}-\d{2})?$/.exec(line)?.[1] ?? null
}
