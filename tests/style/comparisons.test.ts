// A23: what proves somebody is looked up by its hash, or compared in a time that tells nothing; nowhere is it
// compared sign by sign.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '../..')
const ROOMS = ['packages/server/src', 'packages/contract/src', 'packages/core/src']
const PROOF = String.raw`(?:\w*\.)*\w*(?:[tT]oken|[sS]ecret|[sS]ignature|[hH]ash|[pP]assword|[mM]ac)`
/** A proof on either side; whether there is one at all may be asked. */
const COMPARED = new RegExp(
  String.raw`\b${PROOF}(?:\(\w*\))? (?:===|!==) (?!null\b|undefined\b|'|\d)|(?:===|!==) ${PROOF}\b(?![\w.])`,
)
const EQUAL = new RegExp(String.raw`\b${PROOF}\)?\.(?:equals|compare|localeCompare)\(`)

/** Not a secret: a hash of what both sides may see. */
const PUBLIC = [
  // The chain of the audit is checked by whoever can read it anyway.
  'packages/server/src/accounts/verify-audit.ts',
  // Whether a folder holds the archive that was written of a month.
  'packages/server/src/months/archive-month.ts',
  'packages/server/src/months/restore-month.ts',
  // Whether a folder holds the backup whose manifest it has.
  'packages/server/src/archives/backup-folder.ts',
  // How a token of an earlier centre is spelt, before it is kept as a hash.
  'packages/server/src/imports/bring-sources.ts',
  // Whether a request is the one that its Idempotency-Key came with before.
  'packages/server/src/http/idempotency.ts',
]

function sources(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => `${room}/${path}`),
  )
}

test('A23: no token, secret, signature or hash is compared by an operator', () => {
  const found = sources()
    .filter((path) => !PUBLIC.includes(path))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .filter((line) => COMPARED.test(line) || EQUAL.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    )
  assert.deepEqual(found, [])
})

test('A23: the lint sees what it looks for', () => {
  const bad = [
    'if (token === given) return',
    'return source.webhookSecret !== given',
    'given === apiToken',
    'hash.equals(other)',
  ]
  const good = [
    "if (token === '') return",
    'secret === null',
    'tokenVersion === 3',
    'a === b.tokenVersion',
  ]
  for (const line of bad) assert.ok(COMPARED.test(line) || EQUAL.test(line), line)
  for (const line of good) assert.ok(!COMPARED.test(line) && !EQUAL.test(line), line)
})
