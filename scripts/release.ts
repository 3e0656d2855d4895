// `npm run release`: builds the release of this commit into dist-release/ and gives the commit its tag. With `--check`
// it is a rehearsal: the same files, no tag, and what is not released yet stands for the version's news.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildRelease, notesFor, type ReleaseState, releaseFaults } from '../packaging/release.ts'

const ROOT = join(import.meta.dirname, '..')

const say = (line: string) => process.stdout.write(`${line}\n`)
const text = (name: string) => readFileSync(join(ROOT, name), 'utf8')
const versionOf = (folder: string): string => JSON.parse(text(join(folder, 'package.json'))).version

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim()
}

function readState(isRehearsal: boolean): ReleaseState {
  const version = versionOf('.')
  const folders = readdirSync(join(ROOT, 'packages'))
    .map((name) => join('packages', name))
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
  return {
    version,
    versions: Object.fromEntries(folders.map((folder) => [folder, versionOf(folder)])),
    changelog: text('CHANGELOG.md'),
    changes: git('status', '--porcelain'),
    isTagged: git('tag', '--list', `v${version}`) !== '',
    isRehearsal,
  }
}

function release(isRehearsal: boolean): number {
  const state = readState(isRehearsal)
  const faults = releaseFaults(state)
  const notes = notesFor(state)
  if (faults.length > 0 || notes === null) {
    say(`Выпустить ${state.version} нельзя:\n${faults.map((fault) => `  • ${fault}`).join('\n')}`)
    return 1
  }
  const madeAt = new Date(git('log', '-1', '--format=%cI')).toISOString()
  const { files } = buildRelease(ROOT, join(ROOT, 'dist-release'), notes, madeAt)
  for (const file of files) say(file)
  if (isRehearsal) {
    say('Это проверка: метка не поставлена.')
    return 0
  }
  git('tag', '--annotate', `v${state.version}`, '--message', `ByFly Pay ${state.version}`)
  say(`Коммит помечен v${state.version}. Осталось: git push origin v${state.version}`)
  return 0
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
process.exitCode = release(values.check)
