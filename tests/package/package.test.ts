// The package that people install: what is in it, that the same sources give the same bytes, and that it
// serves from an empty folder. `npm run package:check` does the rest, with the registry and a container's walls.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Built, buildRelease } from '../../packaging/release.ts'
import { freshDatabase } from '../support/database.ts'
import { installWithoutRegistry } from './installed.ts'
import { endByTerm, payOnce, serveDemo } from './served-demo.ts'

/** Each from another folder of the package; the last comes out of a thread of its own. */
const PAGES = ['/readyz', '/console/', '/demo/', '/docs/openapi.json', '/docs/assets/scalar.js']

const ROOT = join(import.meta.dirname, '../..')

interface Bom {
  readonly metadata: { readonly timestamp: string; readonly component: { readonly name: string } }
  readonly components: readonly {
    readonly name: string
    readonly version: string
    readonly hashes: readonly unknown[]
  }[]
}

const NOTES = '- Новое.'
const MADE_AT = '2026-11-25T20:00:00.000Z'

let folder: string
let release: Built
let installed: string

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'byfly-installed-'))
  release = buildRelease(ROOT, join(folder, 'first'), NOTES, MADE_AT)
  installed = installWithoutRegistry(release.tarball, folder)
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('made again under another umask the release is the same bytes, and its sums are right', () => {
  const usual = process.umask(0o077)
  const again = buildRelease(ROOT, join(folder, 'second'), NOTES, MADE_AT)
  process.umask(usual)
  for (const [index, file] of release.files.entries()) {
    assert.ok(readFileSync(file).equals(readFileSync(again.files[index] ?? '')), file)
  }
  execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: join(folder, 'first') })
})

test('what it brings is listed with its versions and sums, and nothing of development', () => {
  const [, bom = ''] = release.files
  const { components, metadata }: Bom = JSON.parse(readFileSync(bom, 'utf8'))
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.equal(metadata.timestamp, MADE_AT)
  assert.equal(metadata.component.name, 'byfly-pay')
  const versions = new Map(components.map(({ name, version }) => [name, version]))
  for (const [name, version] of Object.entries(dependencies)) {
    assert.equal(versions.get(name), version, name)
  }
  assert.ok(versions.has('react'), 'библиотеки консоли внутри её сборки')
  assert.equal(versions.has('typescript'), false)
  for (const { hashes, name } of components) assert.ok(hashes.length > 0, name)
})

test('it holds what runs and what people read, no test, no bench and no type', () => {
  const listed = execFileSync('tar', ['-tzf', release.tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
  const names = listed.map((name) => name.replace(/^package\//, ''))
  assert.deepEqual(
    names.filter((name) => /\.tsx?$|\.test\.|\/testing\/|^(tests|bench|scripts)\//.test(name)),
    [],
  )
  for (const name of [
    'npm-shrinkwrap.json',
    'packages/server/src/storage/migrations/0001-foundation.sql',
    'packages/server/src/providers/camera/pictures/thread.js',
    'packages/server/src/statements/thread.js',
    'packages/server/src/export-thread.js',
    'packages/simulator/src/main.js',
    'packages/web/checkout/index.html',
    'packages/web/console/dist/index.html',
  ]) {
    assert.ok(names.includes(name), name)
  }
})

test('an old Node is told what it lacks, in one sentence', () => {
  const old =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.1.0"}})'
  const command = join(installed, 'packaging/byfly.mjs')
  const ran = spawnSync(process.execPath, ['--import', old, command, 'serve'], { encoding: 'utf8' })
  assert.equal(ran.status, 1)
  assert.match(ran.stderr, /^Нужен Node\.js 24 или новее[^\n]*\n$/)
})

test('from an empty folder npx runs its commands', () => {
  const ran = spawnSync('npx', ['--no', 'byfly', 'payment', '--help'], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.equal(ran.status, 0, ran.stderr)
  assert.match(ran.stdout, /показать платёж/)
})

test('it serves the demonstration, takes a payment, shows its pages and ends when asked', async (t) => {
  const database = await freshDatabase()
  t.after(() => database.drop())
  const { child, demo } = await serveDemo({
    program: join(folder, 'node_modules/.bin/byfly'),
    words: ['serve'],
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      BYFLY_MODE: 'demo',
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      PORT: '0',
    },
    demoFile: join(folder, 'data/demo.json'),
  })
  t.after(() => child.kill('SIGKILL'))
  for (const path of PAGES) {
    const response = await fetch(`${demo.base_url}${path}`)
    assert.equal(response.status, 200, path)
    await response.body?.cancel()
  }
  await payOnce(demo)
  assert.equal(await endByTerm(child), 0)
  await assert.rejects(fetch(`${demo.simulator_url}/state`), 'имитатор ушёл вместе с центром')
})
