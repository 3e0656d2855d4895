// The browser examples in a real browser: a shop whose pages know no token, on another origin than the
// centre, as an integrator's is.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { CHROMIUM_FLAGS, chromiumOf, type Running, start } from './interpreters.ts'

const SHOP = join(import.meta.dirname, '../../docs/examples/browser/shop.mjs')

let centre: TestCentre
let shop: Running
let shopUrl: string
let browser: Browser | null = null
before(async () => {
  centre = await startTestCentre()
  const env = { BYFLY_URL: centre.url, BYFLY_API_TOKEN: centre.source.apiToken, PORT: '0' }
  shop = start(process.execPath, [SHOP], env)
  await until(() => /Слушаю \d+/.test(shop.said()))
  shopUrl = `http://127.0.0.1:${/Слушаю (\d+)/.exec(shop.said())?.[1]}`
})
after(async () => {
  await browser?.close()
  await shop.stop()
  await centre.stop()
})

interface Visit {
  readonly page: Page
  /** All that the browser sent: addresses, headers and bodies. */
  sent(): string
}

async function visit(executablePath: string, path: string): Promise<Visit> {
  browser ??= await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  const page = await browser.newPage()
  let sent = ''
  page.on('request', (request) => {
    sent += `${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}\n`
  })
  await page.goto(shopUrl + path)
  return { page, sent: () => sent }
}

test('redirect: one button leads to the centre’s page, and the token stays on the server', async (t) => {
  const executablePath = chromiumOf(t)
  if (executablePath === null) return
  const { page, sent } = await visit(executablePath, '/')
  await page.getByRole('button', { name: 'Оплатить' }).click()
  await page.waitForURL(new RegExp(`^${centre.url}/pay/[0-9A-F]{32}$`))
  await page.getByText('Kaspi Gold').first().waitFor()
  assert.ok(!sent().includes(centre.source.apiToken))
  await page.close()
})

test('own QR: the picture is shown on the shop’s page, which says when it was paid', async (t) => {
  const executablePath = chromiumOf(t)
  if (executablePath === null) return
  const { page, sent } = await visit(executablePath, '/qr')
  await page.getByRole('button', { name: 'Показать QR-код' }).click()
  await page.getByText('Отсканируйте QR-код').waitFor()
  const qr = page.getByRole('img', { name: 'QR-код для оплаты в Kaspi' })
  assert.ok((await qr.getAttribute('src'))?.startsWith(`${centre.url}/pay/`))
  // Fails for a picture that did not come or cannot be drawn.
  await page.evaluate('document.getElementById("qr").decode()')
  const link = await page.getByRole('link', { name: /Открыть Kaspi/ }).getAttribute('href')
  assert.match(link ?? '', /^https:\/\/pay\.kaspi\.kz\/pay\/\d+$/)
  centre.simulator.phone.scan({ qr: String(link).replace('pay.kaspi.kz/pay', 'qr.kaspi.kz') })
  await page.getByText('Оплачено, спасибо').waitFor()
  assert.ok(!sent().includes(centre.source.apiToken))
  await page.close()
})
