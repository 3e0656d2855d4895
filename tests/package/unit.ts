// The systemd unit as systemd itself reads it, where it is installed; it need not run.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In tenths of systemd's own measure, where 0 is a service that can do nothing and 100 one that can all. */
const EXPOSURE_MAX = 15

/** `program` stands in for the installed command, which must exist to be believed. */
export function examineUnit(unit: string, program: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'byfly-unit-'))
  try {
    const copy = join(folder, 'byfly-pay.service')
    const text = readFileSync(unit, 'utf8')
    const runnable = text.replace(/^ExecStart=\S+/m, `ExecStart=${program}`)
    assert.notEqual(runnable, text, 'ExecStart')
    writeFileSync(copy, runnable)
    analyze('verify', copy)
    analyze('security', '--offline=true', `--threshold=${EXPOSURE_MAX}`, copy)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function analyze(...words: string[]): void {
  const ran = spawnSync('systemd-analyze', words, { encoding: 'utf8' })
  assert.equal(ran.status, 0, `systemd-analyze ${words[0]}:\n${ran.stdout}${ran.stderr}`)
  assert.equal(ran.stderr, '', `systemd-analyze ${words[0]}`)
}
