// A release: the package, what it brings with it, what is new, and the sums by which whoever downloads them knows
// them. Nothing is built while anything is wrong, and everything that is wrong is said at once.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sectionOf } from './changelog.ts'
import { pack } from './pack.ts'
import { describe } from './sbom.ts'

const UNRELEASED = 'Unreleased'

export interface ReleaseState {
  readonly version: string
  /** Of every workspace, by its folder. */
  readonly versions: Readonly<Record<string, string>>
  readonly changelog: string
  /** What git says has changed since the commit; empty for a clean tree. */
  readonly changes: string
  /** Whether this version has its tag already. */
  readonly isTagged: boolean
  /** A rehearsal takes what is not released yet for the version's own section. */
  readonly isRehearsal: boolean
}

export function releaseFaults(state: ReleaseState): string[] {
  const { version, versions, changes, isTagged } = state
  const faults: string[] = []
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`package.json: версия «${version}» не x.y.z`)
  for (const [folder, own] of Object.entries(versions)) {
    if (own !== version) faults.push(`${folder}: версия ${own}, а выпускается ${version}`)
  }
  if (notesFor(state) === null) {
    faults.push(`CHANGELOG.md: нет раздела «## [${version}] - год-месяц-день» или он пуст`)
  }
  if (isTagged) faults.push(`v${version} уже выпущена: поднимите версию`)
  if (changes !== '') faults.push(`Есть изменения не в коммите:\n${changes}`)
  return faults
}

export function notesFor(
  state: Pick<ReleaseState, 'changelog' | 'isRehearsal' | 'version'>,
): string | null {
  const { changelog, isRehearsal, version } = state
  return sectionOf(changelog, version) ?? (isRehearsal ? sectionOf(changelog, UNRELEASED) : null)
}

export interface Built {
  readonly tarball: string
  /** All that belongs to the release, the sums last. */
  readonly files: readonly string[]
}

/** Into an emptied `folder`. `madeAt` is the commit's time, in ISO 8601. */
export function buildRelease(root: string, folder: string, notes: string, madeAt: string): Built {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tarball = pack(root, folder)
  const bom = tarball.replace(/\.tgz$/, '.cdx.json')
  const news = join(folder, 'NOTES.md')
  writeFileSync(bom, describe(root, madeAt))
  writeFileSync(news, `${notes}\n`)
  const made = [tarball, bom, news]
  const sums = join(folder, 'SHA256SUMS')
  writeFileSync(sums, made.map((file) => `${sumOf(file)}  ${basename(file)}\n`).join(''))
  return { tarball, files: [...made, sums] }
}

function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
