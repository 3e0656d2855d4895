// The bank's statements and closed days in the console: a file goes in, its columns are named once, what does
// not agree is worked, and a day is closed by a button that says its sum.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { csvOf, type Line } from '../support/statement.ts'
import {
  assertAccessible,
  assertFits,
  assertQuiet,
  DESKTOP,
  launch,
  PHONE,
  visitAs,
} from './visit.ts'

const DAY_MS = 86_400_000
const yesterday = dayOf(Date.now() - DAY_MS)

let centre: LoginCentre
let browser: Browser | null = null
let taken: (Line & { readonly id: string })[] = []

before(async () => {
  centre = await startLoginCentre({ terminals: [{ camera: 'json' }] })
  for (const amount of [1_000_000, 250_000, 40_000]) {
    const id = await centre.init(amount)
    const started = await centre.kaspi(id)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    await centre.until(id, 'paid')
  }
  await centre.sql(`UPDATE captures SET at = at - interval '1 day'`)
  const rows = await centre.sql(
    `SELECT payment_id, provider_transaction_id, gross_tiyn, at FROM captures ORDER BY at`,
  )
  taken = rows.map((row) => ({
    id: row.payment_id,
    number: row.provider_transaction_id,
    tiyn: Number(row.gross_tiyn),
    at: row.at.getTime(),
    product: 'Kaspi Gold',
  }))
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(ms)
}

function drop(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text)
  return page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

test('an unknown table has its columns named by looking; the next file is known', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...DESKTOP,
    path: '/reconciliation',
  })
  const { page } = visit
  const [first, second] = taken
  assert.ok(first && second)
  const stranger = { at: first.at, number: '777000777', tiyn: 55_500, product: 'Kaspi Gold' }
  await page.getByText('Выписок пока нет').waitFor()
  const lines = [first, { ...second, tiyn: second.tiyn - 100 }, stranger]
  await drop(page, 'december.csv', csvOf(lines))
  await page.getByRole('heading', { name: 'Назовите столбцы' }).waitFor()
  // The guess is there, and the rows to check it by.
  await page.getByRole('cell', { name: '777000777' }).waitFor()
  await assertAccessible(page)
  // The bank's word is a method's name, so it is guessed.
  await page.getByTitle('Kaspi Gold').first().waitFor()
  await page.getByRole('button', { name: 'Запомнить и сверить' }).click()
  await page.getByText('Выписка сверена, операций: 3').waitFor()
  const [kept] = await centre.sql('SELECT columns, products FROM statement_columns')
  assert.equal(kept.columns.number, 'Номер заказа')
  assert.deepEqual(kept.products, { 'kaspi gold': 'kaspi_gold' })
  assertQuiet(visit)
  await page.context().close()
})

test('what does not agree leads to its payment, and is worked where it is seen', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...DESKTOP,
    path: '/reconciliation',
  })
  const { page } = visit
  await page.getByRole('link', { name: 'december.csv' }).click()
  await page.getByRole('tab', { name: 'Нет в центре · 1' }).click()
  await page.waitForURL(/outcome=missing_here/)
  const row = page.getByRole('row', { name: /777000777/ })
  await row.getByRole('button', { name: 'Что сделать' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'Взять себе' }).click()
  await drawer.getByText(/accountant/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Расходится · 1' }).click()
  await page.getByText('Расходится: сумма').waitFor()
  await page.getByRole('link', { name: 'К платежу' }).click()
  await page.getByRole('heading', { name: 'Платёж' }).first().waitFor()
  assert.ok(
    page
      .url()
      .toUpperCase()
      .includes(taken[1]?.id.replaceAll('-', '').toUpperCase() ?? '?'),
  )
  assertQuiet(visit)
  await page.context().close()
})

test('a file that cannot be read names its rows and changes nothing', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...DESKTOP,
    path: '/reconciliation',
  })
  const { page } = visit
  const bad = csvOf(taken.slice(0, 1)).replace(/"[\d\u00a0]+,\d\d"/, '"десять"')
  await drop(page, 'bad.csv', bad)
  await page.getByText(/Строка \d+: не читается «Сумма»/).waitFor()
  await drop(page, 'huge.csv', 'x'.repeat(21 * 1024 * 1024))
  await page.getByText('Файл больше 20 МБ').waitFor()
  assert.equal((await centre.sql('SELECT count(*)::integer AS count FROM statements'))[0].count, 1)
  assertQuiet(visit)
  await page.context().close()
})

test('a day on a phone: seen first, closed by its sum, read again, taken away as a file', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...PHONE,
    path: `/reconciliation?tab=days&month=${yesterday.slice(0, 7)}`,
  })
  const { page } = visit
  await page.getByRole('link', { name: yesterday.split('-').reverse().join('.') }).click()
  await page.getByText('День открыт.').waitFor()
  await assertFits(page)
  await assertAccessible(page)
  const gross = taken.reduce((sum, { tiyn }) => sum + tiyn, 0) / 100
  const text = String(gross).replace(/\B(?=(\d{3})+$)/g, '\u202f')
  await page.getByRole('button', { name: 'Закрыть день' }).click()
  await page.getByText(`Отчёт запишется навсегда: получено ${text}\u202f₸`).waitFor()
  assert.deepEqual(await centre.sql('SELECT day FROM closed_days'), [])
  await page.getByRole('button', { name: `Закрыть день на ${text}` }).click()
  await page.getByText(/^Закрыт .*accountant/).waitFor()
  await assertFits(page)
  await assertAccessible(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ])
  assert.equal(download.suggestedFilename(), `day-${yesterday}-kaspi-KZ-v1.csv`)
  assertQuiet(visit)

  // Money that comes to the books later is said beside the report, which is closed again with a reason.
  await centre.sql(`UPDATE captures SET at = at - interval '1 day' WHERE payment_id = $1`, [
    taken[0]?.id,
  ])
  await page.reload()
  await page.getByText(/После закрытия что-то изменилось/).waitFor()
  await page.getByRole('button', { name: 'Закрыть день снова' }).click()
  await page.getByLabel('Причина').fill('Деньги другого дня')
  await page.getByRole('button', { name: /Закрыть день на/ }).click()
  await page.getByText('Закрыт снова: Деньги другого дня').waitFor()
  const versions = await centre.sql('SELECT version FROM closed_days ORDER BY version')
  assert.deepEqual(
    versions.map(({ version }) => version),
    [1, 2],
  )
  await page.context().close()
})
