// What goes wrong on the page's command, and what the visitor then sees: money is never doubled or guessed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OneBrowser } from '../checkout/checkout-world.ts'
import { assertQuiet, DESKTOP, open } from '../console/visit.ts'
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
  qrOn,
  startDemoCentre,
} from './demo-world.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startDemoCentre({ timing: { rebootMs: 3_000 } })
})
after(async () => {
  await browser.close()
  await centre.stop()
})

async function visitDemo(t: Parameters<typeof browser.get>[0]) {
  const chromium = await browser.get(t)
  if (chromium === null) return null
  const visit = await open(chromium, demoOf(centre), DESKTOP)
  t.after(() => visit.page.context().close())
  return visit
}

test('a lost answer: another terminal takes the payment, the first keeps its QR, paid once', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  await page.getByRole('button', { name: 'Ответ потеряется' }).click()
  await page.getByText('Ждёт: потеря ответа').first().waitFor()
  const id = await order(page, centre, 'Тур')
  await checkOut(page, /^Kaspi.Gold/)
  await until(async () => (await qrOn(page).count()) === 2)
  assert.equal(await page.getByText('Ждёт: потеря ответа').count(), 0)
  await page.locator(`[data-qr="${await qrOf(id)}"]`).click()
  await pay(page, 'Gold')
  await orderSays(page, 'Оплачен')
  assert.equal(centre.simulator.journal.entries.length, 1)
  await checkMoney(centre, id)
  assertQuiet(visit)
})

test('an unknown result: the terminal says so, the shop is told nothing until the bank is sure', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  await page.getByRole('button', { name: 'Результат неизвестен' }).click()
  const id = await order(page, centre, 'Тур')
  const webhooks = centre.simulator.shop.webhooks().length
  await checkOut(page, /^Kaspi.Gold/)
  await page.locator(`[data-qr="${await qrOf(id)}"]`).click()
  await pay(page, 'Gold')
  await page.locator('.screen[data-kind="no_link"]').waitFor()
  await phoneSays(page, 'Оплачено')
  assert.equal(centre.simulator.shop.webhooks().length, webhooks)
  await orderSays(page, 'Оплачен')
  await checkMoney(centre, id)
  assertQuiet(visit)
})

test('a refused start falls to another terminal; a sum of its own is booked as it was told', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  const { journal, phone: customer } = centre.simulator
  await page.getByRole('button', { name: 'Терминал откажет' }).click()
  await page.getByText('Ждёт: отказ на запуск').first().waitFor()
  await page.getByRole('button', { name: 'Другая сумма' }).click()
  await page.getByText('отказ на запуск, другая сумма').first().waitFor()
  const id = await order(page, centre, 'Тур')
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  const [refused, accepted] = journal.startCalls.slice(-2)
  assert.deepEqual([refused?.fault, accepted?.accepted], ['refuse_code', true])
  assert.notEqual(refused?.terminal, accepted?.terminal)
  customer.scan({ qr: started.body.data.qr_code, after_ms: 0 })
  await orderSays(page, 'Оплачен')
  assert.equal((await centre.status(id)).paid_amount, 1_020_000)
  assert.equal(journal.entries.at(-1)?.amount_tenge, 10_100)
  await page.locator('#terminals').getByText('10 100').first().waitFor()
  assertQuiet(visit)
})

test('a terminal restarts, a camera is covered and blurred, a phone loses its network: all is seen', async (t) => {
  const visit = await visitDemo(t)
  if (visit === null) return
  const { page } = visit
  centre.simulator.phone.putAway()
  const first = page.locator('.terminal').last()
  await first.getByText('Вмешаться').click()
  await first.getByRole('button', { name: 'Закрыть камеру' }).click()
  await first.locator('.camera').getByText('закрыта').waitFor()
  await page.getByRole('button', { name: 'Отменить все' }).click()
  await first.getByRole('button', { name: 'Сбить фокус' }).click()
  await first.locator('.camera').getByText('не в фокусе').waitFor()
  await page.getByRole('button', { name: 'Отменить все' }).click()
  await first.getByRole('button', { name: 'Перезагрузить' }).click()
  await first.getByText('Перезагружается…').waitFor()
  await first.getByText('выкл.').waitFor()
  await first.getByText('Готов к оплате').waitFor()
  await phone(page).getByRole('button', { name: 'Отключить сеть' }).click()
  await phone(page).getByText('нет сети').waitFor()
  await phone(page).getByText('Вставить ссылку').click()
  await phone(page).getByLabel('Ссылка Kaspi').fill('https://pay.kaspi.kz/pay/12345')
  await phone(page).getByRole('button', { name: 'Открыть', exact: true }).click()
  await page.locator('#notice').getByText('На телефоне нет сети').waitFor()
  await phone(page).getByRole('button', { name: 'Вернуть сеть' }).click()
  await phone(page).getByText('в сети').waitFor()
  assertQuiet(visit)
})

async function qrOf(id: string): Promise<string> {
  let qr: string | null = null
  await until(async () => {
    qr = (await centre.status(id)).qr_code
    return qr !== null
  })
  return qr ?? ''
}
