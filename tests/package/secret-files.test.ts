// Secrets that come as files, as containers and systemd hand them.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig } from '../../packages/server/src/config.ts'

const KEY = 'a secret key for tests, never for anything real'
const folder = mkdtempSync(join(tmpdir(), 'byfly-secrets-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function written(text: string): string {
  const path = join(folder, `${text.length}`)
  writeFileSync(path, text)
  return path
}

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig({ BYFLY_MODE: 'production', ...env })
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.faults
  }
}

test('a secret in a file is the same as one in the variable, without the end of its line', () => {
  const config = readConfig({
    DATABASE_URL_FILE: written('postgresql://x:y@database/byfly\n'),
    BYFLY_SECRET_KEY_FILE: written(`${KEY}\n`),
  })
  assert.equal(config.mode, 'production')
  assert.equal(config.databaseUrl, 'postgresql://x:y@database/byfly')
  assert.equal(config.secretKey, KEY)
})

test('what a file holds is checked like the rest, and never told', () => {
  const [fault = '', ...others] = faultsOf({ BYFLY_SECRET_KEY_FILE: written('too short') })
  assert.match(fault, /^BYFLY_SECRET_KEY: не короче 32 знаков/)
  assert.doesNotMatch(fault, /too short/)
  assert.deepEqual(others, [])
})

test('no file, an empty one, one too large, and a secret given twice are faults', () => {
  const key = 'BYFLY_SECRET_KEY_FILE'
  assert.match(
    faultsOf({ [key]: join(folder, 'absent') }).join(),
    /FILE: файл .* не читается \(ENOENT\)/,
  )
  assert.match(faultsOf({ [key]: written('\n') }).join(), /пуст или слишком велик/)
  assert.match(faultsOf({ [key]: written('x'.repeat(5000)) }).join(), /пуст или слишком велик/)
  assert.deepEqual(faultsOf({ [key]: written(KEY), BYFLY_SECRET_KEY: KEY }), [
    'BYFLY_SECRET_KEY и BYFLY_SECRET_KEY_FILE: нужно одно из двух',
  ])
})
