// The house's walls (ARCHITECTURE.md): who may import whom. Data flows one way; a new arrow is a
// change of the architecture and is made here first.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'

const ROOT = resolve(import.meta.dirname, '../..')

/** Folder or file of the server → what it is. The longest match counts. */
const ROOMS: Readonly<Record<string, string>> = {
  'main.ts': 'root',
  'export-thread.ts': 'root',
  'listening.ts': 'root',
  'demo/': 'root',
  'maintenance/': 'root',
  'config.ts': 'reader',
  'text-settings.ts': 'reader',
  'channel-settings.ts': 'reader',
  'tls-settings.ts': 'reader',
  'clock.ts': 'reader',
  'random.ts': 'reader',
  'secret-key.ts': 'reader',
  'secret-files.ts': 'reader',
  'vault.ts': 'out',
  'staff-tokens.ts': 'out',
  'login-secrets.ts': 'out',
  'ports/': 'ports',
  'http/': 'in',
  'jobs/': 'in',
  'cli/': 'command',
  'payments/': 'middle',
  'refunds/': 'middle',
  'terminals/': 'middle',
  'notices/': 'middle',
  'alerts/': 'middle',
  'accounts/': 'middle',
  'first-run/': 'middle',
  'desks/': 'middle',
  'months/': 'middle',
  'backups/': 'middle',
  'doctor/': 'middle',
  'reconciliation/': 'middle',
  'imports/': 'middle',
  'storage/': 'out',
  'providers/': 'out',
  'sms/': 'out',
  'exports/': 'out',
  'archives/': 'out',
  'statements/': 'out',
  'former-books/': 'out',
  'channels/': 'out',
  'tls/': 'out',
  'telemetry/': 'out',
  'webhooks/': 'out',
}

/** Kind of room → kinds it may import; its own folder is always allowed. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  // A command opens the centre through the composition root, which knows no command.
  command: ['root', 'reader', 'ports', 'middle'],
  root: ['root', 'reader', 'ports', 'in', 'middle', 'out'],
  reader: ['ports'],
  in: ['ports', 'middle'],
  middle: ['ports', 'middle'],
  ports: ['ports'],
  out: ['ports'],
}

/** Arrows that are neither of the above, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'config.ts → secret-files.ts': 'reads the secrets that come as files with the rest',
  'config.ts → text-settings.ts': 'reads the settings of SMS with the rest',
  'config.ts → channel-settings.ts': 'reads the settings of messengers with the rest',
  'config.ts → tls-settings.ts': 'reads the settings of TLS with the rest',
  'cli/migrate.ts → storage/migrate.ts': 'names the newest migration',
}

const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ['core'],
  server: ['core', 'contract'],
  simulator: [],
}

interface Import {
  readonly from: string
  readonly to: string
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\b[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)
  return [...found].map((match) => ({ from: file, to: match[1] ?? match[2] ?? '' }))
}

function roomOf(path: string): { name: string; kind: string } {
  const name = Object.keys(ROOMS)
    .filter((room) => path === room || (room.endsWith('/') && path.startsWith(room)))
    .sort((a, b) => b.length - a.length)[0]
  if (name === undefined) throw new Error(`${path} стоит вне комнат: впишите его в ARCHITECTURE.md`)
  return { name, kind: ROOMS[name] ?? '' }
}

test('inside the server data flows one way', () => {
  const base = join(ROOT, 'packages/server/src')
  const wrong: string[] = []
  for (const { from, to } of sourcesUnder(base).flatMap(importsOf)) {
    if (!to.startsWith('.')) continue
    const target = relative(base, resolve(dirname(from), to))
    const source = relative(base, from)
    if (source === 'index.ts') continue
    const [a, b] = [roomOf(source), roomOf(target)]
    const arrow = `${source} → ${target}`
    const isAllowed = a.name === b.name || (ARROWS[a.kind] ?? []).includes(b.kind)
    if (!isAllowed && EXCEPTIONS[arrow] === undefined) wrong.push(arrow)
  }
  assert.deepEqual(wrong, [])
})

test('packages import only those below them', () => {
  const wrong: string[] = []
  for (const [name, allowed] of Object.entries(FOREIGN)) {
    for (const { from, to } of sourcesUnder(join(ROOT, 'packages', name, 'src')).flatMap(
      importsOf,
    )) {
      const foreign = /^@byfly-pay\/([a-z]+)/.exec(to)?.[1]
      const crossesByPath =
        to.startsWith('.') &&
        relative(join(ROOT, 'packages', name), resolve(dirname(from), to)).startsWith('..')
      if ((foreign !== undefined && !allowed.includes(foreign)) || crossesByPath) {
        wrong.push(`${relative(ROOT, from)} → ${to}`)
      }
    }
  }
  assert.deepEqual(wrong, [])
})

test('core depends on nothing at all', () => {
  const outside = sourcesUnder(join(ROOT, 'packages/core/src'))
    .flatMap(importsOf)
    .filter(({ to }) => !to.startsWith('.'))
  assert.deepEqual(outside, [])
})

test('time and randomness are read in one file each', () => {
  const wrong = ['packages/core/src', 'packages/server/src'].flatMap((folder) =>
    sourcesUnder(join(ROOT, folder))
      .filter((file) => !/\/(clock|random)\.ts$/.test(file))
      .filter((file) =>
        /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)/.test(readFileSync(file, 'utf8')),
      )
      .map((file) => relative(ROOT, file)),
  )
  assert.deepEqual(wrong, [])
})
