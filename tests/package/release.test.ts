// What stands in the way of a release, and what a release says of itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sectionOf } from '../../packaging/changelog.ts'
import { notesFor, type ReleaseState, releaseFaults } from '../../packaging/release.ts'

const CHANGELOG = `# Changelog

## [Unreleased]

- Coming.

## [1.2.0] - 2026-11-25

- New.
- Also
  new.

## 1.1.0

- Old.
`

const STATE: ReleaseState = {
  version: '1.2.0',
  versions: { 'packages/core': '1.2.0' },
  changelog: CHANGELOG,
  changes: '',
  isTagged: false,
  isRehearsal: false,
}

test('news are the version’s own section, to the next one', () => {
  assert.equal(sectionOf(CHANGELOG, '1.2.0'), '- New.\n- Also\n  new.')
  assert.equal(sectionOf(CHANGELOG, '1.1.0'), '- Old.')
  assert.equal(sectionOf(CHANGELOG, '1.2'), null)
  assert.equal(sectionOf('## [2.0.0] - 2026-01-01\n\n## 1.0.0\n- x', '2.0.0'), null)
})

test('nothing stands in the way of a clean commit with its section', () => {
  assert.deepEqual(releaseFaults(STATE), [])
})

test('everything that is wrong is said at once', () => {
  const faults = releaseFaults({
    ...STATE,
    version: '2.0',
    changes: ' M README.md',
    isTagged: true,
  })
  assert.equal(faults.length, 5)
  assert.match(faults.join('\n'), /packages\/core: версия 1\.2\.0, а выпускается 2\.0/)
})

test('a rehearsal takes what is not released yet, a release never', () => {
  const next = { ...STATE, version: '1.3.0', versions: {} }
  assert.equal(notesFor({ ...next, isRehearsal: true }), '- Coming.')
  assert.equal(notesFor({ ...STATE, isRehearsal: true }), '- New.\n- Also\n  new.')
  assert.equal(notesFor(next), null)
  assert.equal(releaseFaults(next).length, 1)
})
