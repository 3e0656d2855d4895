// The desk: a payment handed over with one hand, by messenger, SMS or paper, and given back to be paid another way.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
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

async function pay(id: string): Promise<void> {
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
}

const CUSTOMER = '+77059876543'

test('at 360 px: made, sent by SMS and WhatsApp, printed, seen paid, all under one thumb', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const lists = { sources: [centre.source.id] }
  const visit = await visitAs(browser, centre, 'cashier', { ...PHONE, path: '/cashier', lists })
  const { page } = visit
  await page.getByLabel('Сумма, ₸').fill('12500')
  const create = page.getByRole('button', { name: /Создать платёж на 12\s500\s₸/ })
  const { height = 0 } = page.viewportSize() ?? {}
  const box = await create.boundingBox()
  // Without a scroll, in the lower half.
  assert.ok(box !== null && box.y > height / 2 && box.y + box.height <= height, `${box?.y}`)
  await page.getByLabel('Телефон клиента').fill(CUSTOMER)
  await create.click()
  await page.getByText('Ждём, когда клиент откроет ссылку').waitFor()
  const whatsapp = await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')
  assert.ok(whatsapp?.startsWith('https://wa.me/77059876543?text='), whatsapp ?? '')
  await page.getByRole('button', { name: 'Отправить SMS' }).click()
  await page.getByText(`SMS отправлено на ${CUSTOMER}`).waitFor()
  await until(() => centre.textsTo(CUSTOMER).length === 1)
  const id = /[0-9A-F]{32}$/.exec(page.url())?.[0] ?? ''
  assert.ok(centre.textsTo(CUSTOMER)[0]?.endsWith(`/pay/${id}`))
  await assertFits(page)
  await assertAccessible(page)
  // The address keeps it through a reload.
  await page.reload()
  await page.getByText('Ждём, когда клиент откроет ссылку').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.locator('.slip').getByText('Не является фискальным чеком').waitFor()
  assert.equal(await page.getByRole('banner').isVisible(), false)
  await page.emulateMedia({ media: 'screen' })
  await pay(id)
  await page.getByRole('main').getByText('Оплачен', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Следующий клиент' }).click()
  await page.getByLabel('Сумма, ₸').waitFor()
  assertQuiet(visit)
  await page.context().close()
})

test('given back and paid another way: the new payment and the steps of the refund are in the story', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const id = await centre.init(1_000_000, { description: 'Тур в Дубай' })
  await pay(id)
  const lists = { sources: [centre.source.id] }
  const path = `/payments/${id}`
  const visit = await visitAs(browser, centre, 'cashier', { ...DESKTOP, path, lists })
  const { page } = visit
  await page.getByRole('button', { name: 'Вернуть и оплатить иначе' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByText(/Вернём покупателю 10\s100\s₸ и сразу откроем новый платёж на 10\s000\s₸/)
    .waitFor()
  await dialog.getByText('Только записать, начать позже').click()
  await dialog.getByRole('button', { name: /Вернуть 10\s100\s₸ и открыть новый платёж/ }).click()
  await page.getByRole('button', { name: /Начать возврат 10\s100\s₸/ }).waitFor()
  await page.getByText('Как шёл возврат').click()
  await page.getByText(/запро/i).first().waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Вместо него открыт новый платёж' }).click()
  await page.getByRole('link', { name: 'Открыт вместо другого платежа' }).waitFor()
  await page.getByText('Не начат', { exact: true }).first().waitFor()
  const [{ count }] = await centre.sql('SELECT count(*)::integer AS count FROM successors')
  assert.equal(count, 1)
  assertQuiet(visit)
  await page.context().close()
})
