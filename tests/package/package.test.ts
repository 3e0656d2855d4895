// The package that people install: what is in it, that the same sources give the same bytes, and that it
// serves from an empty folder. `npm run package:check` does the rest, with the registry and a container's walls.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pack } from '../../packaging/pack.ts'
import { freshDatabase } from '../support/database.ts'
import { installWithoutRegistry } from './installed.ts'
import { endByTerm, payOnce, serveDemo } from './served-demo.ts'

/** Each from another folder of the package; the last comes out of a thread of its own. */
const PAGES = ['/readyz', '/console/', '/demo/', '/docs/openapi.json', '/docs/assets/scalar.js']

const ROOT = join(import.meta.dirname, '../..')

let folder: string
let tarball: string
let installed: string

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'byfly-installed-'))
  tarball = pack(ROOT, join(folder, 'first'))
  installed = installWithoutRegistry(tarball, folder)
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('packed again under another umask it is the same bytes', () => {
  const usual = process.umask(0o077)
  const again = pack(ROOT, join(folder, 'second'))
  process.umask(usual)
  assert.ok(readFileSync(again).equals(readFileSync(tarball)))
})

test('it holds what runs and what people read, no test, no bench and no type', () => {
  const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
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
