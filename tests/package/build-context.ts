// What `docker build` would be given of the sources: .dockerignore read as Docker reads it, the last line that
// fits a path decides.

import { cpSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

interface Line {
  readonly path: string
  readonly fits: RegExp
  readonly isAdmitting: boolean
}

/** @returns whether a path from the root of the sources stays out of the build */
export function readIgnored(root: string): (path: string) => boolean {
  const lines = readLines(root)
  return (path) => isLeftOut(lines, path)
}

export function copyBuildContext(root: string, target: string): void {
  const lines = readLines(root)
  const leadsToAdmitted = (path: string) =>
    lines.some((line) => line.isAdmitting && line.path.startsWith(`${path}/`))
  cpSync(root, target, {
    recursive: true,
    filter: (source) => {
      const path = relative(root, source)
      return path === '' || !isLeftOut(lines, path) || leadsToAdmitted(path)
    },
  })
}

function isLeftOut(lines: readonly Line[], path: string): boolean {
  return lines.findLast((line) => line.fits.test(path))?.isAdmitting === false
}

function readLines(root: string): Line[] {
  return readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const path = line.replace(/^!/, '')
      return { path, fits: patternOf(path), isAdmitting: line.startsWith('!') }
    })
}

/** A folder's line is its files' too; `*` is any name, also one that begins with a dot. */
function patternOf(path: string): RegExp {
  const pattern = path
    .replace(/[.+^$()[\]{}|\\]/g, '\\$&')
    .replaceAll('**/', '(?:.*/)?')
    .replace(/(?<!\.)\*/g, '[^/]*')
  return new RegExp(`^${pattern}(?:/.*)?$`)
}
