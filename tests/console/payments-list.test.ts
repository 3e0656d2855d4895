// The list of payments at work: views that one names, rows walked by keys, a file that ends clearly.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { Browser } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import {
  assertAccessible,
  assertFits,
  assertQuiet,
  DESKTOP,
  launch,
  open,
  PHONE,
  visitAs,
} from './visit.ts'

let centre: LoginCentre
let browser: Browser | null = null

before(async () => {
  centre = await startLoginCentre({ terminals: [{ camera: 'json' }] })
  for (const description of ['Первый', 'Второй; "два"\nстроки', 'Третий']) {
    await centre.init(500_000, { description })
  }
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

test('filters under a name come back on another computer, and are dropped', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...DESKTOP,
    path: '/payments?status=pending&late=false',
  })
  const { page } = visit
  await page.getByRole('button', { name: 'Сохранить эти фильтры' }).click()
  await page.getByLabel('Как назвать').fill('Ждут оплаты')
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('button', { name: 'Ждут оплаты', pressed: true }).waitFor()
  assertQuiet(visit)

  // The session alone goes along: nothing that this browser keeps.
  const { cookies } = await page.context().storageState()
  const elsewhere = { ...PHONE, storageState: { cookies, origins: [] } }
  const another = await open(browser, `${centre.url}/console/payments`, elsewhere)
  await another.page.getByRole('button', { name: 'Ждут оплаты' }).click()
  await another.page.waitForURL(/status=pending/)
  await assertFits(another.page)
  await assertAccessible(another.page)
  await another.page.getByRole('button', { name: 'Удалить фильтр' }).click()
  await another.page.getByRole('tooltip').getByRole('button', { name: 'Удалить фильтр' }).click()
  await another.page.getByRole('button', { name: 'Ждут оплаты' }).waitFor({ state: 'detached' })
  assert.deepEqual(await centre.sql('SELECT name FROM saved_views'), [])
  assertQuiet(another)
  await another.page.context().close()
  await page.context().close()
})

test('j and k walk the rows, Enter opens; in a field they are letters', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/payments' })
  const { page } = visit
  await page.getByRole('row', { name: /Третий/ }).waitFor()
  const focused = () =>
    page.evaluate<string>('document.activeElement.closest("tr")?.textContent ?? ""')
  await page.keyboard.press('j')
  assert.match(await focused(), /Третий/)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  // There is no further; the same key of a Cyrillic keyboard is no other.
  await page.evaluate(`document.dispatchEvent(new KeyboardEvent('keydown', { key: 'о' }))`)
  assert.match(await focused(), /Первый/)
  await page.keyboard.press('k')
  assert.match(await focused(), /Второй/)
  await page.keyboard.press('/')
  await page.keyboard.type('jk')
  assert.equal(await page.getByRole('banner').getByRole('textbox').inputValue(), 'jk')
  await page.keyboard.press('Escape')
  await page
    .getByRole('row', { name: /Третий/ })
    .getByRole('link')
    .focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/payments\/[0-9A-F]{32}$/i)
  assertQuiet(visit)
  await page.context().close()
})

test('an export tells its end and its rows, and is the whole list', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/payments' })
  const { page } = visit
  await page.getByRole('button', { name: 'Выгрузить' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('CSV, любой длины').click(),
  ])
  await page.getByText(/Файл transactions-.*\.csv сохранён/).waitFor()
  await page.getByText('строк: 3').waitFor()
  const table = parse(await readFile(await download.path()), { bom: true, delimiter: ';' })
  assert.equal(table.length, 4)
  assertQuiet(visit)
  await page.context().close()
})

test('an export that breaks off, and one that is refused, are said to be no file', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, path: '/payments' })
  const { page } = visit
  await page.route('**/transactions/export*', (route) => route.abort('connectionreset'))
  await page.getByRole('button', { name: 'Выгрузить' }).click()
  await page.getByText('Excel, до миллиона строк').click()
  await page.getByText('Выгрузка оборвалась, файл не сохранён').waitFor()
  await page.unroute('**/transactions/export*')
  const busy = { success: false, code: 'exports_busy', message: 'Уже пишутся две выгрузки' }
  await page.route('**/transactions/export*', (route) =>
    route.fulfill({ status: 503, json: busy, headers: { 'retry-after': '10' } }),
  )
  await page.getByRole('button', { name: 'Начать снова' }).click()
  await page.getByRole('alert').getByText('Уже пишутся две выгрузки').waitFor()
  await page.context().close()
})
