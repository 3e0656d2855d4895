// The table of attacks (docs/development/attacks.md) names tests that there are, and leaves no attack without.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '../..')
const TABLE = join(ROOT, 'docs/development/attacks.md')
const LAST = 34
/** Never given to an attack. */
const SKIPPED = 'A33'

interface Row {
  readonly id: string
  readonly tests: readonly { readonly file: string; readonly name: string }[]
}

function readTable(): Row[] {
  const lines = readFileSync(TABLE, 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [id, , , tests] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (id === undefined || !/^A\d+$/.test(id) || tests === undefined) return []
    return { id, tests: tests.split(' · ').flatMap(readTest) }
  })
}

/** A command by hand is named too, but is no test. */
function readTest(text: string): Row['tests'] {
  const named = /^`([^`]+\.test\.ts)`: (.+)$/.exec(text)
  if (named === null) {
    assert.match(text, /^`npm run \w+`$/, text)
    return []
  }
  const [, file = '', name = ''] = named
  return [{ file, name }]
}

function namesIn(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
  const calls = source.matchAll(/\b(?:test|it|describe)\(\s*(?:'([^']*)'|`([^`]*)`)/g)
  return [...calls].map(([, plain, template]) => plain ?? template ?? '')
}

test('every attack has its row, and each at least one test', () => {
  const rows = readTable()
  const expected = Array.from({ length: LAST }, (_, at) => `A${at + 1}`)
  assert.deepEqual(
    rows.map(({ id }) => id),
    expected.filter((id) => id !== SKIPPED),
  )
  for (const { id, tests } of rows) assert.ok(tests.length > 0, id)
})

test('every test that the table names is there', () => {
  for (const { id, tests } of readTable()) {
    for (const { file, name } of tests) {
      assert.ok(existsSync(join(ROOT, file)), `${id}: ${file}`)
      assert.ok(
        namesIn(file).some((each) => each.includes(name)),
        `${id}: «${name}» in ${file}`,
      )
    }
  }
})
