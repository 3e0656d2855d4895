// A centre in demo mode with its page open in a real browser, and the hands of a visitor.

import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { TestCentre } from '../support/centre.ts'
import { startTestCentre, type TestCentreOptions } from '../support/centre.ts'
import { until } from '../support/until.ts'

/** As slow as can be seen, as quick as can be waited for. */
const TIMING = { initializeMs: 300, customerMs: 50, cardMs: 2_000, resultScreenMs: 1_500 }

export function startDemoCentre(options: TestCentreOptions = {}): Promise<TestCentre> {
  const timing = { ...TIMING, ...options.timing }
  const source = { name: 'Демо-магазин', refundsAllowed: true }
  return startTestCentre({ demo: true, source, ...options, timing })
}

export function demoOf({ url }: TestCentre): string {
  return `${url}/demo/`
}

/** Orders in the shop; returns the payment's number once the shop knows it. */
export async function order(page: Page, centre: TestCentre, what: string): Promise<string> {
  const before = centre.simulator.shop.orders.length
  await page.getByLabel('Что покупаем').fill(what)
  await page.getByRole('button', { name: 'Оплатить', exact: true }).click()
  await until(() => centre.simulator.shop.orders.length > before)
  return centre.simulator.shop.orders.at(-1)?.id ?? ''
}

/** Opens the newest order's payment page, as the visitor does, and chooses there. */
export async function checkOut(page: Page, method: RegExp): Promise<Page> {
  const link = page.locator('.order').first().getByRole('link', { name: 'Страница оплаты' })
  const [checkout] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await checkout.getByRole('button', { name: method }).click()
  return checkout
}

/** The QR on a terminal's screen; a narrow page shows the terminals only when asked. */
export function qrOn(page: Page): Locator {
  return page.locator('.screen .qr')
}

/** Taps the QR on whichever terminal shows it, and answers on the phone. */
export async function scan(page: Page): Promise<void> {
  await qrOn(page).click()
  await phone(page)
    .getByText(/^(К оплате|Возврат)$/)
    .waitFor()
}

export function phone(page: Page): Locator {
  return page.locator('#phone')
}

/** What the phone says largest. */
export async function phoneSays(page: Page, text: string): Promise<void> {
  await phone(page).locator('.headline').getByText(text).waitFor()
}

export async function pay(page: Page, product: string): Promise<void> {
  await phone(page).getByLabel(product).check()
  await phone(page)
    .getByRole('button', { name: /^Оплатить/ })
    .click()
}

/** The order's card says so. */
export async function orderSays(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.order').first().getByText(text).waitFor()
}

export async function putAway(page: Page): Promise<void> {
  await phone(page).getByRole('button', { name: 'На главный экран' }).click()
  await phoneSays(page, 'Наведите на QR')
}

/** The steps of the tour that are ticked. */
export async function ticked(page: Page): Promise<string[]> {
  return page.locator('#tour .done .step').allTextContents()
}

/** No terminal took two operations at once, and the books say what the bank says. */
export async function checkMoney(centre: TestCentre, id: string): Promise<void> {
  assert.deepEqual(centre.simulator.journal.overlaps(), [])
  const told = await centre.status(id)
  // From the attempts: a QR that is scanned at once is gone before the shop has looked.
  const attempts = await centre.sql(
    'SELECT qr_text FROM attempts WHERE payment_id = $1::uuid AND qr_text IS NOT NULL',
    [id],
  )
  const qrs = attempts.map(({ qr_text: qr }) => qr)
  const { entries, operations } = centre.simulator.journal
  const own = operations.filter(({ qr }) => qrs.includes(qr)).map(({ process_id: of }) => of)
  const paid = entries
    .filter(({ process_id: of, kind }) => own.includes(of) && kind === 'sale')
    .reduce((sum, { amount_tenge: tenge }) => sum + tenge * 100, 0)
  assert.equal(told.paid_amount, paid)
}
