// The page as it is served: in demo mode only, under a strict policy, with nothing passed on that is not on
// the list; that it holds to its types; and that nothing typed into the shop becomes HTML.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { moduleOf, OneBrowser } from '../checkout/checkout-world.ts'
import { assertQuiet, open } from '../console/visit.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { freshDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'
import { demoOf, order, startDemoCentre } from './demo-world.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'packages/web/demo')
const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startDemoCentre({ terminals: 2 })
})
after(async () => {
  await browser.close()
  await centre.stop()
})

const get = (path: string, init: RequestInit = {}) => fetch(centre.url + path, init)

test('every file that the page and its modules name is there, and nothing is asked of others', async () => {
  const page = await get('/demo/')
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/)
  assert.doesNotMatch(policy, /unsafe|https?:/)
  const html = await page.text()
  const seen = new Set<string>()
  const wanted = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
  assert.ok(wanted.length >= 3)
  while (wanted.length > 0) {
    const path = wanted.pop() ?? ''
    if (seen.has(path)) continue
    seen.add(path)
    const file = await get(path)
    assert.equal(file.status, 200, path)
    assert.match(file.headers.get('cache-control') ?? '', /immutable/)
    const text = await file.text()
    assert.doesNotMatch(text, /innerHTML|insertAdjacentHTML|document\.write|eval\(/, path)
    for (const [, named] of text.matchAll(/from '(\.[^']+)'/g)) {
      wanted.push(new URL(named ?? '', centre.url + path).pathname)
    }
  }
  assert.ok(seen.size > 20, `${seen.size}`)
})

test('only what is on the list is passed on, and only a body of JSON', async () => {
  for (const path of [
    '/demo/journal',
    '/demo/shop/account',
    '/demo/sms/messages',
    '/demo/terminals/1%2f..%2f2/qr.svg',
    '/demo/terminals/1/timing',
    '/demo/assets/0/demo/main.js',
    '/demo/assets/-/tsconfig.json',
  ]) {
    assert.equal((await get(path)).status, 404, path)
  }
  const form = { method: 'POST', headers: { 'content-type': 'text/plain' } }
  const refused = await get('/demo/terminals/1/reboot', { ...form, body: '{}' })
  assert.ok(refused.status >= 400)
  assert.ok((await get('/demo/terminals/1/reboot', form)).status >= 400)
  assert.equal(centre.simulator.terminal(1).isReachable, true)
  const state = await (await get('/demo/state')).text()
  assert.doesNotMatch(state, new RegExp(`${centre.source.apiToken}|${centre.source.webhookSecret}`))
})

test('a simulator that is gone is told of, and the centre lives on', async (t) => {
  const left = await startDemoCentre({ terminals: 1 })
  t.after(() => left.stop())
  assert.equal((await fetch(`${left.url}/demo/state`)).status, 200)
  await left.simulator.close()
  const lost = await fetch(`${left.url}/demo/state`)
  assert.equal(lost.status, 502)
  assert.match(await lost.text(), /не отвечает/)
  assert.equal((await fetch(`${left.url}/healthz`)).status, 200)
})

