// A visitor's first minutes: everything they do is done on the page, and everything it shows is what the
// simulated devices, the real centre and the shop say.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OneBrowser } from '../checkout/checkout-world.ts'
import {
  assertAccessible,
  assertFits,
  assertQuiet,
  DESKTOP,
  open,
  PHONE,
} from '../console/visit.ts'
import type { TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import {
  checkMoney,
  checkOut,
  demoOf,
  order,
  orderSays,
  pay,
  phone,
  phoneSays,
  putAway,
  qrOn,
  scan,
  startDemoCentre,
  ticked,
} from './demo-world.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startDemoCentre()
})
after(async () => {
  await browser.close()
  await centre.stop()
})

async function visitDemo(t: Parameters<typeof browser.get>[0], options = DESKTOP) {
  const chromium = await browser.get(t)
  if (chromium === null) return null
  const visit = await open(chromium, demoOf(centre), options)
  t.after(() => visit.page.context().close())
  return visit
}

test('the tour ticks itself: a loan instead of Gold, what is left, the webhook, the rest', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  await page.locator('#tour .now').waitFor()
  assert.deepEqual(await ticked(page), [])
  const id = await order(page, centre, 'Тур в Дубай')
  await page.locator('#tour').getByText('1 из 7').waitFor()
  const checkout = await checkOut(page, /^Kaspi.Gold/)
  await page.locator('#tour').getByText('2 из 7').waitFor()
  assert.deepEqual(await ticked(page), ['Создайте платёж', 'Откройте страницу оплаты'])
  await scan(page)
  await page.locator('#tour').getByText('3 из 7').waitFor()
  await pay(page, 'Рассрочка')
  await page.locator('#tour').getByText('6 из 7').waitFor()
  await orderSays(page, 'Осталось доплатить 1 152 ₸')
  await page.locator('#shop').getByText('подпись верна').waitFor()
  await page
    .locator('#tour')
    .getByText(/^Доплатите/)
    .first()
    .waitFor()
  await assertAccessible(page)
  await checkout.getByRole('button', { name: 'Доплатить' }).click()
  await putAway(page)
  await scan(page)
  await pay(page, 'Gold')
  await page.locator('#tour').getByText('7 из 7').waitFor()
  await orderSays(page, 'Оплачен')
  await checkMoney(centre, id)
  await page.reload()
  await page.locator('#tour').getByText('7 из 7').waitFor()
  assertQuiet(visit)
})

test('Gold on a phone in Kazakh: one place at a time, nothing wider than the screen', async (t) => {
  const options = { ...PHONE, locale: 'kk-KZ' }
  const visit = await visitDemo(t, options)
  if (visit === null) return
  const { page } = visit
  const before = centre.simulator.shop.orders.length
  await page.getByRole('button', { name: 'Төлеу', exact: true }).click()
  await until(() => centre.simulator.shop.orders.length > before)
  await assertFits(page)
  await assertAccessible(page)
  const id = centre.simulator.shop.orders.at(-1)?.id ?? ''
  await centre.kaspi(id)
  assert.equal(await page.locator('#terminals').isVisible(), false)
  await page.getByRole('button', { name: 'Терминалдар' }).click()
  await qrOn(page).waitFor()
  await assertFits(page)
  await assertAccessible(page)
  await qrOn(page).tap()
  // The phone comes by itself when it has something to ask.
  await phone(page)
    .getByRole('button', { name: /төлеу$/ })
    .tap()
  await phoneSays(page, 'Төленді')
  await assertFits(page)
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Дүкен' }).click()
  await page.locator('.badge.paid').first().waitFor()
  await page.getByRole('button', { name: 'Eng' }).tap()
  await page.getByRole('heading', { name: 'Webhooks to the shop' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await checkMoney(centre, id)
  assertQuiet(visit)
})

test('declined, tried again by pointing the lens, then a refund is scanned', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  const id = await order(page, centre, 'Отель')
  const checkout = await checkOut(page, /^Kaspi.Red/)
  await scan(page)
  await phone(page).getByRole('button', { name: 'Отказаться' }).click()
  await phoneSays(page, 'Вы отказались')
  await page.locator('.screen[data-kind="declined"]').waitFor()
  await orderSays(page, 'Не оплачен')
  await putAway(page)
  await checkout.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await qrOn(page).waitFor()
  await point(page)
  await pay(page, 'Red')
  await orderSays(page, 'Оплачен')
  await putAway(page)

  await page
    .locator('.order')
    .first()
    .getByRole('button', { name: /^Вернуть/ })
    .click()
  await page.locator('.screen[data-kind="refund"] .qr').click()
  await phone(page)
    .getByRole('button', { name: /^Получить 10 100/ })
    .click()
  await phoneSays(page, 'Деньги вернулись')
  await orderSays(page, 'Возвращено 10 100 ₸')
  await checkMoney(centre, id)
  assertQuiet(visit)
})

test('money that came in two parts goes back in two, each scanned from a terminal', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  const id = await order(page, centre, 'Круиз')
  for (const paid of [{ product: 'Loan', loan_term: 12 }, { product: 'Gold' }] as const) {
    const { qr_code: qr } = (await centre.kaspi(id)).body.data
    centre.simulator.phone.scan({ qr, ...paid })
    await centre.until(id, paid.product === 'Gold' ? 'paid' : 'partially_paid')
  }
  for (const back of [/^Возвращено 1\s152\s₸/, /^Возвращено 11\s252\s₸/]) {
    await page
      .locator('.order')
      .first()
      .getByRole('button', { name: /^Вернуть/ })
      .click()
    await orderSays(page, 'Возврат идёт')
    await page.locator('.screen[data-kind="refund"] .qr').click()
    await phone(page)
      .getByRole('button', { name: /^Получить/ })
      .click()
    await orderSays(page, back)
  }
  const last = page.locator('.order').first()
  assert.equal(await last.getByRole('button', { name: /^Вернуть/ }).count(), 0)
  await checkMoney(centre, id)
  assertQuiet(visit)
})

/** Drags the phone's lens over the QR and lets go. */
async function point(page: Awaited<ReturnType<typeof open>>['page']): Promise<void> {
  const from = await page.locator('.lens').boundingBox()
  const to = await qrOn(page).boundingBox()
  assert.ok(from && to)
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 })
  await page.locator('.qr.aimed').waitFor()
  await page.mouse.up()
  await phone(page).getByText('К оплате').waitFor()
}

test('a card at the terminal is read, its PIN typed, and the shop is told of another fee', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  await order(page, centre, 'Виза')
  await checkOut(page, /^Kaspi.Gold/)
  await qrOn(page).waitFor()
  const busy = page.locator('.terminal', { has: qrOn(page) })
  await busy.getByRole('button', { name: 'Приложить карту' }).click()
  await page.getByText('Читаю карту').waitFor()
  await page.getByText('Введите ПИН-код').waitFor()
  await page.locator('.screen[data-kind="success"]').waitFor()
  await orderSays(page, /^Оплачен/)
  await page.locator('#terminals').getByText('Карта', { exact: true }).waitFor()
  assertQuiet(visit)
})
