// Keys and the palette: gone to and done by keyboard alone, in any layout, and never past one's rights.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
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
  centre = await startLoginCentre()
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

test('a payment is found by the last digits of a phone and opened without a mouse', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const id = await centre.init(1_000_000, {
    customer_phone: '+77051234567',
    customer_name: 'Айгерим',
  })
  const visit = await visitAs(browser, centre, 'country_admin', { ...DESKTOP, path: '/terminals' })
  const { page } = visit
  await page.getByRole('heading', { name: 'Терминалы' }).waitFor()
  await page.keyboard.press('Control+KeyK')
  const palette = page.getByRole('dialog')
  await palette.getByPlaceholder('Страница, действие, платёж, телефон…').waitFor()
  await page.keyboard.type('1234567')
  await palette.getByRole('option', { name: /Айгерим/ }).waitFor()
  await assertAccessible(page)
  // Past «look in all payments», which comes first.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/payments/${id}`))
  assertQuiet(visit)
  await page.context().close()
})

test('what may be done on the open page is in the palette, and what may not is not', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const id = await centre.init(1_000_000)
  const visit = await visitAs(browser, centre, 'country_admin', {
    ...DESKTOP,
    path: `/payments/${id}`,
  })
  const { page } = visit
  await page.getByRole('button', { name: 'Отменить платёж' }).waitFor()
  await page.keyboard.press('Control+KeyK')
  const palette = page.getByRole('dialog')
  const lines = await palette.getByRole('option').allInnerTexts()
  assert.ok(lines.some((line) => line.startsWith('Отменить платёж')))
  assert.ok(!lines.some((line) => line.includes('Сотрудники')), `${lines}`)
  await page.keyboard.type('отменить')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /Отменить платёж на 10\s000\s₸\?/ }).waitFor()
  assertQuiet(visit)
  await page.context().close()
})

test('letters go to places in a Russian layout too; `?` tells them', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', { ...DESKTOP, path: '/payments' })
  const { page } = visit
  await page.getByRole('heading', { name: 'Платежи' }).waitFor()
  // As a browser tells of G and T where they are П and Е.
  await page.evaluate(`for (const [code, key] of [['KeyG', 'п'], ['KeyT', 'е']]) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true }))
  }`)
  await page.getByRole('heading', { name: 'Терминалы' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Клавиши' }).waitFor()
  await assertAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Клавиши' }).waitFor({ state: 'hidden' })
  // In a field they are letters.
  await page.keyboard.press('/')
  await page.keyboard.type('gp')
  assert.equal(await page.getByLabel('Найти платёж').inputValue(), 'gp')
  assert.match(page.url(), /terminals/)
  assertQuiet(visit)
  await page.context().close()
})

test('focus begins with the menu, then the search, then the page', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', { ...PHONE, path: '/payments' })
  const { page } = visit
  await page.getByRole('heading', { name: 'Платежи' }).waitFor()
  const names: string[] = []
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab')
    names.push(await page.evaluate(`document.activeElement.getAttribute('aria-label') ?? ''`))
  }
  assert.deepEqual(names.slice(0, 3), ['Меню', 'Найти платёж (клавиша /)', 'Тревоги'])
  await assertFits(page)
  assertQuiet(visit)
  await page.context().close()
})
