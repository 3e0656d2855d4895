// A34: no secret of anybody stands in the tree. Every tracked file of text is read by a lint of known kinds of
// keys, tokens and addresses with passwords; what is known to be none is named here with its reason.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'

const ROOT = join(import.meta.dirname, '../..')
const RULES = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }],
}
const PICTURES = /\.(png|jpe?g|ico|woff2?)$/

/** File, what the lint takes for a secret there, and why it is none. */
const KNOWN: readonly (readonly [file: string, text: string, why: string])[] = [
  [
    'packages/server/src/storage/embedded/binaries.ts',
    'byfly:пароль',
    'advice to an operator: the word «password» where theirs comes',
  ],
  [
    'scripts/check-on-postgres-15.mjs',
    'postgres:test',
    'a server that lives as long as the check, on loopback',
  ],
  ['tests/staff/terminal-cli.test.ts', 'eye:secret', 'an invented camera'],
  ['tests/staff/terminals.test.ts', 'eye:secret', 'an invented camera'],
]

async function findIn(filePath: string, content: string): Promise<string[]> {
  const source = { filePath, content, contentType: 'text' as const }
  const { messages } = await lintSource({ source, options: { config: RULES } })
  return messages.map(({ message }) => message)
}

test('A34: no tracked file holds a key, a token or a password', async () => {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  const files = listed.split('\0').filter((path) => path !== '' && !PICTURES.test(path))
  assert.ok(files.length > 1_000)
  const used = new Set<string>()
  for (const file of files) {
    for (const message of await findIn(file, readFileSync(join(ROOT, file), 'utf8'))) {
      const known = KNOWN.find(([path, text]) => path === file && message.includes(text))
      assert.ok(known, `${file}: ${message}`)
      used.add(known.join())
    }
  }
  assert.equal(used.size, KNOWN.length, 'every exception is still needed')
})

test('A34: the lint sees what it looks for', async () => {
  // In two parts, so that this file holds none of them.
  const planted = [
    `-----BEGIN RSA ${'PRIVATE KEY'}-----\n${'MIIEpAIBAAKCAQEA'.repeat(8)}\n-----END RSA ${'PRIVATE KEY'}-----`,
    `AWS_SECRET_ACCESS_KEY=${'wJalrXUtnFEMI/K7MDENG/'}${'bPxRfiCYzzzzzzzzzz'}`,
    `${'postgresql'}://centre:hunter2@db.internal:5432/pay`,
    `${'http'}://eye:hunter2@10.0.0.9/`,
  ]
  for (const text of planted) assert.ok((await findIn('a.env', text)).length > 0, text.slice(0, 40))
})
