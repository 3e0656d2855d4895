// Prometheus' own checker of rules. Where it is missing and may be had, it is taken out of Debian's package without
// installing that, which would start a server.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const KEPT = join(import.meta.dirname, '../../node_modules/.cache/promtool')
const PROGRAM = join(KEPT, 'usr/bin/promtool')
const FETCH_LIMIT_MS = 100_000

/** The program, or null when it is missing and the test was skipped with a sentence that says so. */
export function promtoolOf(t: TestContext): string | null {
  const isInstalled = spawnSync('promtool', ['--version']).status === 0
  if (isInstalled) return 'promtool'
  if (!existsSync(PROGRAM) && process.getuid?.() === 0) takeOut()
  if (existsSync(PROGRAM)) return PROGRAM
  const sentence =
    'promtool не найден, правила не проверены. Установите: apt-get install prometheus'
  assert.ok(process.env['CI'] !== 'true', sentence)
  t.skip(sentence)
  return null
}

function takeOut(): void {
  const folder = mkdtempSync(join(tmpdir(), 'byfly-promtool-'))
  const inFolder = { cwd: folder, timeout: FETCH_LIMIT_MS }
  spawnSync('apt-get', ['-qq', 'download', 'prometheus'], inFolder)
  const found = readdirSync(folder).find((name) => name.endsWith('.deb'))
  if (found !== undefined) {
    mkdirSync(KEPT, { recursive: true })
    const command = 'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" ./usr/bin/promtool'
    spawnSync('sh', ['-c', command, found, KEPT], inFolder)
  }
  rmSync(folder, { recursive: true, force: true })
}