test('production has no such page, whether by command or by mistake', async (t) => {
  const database = await freshDatabase()
  t.after(() => database.drop())
  const env = {
    BYFLY_MODE: 'production',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
    BYFLY_SMS: 'none',
  }
  const mistaken = await startTestCentre({
    database,
    terminals: 1,
    demo: true,
    env: { ...env, BYFLY_WEBHOOK_NETWORKS: '127.0.0.0/8', HOST: '127.0.0.1' },
  })
  t.after(() => mistaken.stop())
  await assertAbsent(mistaken.url)

  const byfly = join(ROOT, 'packages/server/src/cli/byfly.ts')
  const child = spawn(process.execPath, [byfly, 'serve'], {
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  await until(() => /слушает http/.test(said))
  await assertAbsent(/слушает (\S+)/.exec(said)?.[1] ?? '')
})

async function assertAbsent(url: string): Promise<void> {
  const { call } = client(url, '')
  assert.equal((await call('GET', '/healthz')).status, 200)
  for (const path of [
    '/demo',
    '/demo/',
    '/demo/state',
    '/demo/about',
    '/demo/assets/x/demo/main.js',
  ])
    assert.equal((await call('GET', path)).status, 404, path)
  assert.equal((await call('POST', '/demo/phone/scan', {})).status, 404)
}

test('the page holds to its types', () => {
  const program = join(ROOT, 'node_modules/.bin/tsc')
  const checked = spawnSync(program, ['-p', FOLDER], { cwd: ROOT, encoding: 'utf8' })
  assert.equal(checked.status, 0, checked.stdout)
})

interface Words {
  readonly code: string
}

/** Every place in the words: its path and, of a function, how many things it is told. */
function shapeOf(words: unknown, path = ''): string[] {
  if (typeof words === 'function') return [path]
  if (typeof words !== 'object' || words === null) return [path]
  return Object.entries(words).flatMap(([name, value]) => shapeOf(value, `${path}.${name}`))
}

function textsOf(words: unknown): string[] {
  if (typeof words === 'function') return [String(words(1, 2))]
  if (typeof words !== 'object' || words === null) return [String(words)]
  return Object.values(words).flatMap(textsOf)
}

test('the four languages say the same things, each in its own letters', async () => {
  const { LANGUAGES } = await moduleOf<{ readonly LANGUAGES: readonly Words[] }>(
    '../demo/language.js',
  )
  const [first, ...others] = LANGUAGES.map((words) => shapeOf(words))
  for (const other of others) assert.deepEqual(other, first)
  for (const words of LANGUAGES) {
    const texts = textsOf(words)
    assert.ok(texts.every((text) => text.trim() !== ''))
    const own = texts.map((text) =>
      text.replace(/ByFly Pay|Kaspi\s(Gold|Red)|Kaspi|Gold|QR|API|SMS|^(kk|ru)$/g, ''),
    )
    const foreign = words.code === 'ru' || words.code === 'kk' ? /[A-Za-z]/ : /[Ѐ-ӿ]/
    assert.deepEqual(
      own.filter((text) => foreign.test(text)),
      [],
      words.code,
    )
  }
})

const HARM = 'window.harmed=1'
const TEXTS = [
  `<script>${HARM}</script>`,
  `<img src=x onerror="${HARM}">`,
  `"><svg onload=${HARM}>`,
  `<a href="javascript:${HARM}">Оплатить</a>`,
  `</article><h1>Оплачено</h1>`,
  `\${${HARM}}{{constructor.constructor('${HARM}')()}}`,
]

test('what is typed into the shop, and what a webhook says, is only text', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const visit = await open(chromium, demoOf(centre))
  const { page } = visit
  for (const text of TEXTS) {
    await order(page, centre, text)
    await page.locator('.order .what').first().getByText(text, { exact: true }).waitFor()
    const body = JSON.stringify({ transaction_id: text, status: text })
    await fetch(`${centre.simulator.url}/shop/webhook`, { method: 'POST', body })
  }
  await page
    .locator('#shop .rows')
    .getByText(TEXTS.at(-1) ?? '', { exact: true })
    .first()
    .waitFor()
  assert.equal(await page.locator('#shop .unsigned').count(), 5)
  assert.equal(await page.locator('#phone .letter p[dir=auto]').first().textContent(), TEXTS.at(-1))
  assert.equal(await page.evaluate('window.harmed'), undefined)
  assert.equal(await page.locator('main h1, main script, main svg').count(), 0)
  assertQuiet(visit)
  await page.context().close()
})

test('no file of the page writes HTML or an inline style', () => {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((each) => /\.(js|html)$/.test(each))) {
    const text = readFileSync(join(FOLDER, name), 'utf8')
    assert.doesNotMatch(text, /innerHTML|outerHTML|style="|setAttribute\('style'/, name)
  }
})
