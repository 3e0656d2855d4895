// The overview and what methods really leave: figures of the centre as words, charts and tables, for the period
// in the address.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
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
  centre = await startLoginCentre({ terminals: [{ camera: 'json' }] })
  for (const amount of [1_000_000, 250_000]) {
    const id = await centre.init(amount)
    const started = await centre.kaspi(id)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    await centre.until(id, 'paid')
  }
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

/** As the page writes it. */
function tenge(tiyn: number): string {
  const whole = String(Math.trunc(tiyn / 100)).replace(/\B(?=(\d{3})+$)/g, '\u202f')
  const rest = tiyn % 100 === 0 ? '' : `,${String(tiyn % 100).padStart(2, '0')}`
  return `${whole}${rest}\u202f₸`
}

async function sums() {
  const [row] = await centre.sql(
    `SELECT sum(c.gross_tiyn)::integer AS gross, sum(c.gross_tiyn - c.credit_tiyn)::integer AS kept,
       (SELECT sum(tiyn)::integer FROM postings WHERE account = 'provider_fee_expected') AS fee
     FROM captures c`,
  )
  return row
}

async function drawn(page: Page): Promise<number> {
  await page.locator('.recharts-bar-rectangle').first().waitFor()
  return page.locator('.recharts-surface').count()
}

test('who has figures begins with them: turnover, its charts, the loss in words', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', DESKTOP)
  const { page } = visit
  await page.waitForURL(/\/overview/)
  const { fee, gross, kept } = await sums()
  await page.getByText(tenge(gross)).first().waitFor()
  assert.ok((await drawn(page)) >= 6)
  // Kaspi takes its share of the whole sum, and the commission was added to the smaller one.
  assert.ok(fee > kept)
  await page.getByText(`Комиссии не хватило: банк возьмёт на ${tenge(fee - kept)} больше`).waitFor()
  await page.getByText('Задач нет').waitFor()
  // What the drawing shows, the table under it says.
  await page.getByText('Таблицей').first().click()
  await page
    .getByRole('row')
    .filter({ hasText: tenge(gross) })
    .first()
    .waitFor()
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})

test('the period stands in the address; a period of nothing says so', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', DESKTOP)
  const { page } = visit
  await page.getByText('Сегодня', { exact: true }).click()
  await page.waitForURL(/from=\d{4}-\d{2}-\d{2}/)
  await page.goto(`${centre.url}/console/overview?from=2025-01-01&to=2025-01-31`)
  await page.getByText('За эти дни показать нечего').first().waitFor()
  assert.equal(await page.getByPlaceholder('Начальная дата').inputValue(), '01.01.2025')
  assertQuiet(visit)
  await page.context().close()
})

test('today is the day of the centre, wherever the one who looks is', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  // At any moment at least one of them has another date than Almaty.
  for (const timezoneId of ['Etc/GMT+12', 'Pacific/Kiritimati']) {
    const visit = await visitAs(browser, centre, 'accountant', { ...DESKTOP, timezoneId })
    const { page } = visit
    const { gross } = await sums()
    await page.getByText('Сегодня', { exact: true }).click()
    await page.waitForURL(/from=\d{4}-\d{2}-\d{2}/)
    const [{ today }] = await centre.sql(
      `SELECT (now() AT TIME ZONE 'Asia/Almaty')::date::text AS today`,
    )
    assert.equal(new URL(page.url()).searchParams.get('to'), today)
    await page.getByText(tenge(gross)).first().waitFor()
    await page.context().close()
  }
})

for (const [name, options] of [
  ['a phone', PHONE],
  ['a dark phone', { ...PHONE, colorScheme: 'dark' }],
  ['a dark desk', { ...DESKTOP, colorScheme: 'dark' }],
] as const) {
  test(`the overview fits ${name} and has no serious fault of access`, async (t) => {
    browser ??= await launch(t)
    if (browser === null) return
    const visit = await visitAs(browser, centre, 'country_admin', { ...options, path: '/overview' })
    const { page } = visit
    await drawn(page)
    await page.getByText('Таблицей').last().click()
    await assertFits(page)
    await page.getByPlaceholder('Начальная дата').click()
    await page.locator('.ant-picker-panels').waitFor()
    await assertFits(page)
    await page.keyboard.press('Escape')
    await page.locator('.ant-picker-panels').waitFor({ state: 'hidden' })
    await assertAccessible(page)
    assertQuiet(visit)
    await page.context().close()
  })
}

test('without the right to figures there is no overview, and another page comes first', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'developer', {
    ...DESKTOP,
    lists: { sources: [centre.source.id] },
  })
  await visit.page.waitForURL(/\/payments/)
  assert.equal(await visit.page.getByRole('menuitem', { name: 'Обзор' }).count(), 0)
  await visit.page.context().close()
})

test('a method on a phone: what customers paid, what the bank takes, the loss named with its sum', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'accountant', {
    ...PHONE,
    path: '/settings?tab=methods',
  })
  const { page } = visit
  const { fee, gross, kept } = await sums()
  const part = page.locator('.ant-card').filter({ hasText: 'Что остаётся на деле' }).first()
  await part
    .getByText(`Источники недополучат ${tenge(fee - kept)}`)
    .first()
    .waitFor()
  for (const sum of [gross, fee, gross - fee, gross - kept]) {
    await part.getByText(tenge(sum), { exact: true }).first().waitFor()
  }
  await assertFits(page)
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})
