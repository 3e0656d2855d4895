// The console that stays open: it is told of changes, keeps its lists still, says how old it is when the centre is
// not heard, and loses nothing that was typed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { until } from '../support/until.ts'
import {
  assertAccessible,
  assertFits,
  assertQuiet,
  DESKTOP,
  launch,
  PHONE,
  visitAs,
} from './visit.ts'

let centre: LoginCentre
let browser: Browser | null = null

before(async () => {
  centre = await startLoginCentre({ http: { gatherMs: 20, lookAgainMs: 100 } })
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

/** Resolves once the page is told of changes, and not before. */
function listening(page: Page): Promise<unknown> {
  return page.waitForEvent('request', (request) => request.url().endsWith('/api/admin/events'))
}

async function rows(page: Page): Promise<string[]> {
  return page.getByRole('main').locator('tbody tr.row-link').allInnerTexts()
}

test('new payments are announced, and the list stands still until they are asked for', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const first = await centre.init(1_000_000, { description: 'Первый' })
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/payments' })
  const { page } = visit
  await page.getByText('Первый').waitFor()
  const before = (await rows(page)).length
  for (const description of ['Второй', 'Третий']) await centre.init(1_000_000, { description })
  await page.getByRole('button', { name: 'Новых: 2 – показать' }).waitFor()
  assert.equal((await rows(page)).length, before)
  // What is shown is kept up to date where it stands.
  await centre.call('POST', `/api/payment/${first}/cancel`)
  await page
    .getByRole('row', { name: /Первый/ })
    .getByText('Отменён')
    .waitFor()
  await page.getByRole('button', { name: 'Новых: 2 – показать' }).click()
  await page.getByText('Третий').waitFor()
  assert.equal((await rows(page)).length, before + 2)
  assert.equal(await page.getByRole('button', { name: /Новых/ }).count(), 0)
  assertQuiet(visit)
  await page.context().close()
})

test('a payment that is open is seen paid without being asked for', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const id = await centre.init(1_000_000)
  const visit = await visitAs(browser, centre, 'country_admin', {
    ...PHONE,
    path: `/payments/${id}`,
  })
  const { page } = visit
  await page.getByText('Не начат', { exact: true }).first().waitFor()
  const started = await centre.kaspi(id)
  await page.getByText('Идёт оплата').first().waitFor()
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await page.getByText('Оплачен', { exact: true }).first().waitFor()
  await assertFits(page)
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})

test('a lost line is said with the time; what was typed stays, and what changed comes', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const lists = { sources: [centre.source.id] }
  const visit = await visitAs(browser, centre, 'cashier', { ...PHONE, path: '/cashier', lists })
  const { page } = visit
  await page.getByLabel('Сумма, ₸').fill('12500')
  await page.getByLabel('За что').fill('Трансфер')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: /Создать платёж на 12\s500\s₸/ }).click()
  await page.getByText(/^Связь потеряна, показываем данные на \d{2}:\d{2}$/).waitFor()
  await page.getByText('Ответа нет. Повторите: второй раз ничего не создастся.').waitFor()
  assert.equal(await page.getByLabel('За что').inputValue(), 'Трансфер')
  await assertFits(page)
  await assertAccessible(page)
  await page.context().setOffline(false)
  await page.getByText(/^Связь потеряна/).waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Сумма, ₸').inputValue(), '12500,00')
  await page.getByRole('button', { name: /Создать платёж на/ }).click()
  await page.getByText('Ждём, когда клиент откроет ссылку').waitFor()
  await page.context().close()
})

test('an answer that was lost on the way creates nothing twice', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const lists = { sources: [centre.source.id] }
  const visit = await visitAs(browser, centre, 'cashier', { ...DESKTOP, path: '/cashier', lists })
  const { page } = visit
  const count = async () => {
    const [row] = await centre.sql(
      `SELECT count(*)::integer AS count FROM payments WHERE original_tiyn = 777700`,
    )
    return row.count
  }
  let lost = 0
  await page.route('**/api/admin/payments', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort()
  })
  await page.getByLabel('Сумма, ₸').fill('7777')
  await page.getByRole('button', { name: /Создать платёж на/ }).click()
  await page.getByText('Ответа нет. Повторите: второй раз ничего не создастся.').waitFor()
  assert.equal(await count(), 1)
  await page.getByRole('button', { name: /Создать платёж на/ }).click()
  await page.getByText('Ждём, когда клиент откроет ссылку').waitFor()
  assert.equal(await count(), 1)
  await page.context().close()
})

test('without a stream the page asks by itself', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/terminals' })
  const { page } = visit
  await page.route('**/api/admin/events', (route) => route.fulfill({ status: 503, body: '' }))
  const refused = listening(page)
  await page.goto(`${centre.url}/console/payments`)
  await refused
  await page.getByRole('heading', { name: 'Платежи' }).waitFor()
  await centre.init(1_000_000, { description: 'Без потока' })
  await page.getByRole('button', { name: /Новых: \d+ – показать/ }).click()
  await page.getByText('Без потока').waitFor()
  await page.context().close()
})

test('a session that is ended elsewhere leads to the door at once', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/payments' })
  const { page, phone } = visit
  await page.getByRole('heading', { name: 'Платежи' }).waitFor()
  await centre.sql(
    `UPDATE admin_sessions SET revoked_at = now()
     WHERE admin_id = (SELECT id FROM admins WHERE phone = $1)`,
    [phone],
  )
  await page.getByLabel('Телефон').waitFor()
  await until(async () => !(await page.content()).includes('₸'))
  await page.context().close()
})
