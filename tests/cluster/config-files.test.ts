// The files that an operator fills: every place in them has its line in `machine.env`, and no line is left
// over. That they work is shown by `npm run cluster`, which fills the same files.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../packages/server/src/config.ts'
import { CONFIG_FILES, CONFIG_FOLDER, filled, namesIn, readEnv } from './config-files.ts'

const MACHINE = readEnv(readFileSync(join(CONFIG_FOLDER, 'machine.env'), 'utf8'))

test('every place of the files has its line in machine.env, and every line its place', () => {
  const places = new Set(CONFIG_FILES.flatMap(namesIn))
  assert.deepEqual([...places].sort(), Object.keys(MACHINE).sort())
})

test('a name without a value is a fault', () => {
  assert.throws(() => filled('etcd.env', {}), /etcd\.env: нет значения NAME/)
})

test('the centre takes its file as a configuration', () => {
  const env = { ...readEnv(filled('centre.env', MACHINE)), BYFLY_SECRET_KEY: 'k'.repeat(48) }
  const { drainMs, mode, trustedHops } = readConfig(env)
  assert.deepEqual([mode, trustedHops], ['production', 1])
  assert.ok(drainMs > 0)
})
