// `/docs` in a real browser: it asks nobody but the centre, complains of nothing, sends a request, keeps
// no token, and fits a phone.

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type FakeApp, startFakeApp, TOKEN } from '../api/fake-centre.ts'
import { CHROMIUM_FLAGS, chromiumOf } from './interpreters.ts'

let app: FakeApp
let browser: Browser | null = null
before(async () => {
  app = await startFakeApp()
})
after(async () => {
  await browser?.close()
  await app.stop()
})

interface Watched {
  readonly page: Page
  readonly asked: string[]
  readonly complaints: string[]
}

async function openDocs(path: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser?.newContext(options)
  const page = await context?.newPage()
  assert.ok(page)
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (sent) => asked.push(sent.url()))
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(app.url + path)
  await page.getByRole('heading', { name: 'Подключение за десять минут' }).waitFor()
  return { page, asked, complaints }
}

function assertQuiet({ asked, complaints }: Watched): void {
  const foreign = asked.filter((url) => !url.startsWith(`${app.url}/`) && !url.startsWith('data:'))
  assert.deepEqual(foreign, [])
  assert.deepEqual(complaints, [])
}

const SECTIONS = [
  ['#tag/payments/POST/api/payment/init', 'Создать платёж'],
  ['#tag/payments/POST/api/payment/{transaction_id}/kaspi', 'Начать оплату через Kaspi'],
  ['#tag/payments/GET/api/payment/{transaction_id}/status', 'Узнать статус'],
  ['#tag/webhooks/webhook/POST/payment', 'Событие платежа'],
  ['#tag/page/GET/pay/{transaction_id}/state', 'Состояние для страницы'],
  ['#tag/login/POST/api/auth/verify', 'Проверить код и войти'],
  ['#tag/sources/PUT/api/admin/sources/{source_id}', 'Изменить источник'],
  ['#tag/centre/GET/api/admin/audit', 'Журнал: кто, что и когда изменил'],
] as const

test('the whole reference is read without a word to anybody else', async (t) => {
  const executablePath = chromiumOf(t)
  if (executablePath === null) return
  browser ??= await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  const watched = await openDocs('/docs')
  for (const [hash, title] of SECTIONS) {
    await watched.page.goto(`${app.url}/docs${hash}`)
    await watched.page.getByRole('heading', { name: title, exact: true }).waitFor()
  }
  assertQuiet(watched)
  await watched.page.context().close()
})

test('a request sent from the page reaches the centre; the token is not kept', async (t) => {
  const executablePath = chromiumOf(t)
  if (executablePath === null) return
  browser ??= await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  const watched = await openDocs('/docs#tag/methods/GET/api/payment-methods')
  const { page } = watched
  await page.getByRole('heading', { name: 'Список способов оплаты', exact: true }).waitFor()
  await page.getByRole('button', { name: /Проверить запрос.*payment-methods/ }).click()
  const client = page.getByRole('dialog')
  await client.locator('.scalar-password-input').fill(TOKEN)
  const answered = page.waitForResponse(`${app.url}/api/payment-methods`)
  await client
    .getByRole('button', { name: /^Отправить/ })
    .first()
    .click()
  assert.equal((await answered).status(), 200)
  await client.getByText('kaspi_installment_24').first().waitFor()
  const kept = String(
    await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])'),
  )
  assert.ok(!kept.includes(TOKEN), 'токен остался в хранилище браузера')
  assertQuiet(watched)
  await page.context().close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it fits a phone of 360 px, ${colorScheme}`, async (t) => {
    const executablePath = chromiumOf(t)
    if (executablePath === null) return
    browser ??= await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, colorScheme }
    const watched = await openDocs('/docs#tag/payments/POST/api/payment/init', phone)
    const width = await watched.page.evaluate('document.documentElement.scrollWidth')
    assert.ok(Number(width) <= 360, `страница шириной ${width}`)
    assertQuiet(watched)
    await watched.page.context().close()
  })
}

test('the policy lets no script be inline and no other origin be asked; others keep the strict one', async () => {
  const page = await fetch(`${app.url}/docs`)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /script-src 'self';/)
  assert.match(policy, /connect-src 'self';/)
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/)
  assert.doesNotMatch(await page.text(), /<script>|\son\w+=/)
  assert.equal((await plainGet('/docs/', {})).status, 200)
  for (const path of ['/docs/openapi.json', '/docs/assets/scalar.js', '/api/payment-methods']) {
    const { body, headers } = await fetch(app.url + path)
    // What is not read to its end keeps its line, and the line keeps the server.
    await body?.cancel()
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; frame-ancestors 'none'",
    )
  }
})

/** `fetch` unpacks and asks for compression by itself. */
function plainGet(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; encoding: string; bytes: number }>((resolve, reject) => {
    request(`${app.url}${path}`, { headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          encoding: String(response.headers['content-encoding'] ?? ''),
          bytes,
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}

test('what the browser has it need not fetch again; the large file travels packed', async () => {
  const paths = ['', '/openapi.json', '/openapi.yaml', '/assets/scalar.js', '/assets/reference.js']
  for (const path of paths) {
    const first = await fetch(`${app.url}/docs${path}`)
    await first.body?.cancel()
    const etag = first.headers.get('etag')
    assert.ok(etag, path)
    const second = await plainGet(`/docs${path}`, { 'If-None-Match': etag })
    assert.deepEqual([second.status, second.bytes], [304, 0], path)
  }
  const packed = await plainGet('/docs/assets/scalar.js', { 'Accept-Encoding': 'gzip' })
  assert.equal(packed.encoding, 'gzip')
  assert.ok(packed.bytes < 1_600_000, `${packed.bytes}`)
  const whole = await plainGet('/docs/assets/scalar.js', {})
  assert.deepEqual([whole.encoding, whole.status], ['', 200])
  assert.ok(whole.bytes > 3_000_000)
})
