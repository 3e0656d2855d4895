// The page's files by themselves: their weight, what they are sent with, that they hold to their types and
// to what phones of 2021 know, and that four languages say the same.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readPageFiles } from '../../packages/server/src/http/page-files.ts'
import { type FakeApp, startFakeApp } from '../api/fake-centre.ts'
import { moduleOf } from './checkout-world.ts'
import { SCENE_ID } from './scenes.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'packages/web/checkout')
const PACKED_LIMIT = 60 * 1024

/** What the tests themselves name of the words; the rest they walk through. */
interface Words {
  readonly code: string
  readonly failed: { readonly again: string }
  readonly keep: { readonly save: string; readonly print: string; readonly share: string }
  readonly qr: { readonly open: string }
  readonly rest: { pay(sum: string): string }
}
const { LANGUAGES } = await moduleOf<{ readonly LANGUAGES: readonly Words[] }>('language.js')

let app: FakeApp
before(async () => {
  app = await startFakeApp()
})
after(() => app.stop())

test('all of it together is at most 60 KB packed', async () => {
  const { files } = readPageFiles(FOLDER)
  const html = await (await fetch(`${app.url}/pay/${SCENE_ID}`)).arrayBuffer()
  const packed = [...files.values()].reduce((sum, file) => sum + file.packed.length, 0)
  const sum = packed + gzipSync(Buffer.from(html)).length
  assert.ok(sum <= PACKED_LIMIT, `${sum}`)
})

test('every file that the page names is there, packed, and kept for ever; of an earlier release it is not kept', async () => {
  const html = await (await fetch(`${app.url}/pay/${SCENE_ID}`)).text()
  const paths = [...html.matchAll(/(?:href|src)="(\/pay\/assets\/[^"]+)"/g)].map(([, path]) => path)
  assert.ok(paths.length >= 20, `${paths.length}`)
  for (const path of paths) {
    const response = await fetch(app.url + path)
    assert.equal(response.status, 200, path)
    assert.equal(response.headers.get('content-encoding'), 'gzip', path)
    assert.match(response.headers.get('cache-control') ?? '', /immutable/)
  }
  const earlier = await fetch(`${app.url}/pay/assets/0123456789abcdef/main.js`)
  assert.equal(earlier.headers.get('cache-control'), 'no-store')
  assert.equal((await fetch(`${app.url}/pay/assets/-/tsconfig.json`)).status, 404)
  assert.equal((await fetch(`${app.url}/pay/assets/-/..%2f..%2fpackage.json`)).status, 404)
})

function tsc(...more: string[]) {
  const program = join(ROOT, 'node_modules/.bin/tsc')
  return spawnSync(program, ['-p', FOLDER, ...more], { cwd: ROOT, encoding: 'utf8' })
}

test('the modules hold to their types and use nothing that a phone of 2021 has not', () => {
  const strict = tsc()
  assert.equal(strict.status, 0, strict.stdout)
  // What they take from the contract may be newer; it never reaches a browser.
  const old = tsc('--lib', 'ES2020,DOM,DOM.Iterable')
  assert.doesNotMatch(old.stdout, /packages\/web/)
})

/** Every place in the words: its path and, of a function, how many things it is told. */
function shapeOf(words: unknown, path = ''): string[] {
  if (typeof words === 'function') return [`${path}(${words.length})`]
  if (typeof words !== 'object' || words === null) return [path]
  return Object.entries(words).flatMap(([name, value]) => shapeOf(value, `${path}.${name}`))
}

function textsOf(words: unknown): string[] {
  if (typeof words === 'function') return [String(words(1, 1)), String(words(2, 75))]
  if (typeof words !== 'object' || words === null) return [String(words)]
  return Object.values(words).flatMap(textsOf)
}

test('the four languages say the same things, each in its own letters', () => {
  const [first, ...others] = LANGUAGES.map((words) => shapeOf(words))
  for (const other of others) assert.deepEqual(other, first)
  for (const words of LANGUAGES) {
    const texts = textsOf(words)
    assert.ok(texts.every((text) => text.trim() !== ''))
    // What is the same in all languages: names of products and of the thing itself.
    const own = texts.map((text) =>
      text.replace(/Kaspi\s(Gold|Red)|Kaspi|Alaqan|QR|PDF|kk|ru/g, ''),
    )
    const foreign = words.code === 'ru' || words.code === 'kk' ? /[A-Za-z]/ : /[Ѐ-ӿ]/
    assert.deepEqual(
      own.filter((text) => foreign.test(text)),
      [],
      words.code,
    )
  }
})

test('no button says more than fits a narrow phone', () => {
  for (const { code, failed, keep, qr, rest } of LANGUAGES) {
    for (const text of [
      failed.again,
      keep.save,
      keep.print,
      keep.share,
      qr.open,
      rest.pay('1 152 ₸'),
    ]) {
      assert.ok(text.length <= 24, `${code}: ${text}`)
    }
  }
})
