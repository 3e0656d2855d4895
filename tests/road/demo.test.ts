// What a newcomer gets from one command, and what is left of it after kill -9: the same data, terminals
// and token.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { client } from '../support/centre.ts'
import { newDataFolder } from '../support/embedded-centre.ts'
import { until } from '../support/until.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')

interface Demo {
  readonly base_url: string
  readonly admin_phone: string
  readonly api_token: string
  readonly webhook_secret: string
  readonly simulator_url: string
}

function environment(dataDir: string): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, BYFLY_MODE: __, ...env } = process.env
  return { ...env, BYFLY_DATA_DIR: dataDir, PORT: '0', BYFLY_LOG_LEVEL: 'warn' }
}

async function serve(dataDir: string): Promise<{ demo: Demo; child: ChildProcess }> {
  const child = spawn(process.execPath, [BYFLY, 'serve'], {
    env: environment(dataDir),
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, as npm's is, to be killed whole.
    detached: true,
  })
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  const path = join(dataDir, 'demo.json')
  const deadline = Date.now() + 60_000
  while (!said.includes('ByFly Pay работает') || !existsSync(path)) {
    assert.ok(Date.now() < deadline && child.exitCode === null, `не запустился: ${said}`)
    await sleep(50)
  }
  return { demo: JSON.parse(readFileSync(path, 'utf8')), child }
}

async function byfly(dataDir: string, ...words: string[]): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, [BYFLY, ...words], { env: environment(dataDir) })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    out += chunk
  })
  const [code] = await once(child, 'close')
  return { code, out }
}

async function scan(demo: Demo, qr: string): Promise<void> {
  const body = JSON.stringify({ qr, product: 'Gold', after_ms: 100 })
  const response = await fetch(`${demo.simulator_url}/phone/scan`, { method: 'POST', body })
  assert.equal(response.status, 200)
}

/** As the banner says: a code, read out of the file, and a token that opens the administration. */
async function logIn({ base_url: url, admin_phone: phone }: Demo, dataDir: string): Promise<void> {
  const { call } = client(url, '')
  assert.equal((await call('POST', '/api/auth/send-code', { phone })).status, 200)
  const path = join(dataDir, 'sms.ndjson')
  await until(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'))
  const { text, to } = JSON.parse(readFileSync(path, 'utf8').trim())
  assert.equal(to, phone)
  const code = /\d{6}/.exec(text)?.[0]
  const { data } = (await call('POST', '/api/auth/verify', { phone, code })).body
  const me = await call('GET', '/api/admin/me', undefined, {
    Authorization: `Bearer ${data.token}`,
  })
  assert.equal(me.body.data.is_super_admin, true)
}

test('one command: pay as the README says, kill -9 the group with a payment open, start again, paid', async (t) => {
  const folder = newDataFolder()
  t.after(() => folder.remove())
  const first = await serve(folder.path)
  const { demo } = first
  assert.equal(demo.admin_phone, '+77000000000')
  await logIn(demo, folder.path)
  const shop = client(demo.base_url, demo.api_token)
  assert.equal((await fetch(`${demo.base_url}/readyz`)).status, 200)

  // What the page of the demonstration does: the pretend shop orders at this centre.
  const wanted = { amount_tenge: 100, description: 'Заказ' }
  const ordered = await shop.call('POST', '/demo/shop/orders', wanted)
  assert.equal(ordered.status, 200, ordered.text)
  const { checkout_url: checkout } = ordered.body.order
  assert.ok(checkout.startsWith(`${demo.base_url}/pay/`))

  const id = await shop.init(1_000_000)
  const started = await shop.kaspi(id)
  assert.equal(started.status, 200, started.text)
  assert.equal(started.body.data.amount, 1_010_000)
  const { pid } = first.child
  assert.ok(pid)
  process.kill(-pid, 'SIGKILL')
  await once(first.child, 'exit')
  await scan(demo, started.body.data.qr_code)

  const second = await serve(folder.path)
  assert.equal(second.demo.api_token, demo.api_token)
  assert.equal(second.demo.simulator_url, demo.simulator_url)
  const again = client(second.demo.base_url, demo.api_token)
  const deadline = Date.now() + 30_000
  while ((await again.status(id)).status !== 'paid') {
    assert.ok(Date.now() < deadline, 'платёж не стал paid')
    await sleep(300)
  }

  const shown = await byfly(folder.path, 'payment', 'show', id, '--json')
  assert.equal(shown.code, 0, shown.out)
  assert.equal(JSON.parse(shown.out).paid_amount, 1_010_000)
  const events = await byfly(folder.path, 'payment', 'events', id)
  assert.match(events.out, /captured/)
  const checked = await byfly(folder.path, 'terminal', 'check', '1')
  assert.equal(checked.code, 0, checked.out)
  const wrong = await byfly(folder.path, 'payment', 'show', 'ABC')
  assert.equal(wrong.code, 1)
  assert.match(wrong.out, /не номер платежа/)
  assert.doesNotMatch(wrong.out, /at .*\.ts:/, 'человеку не показывают стек')

  second.child.kill('SIGTERM')
  await once(second.child, 'exit')
  await assert.rejects(fetch(`${demo.simulator_url}/healthz`), 'чистая остановка останавливает всё')
})

test('N7: the command line makes sources and terminals, and refuses nonsense in a sentence', async (t) => {
  const folder = newDataFolder()
  t.after(() => folder.remove())
  const made = await byfly(folder.path, 'source', 'add', 'Сайт', '--unit', 'tenge', '--json')
  assert.equal(made.code, 0, made.out)
  const source = JSON.parse(made.out)
  assert.match(source.api_token, /^[0-9a-f]{64}$/)
  assert.match(source.webhook_secret, /^whsec_/)
  const listed = await byfly(folder.path, 'source', 'list')
  assert.match(listed.out, /Сайт/)
  assert.doesNotMatch(listed.out, new RegExp(source.api_token), 'токен показывается один раз')
  const rotated = await byfly(folder.path, 'source', 'rotate', '1', '--what', 'token')
  assert.match(rotated.out, /api_token {2}[0-9a-f]{64}/)
  const terminal = await byfly(
    folder.path,
    'terminal',
    'add',
    'Касса',
    'http://127.0.0.1',
    '--port',
    '9',
  )
  assert.equal(terminal.code, 0, terminal.out)
  assert.match((await byfly(folder.path, 'terminal', 'list')).out, /http:\/\/127\.0\.0\.1:9/)
  for (const nonsense of [
    ['source', 'add', ' '],
    ['source', 'add', 'x', '--unit', 'euro'],
    ['source', 'add', 'x', '--type', 'blog'],
    ['source', 'add', 'x', '--events', 'won'],
    ['source', 'rotate', '77', '--what', 'token'],
    ['terminal', 'add', 'x', 'http://a b'],
    ['terminal', 'check', '-5'],
    ['webhook', 'resend', 'x'],
  ]) {
    const refused = await byfly(folder.path, ...nonsense)
    assert.equal(refused.code, 1, `${nonsense.join(' ')}: ${refused.out}`)
    assert.doesNotMatch(refused.out, /at .*\.ts:/, nonsense.join(' '))
  }
})
