// A customer's whole way over a real centre and its simulated terminals: what the page says is what the
// terminals did. It looks at the page only as a person could.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { liveRefund, paidPayment } from '../refunds/refund-world.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'
import {
  advice,
  choose,
  headline,
  OneBrowser,
  onScreen,
  PHONE,
  qrOf,
  textOf,
  visit,
} from './checkout-world.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startTestCentre({
    source: { name: 'Магазин путешествий' },
    // Long enough to be seen.
    timing: { initializeMs: 700, scanWaitMs: 20_000 },
  })
})
after(async () => {
  await browser.close()
  await centre.stop()
})

function pageOf(id: string): string {
  return `${centre.url}/pay/${id}`
}

test('a computer: choose, prepare, scan the QR, confirm, paid; another device and a reload show the same', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(1_000_000, { description: 'Тур в Дубай' })
  const { page, context, complaints } = await visit(chromium, pageOf(id))
  await onScreen(page, 'choose')
  assert.equal(await textOf(page, '#seller'), 'Магазин путешествий')
  assert.equal(await textOf(page, '#subject'), 'Тур в Дубай')
  assert.equal(await textOf(page, '#sum'), '10 000 ₸')
  const offers = (await page.locator('.method').allTextContents()).map((text) =>
    text.replace(/\s/g, ' '),
  )
  assert.deepEqual(offers.slice(0, 4), [
    'Kaspi Goldкомиссия 1 %10 100 ₸',
    'Kaspi Redкомиссия 1 %10 100 ₸',
    'Кредиткомиссия 14 %11 400 ₸',
    'Рассрочка на 12 месяцевкомиссия 14 %примерно 950 ₸ в месяц11 400 ₸',
  ])
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'preparing')
  assert.equal(await page.locator('.steps li').count(), 3)
  await onScreen(page, 'qr')
  assert.equal(await headline(page), 'Наведите камеру телефона или сканер Kaspi')
  assert.equal(await advice(page), 'В приложении выберите Kaspi Gold')
  assert.equal(await page.locator('#open').count(), 0)
  const picture = page.getByRole('img', { name: 'QR для оплаты в Kaspi' })
  const { width } = (await picture.boundingBox()) ?? { width: 0 }
  assert.ok(width >= 240, `QR шириной ${width}`)
  await page.evaluate('document.querySelector(".qr img").decode()')
  await page.getByText(/^QR действует ещё \d:\d\d$/).waitFor()

  const other = await visit(chromium, pageOf(id), PHONE)
  await onScreen(other.page, 'qr')
  const qr = await qrOf(centre, id)
  centre.simulator.phone.scan({ qr, outcome: 'leave' })
  for (const each of [page, other.page]) {
    await onScreen(each, 'confirm')
    assert.equal(await headline(each), 'Подтвердите оплату в приложении')
  }
  centre.simulator.phone.decide({ qr })
  for (const each of [page, other.page]) {
    await onScreen(each, 'paid')
    assert.equal(await headline(each), 'Оплачено 10 100 ₸')
  }
  assert.match(await advice(page), /^\d\d\.\d\d\.\d{4}, \d\d:\d\d\. Можно закрыть страницу$/)
  await page.getByText(id).waitFor()
  const said = await page.locator('main').textContent()
  await page.reload()
  await onScreen(page, 'paid')
  await page.getByRole('button', { name: 'Сохранить PDF' }).waitFor()
  assert.equal(await page.locator('main').textContent(), said)
  assert.deepEqual([...complaints, ...other.complaints], [])
  await context.close()
  await other.context.close()
})

test('a phone: one button to Kaspi, the QR folded; declined, and one tap tries again', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(500_000)
  const { page, context, complaints } = await visit(chromium, pageOf(id), PHONE)
  await choose(page, 'Kaspi.Red')
  await onScreen(page, 'qr')
  assert.equal(await headline(page), 'Откройте Kaspi, чтобы оплатить')
  const link = await page.getByRole('link', { name: 'Открыть Kaspi' }).getAttribute('href')
  assert.match(link ?? '', /^https:\/\/pay\.kaspi\.kz\/pay\/\d+$/)
  const picture = page.locator('.qr img')
  assert.equal(await picture.isVisible(), false)
  await page.getByText('QR для другого телефона').click()
  assert.equal(await picture.isVisible(), true)

  const first = await qrOf(centre, id)
  centre.simulator.phone.scan({ qr: first, outcome: 'decline' })
  await onScreen(page, 'failed')
  assert.equal(await headline(page), 'Оплата не прошла: её отменили в Kaspi')
  assert.equal(await advice(page), 'Деньги не списаны')
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await onScreen(page, 'qr')
  assert.equal(await advice(page), 'В приложении выберите Kaspi Red')
  const second = await qrOf(centre, id)
  assert.notEqual(second, first)
  centre.simulator.phone.scan({ qr: second, product: 'Red' })
  await onScreen(page, 'paid')
  assert.deepEqual(complaints, [])
  await context.close()
})

test('M6: Gold chosen, a loan used: what is left, how it came about, one tap pays the rest', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(1_000_000)
  const { page, context, complaints } = await visit(chromium, pageOf(id), PHONE)
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'qr')
  const qr = await qrOf(centre, id)
  centre.simulator.phone.scan({ qr, product: 'Loan', loan_term: 12 })
  await onScreen(page, 'rest')
  assert.equal(await headline(page), 'Вы оплатили в рассрочку, её комиссия выше')
  assert.equal(await advice(page), 'Осталось доплатить 1 152 ₸')
  assert.equal(await textOf(page, '#sum'), '1 152 ₸')
  await page.getByText('Как получилась эта сумма').click()
  const figures = (await page.locator('.figures div').allTextContents()).map((text) =>
    text.replace(/\s/g, ' '),
  )
  assert.deepEqual(figures, [
    'Цена без комиссии10 000 ₸',
    'Вы заплатили10 100 ₸',
    'Из них комиссия 14 %1 240,35 ₸',
    'Зачтено продавцу8 859,65 ₸',
    'Осталось без комиссии1 140,35 ₸',
    'К доплате через Kaspi Gold, комиссия 1 %1 152 ₸',
  ])
  await page.getByRole('button', { name: 'Доплатить' }).click()
  await onScreen(page, 'qr')
  assert.equal(await textOf(page, '#sum'), '1 152 ₸')
  centre.simulator.phone.scan({ qr: await qrOf(centre, id) })
  await onScreen(page, 'paid')
  assert.equal(await headline(page), 'Оплачено 11 252 ₸')
  assert.deepEqual(complaints, [])
  await context.close()
})

test('the QR runs out: the server says so, and one tap tries again', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const impatient = await startTestCentre({ timing: { scanWaitMs: 1_500 } })
  t.after(() => impatient.stop())
  const id = await impatient.init(100_000)
  const { page, context } = await visit(chromium, `${impatient.url}/pay/${id}`)
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'failed')
  assert.equal(await headline(page), 'Время на оплату вышло')
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await onScreen(page, 'qr')
  await context.close()
})

test('S6: what the bank has not confirmed is not to be paid twice', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(200_000)
  const { page, context } = await visit(chromium, pageOf(id))
  for (const terminal of centre.simulator.terminals) {
    terminal.armFault({ fault: 'unknown', actualize_calls: 2 })
  }
  t.after(() => {
    for (const terminal of centre.simulator.terminals) terminal.clearFaults()
  })
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'qr')
  centre.simulator.phone.scan({ qr: await qrOf(centre, id) })
  await onScreen(page, 'unknown')
  assert.equal(await headline(page), 'Банк ещё не подтвердил результат')
  assert.match(await advice(page), /^Не платите второй раз/)
  assert.equal(await page.locator('#body button').count(), 0)
  await onScreen(page, 'paid')
  await context.close()
})

test('S2, S4: expired and cancelled say how to go on; a stranger’s number says nothing', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const [expired, cancelled] = [await centre.init(100_000), await centre.init(100_000)]
  const { page, context } = await visit(chromium, pageOf(expired))
  await onScreen(page, 'choose')
  await centre.sql(
    `UPDATE payments SET expires_at = now() - interval '1 second'
      WHERE replace(id::text, '-', '') = lower($1)`,
    [expired],
  )
  await onScreen(page, 'cancelled')
  assert.equal(await headline(page), 'Срок оплаты истёк')
  assert.equal(await advice(page), 'Попросите у продавца новую ссылку')
  await page.goto(pageOf(cancelled))
  await onScreen(page, 'choose')
  await centre.call('POST', `/api/payment/${cancelled}/cancel`)
  await onScreen(page, 'cancelled')
  assert.equal(await headline(page), 'Платёж отменён')
  await page.goto(pageOf('0'.repeat(32)))
  await onScreen(page, 'missing')
  assert.equal(await headline(page), 'Такого платежа нет')
  await context.close()
})

test('M15: a refund shows its QR on the page, then says that the money is back', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await paidPayment(centre)
  const { page, context, complaints } = await visit(chromium, pageOf(id))
  await onScreen(page, 'paid')
  const staff = await loginAs(centre, 'country_admin')
  const refund = await liveRefund(staff, id)
  // No notice tells a page at rest of it: it looks again when it is looked at.
  await page.reload()
  await onScreen(page, 'refund')
  assert.equal(await headline(page), 'Отсканируйте QR возврата в приложении Kaspi')
  assert.equal(await textOf(page, '#sum'), '1 010 ₸')
  await page.evaluate('document.querySelector(".qr img").decode()')
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await onScreen(page, 'paid')
  await page.getByText('Возвращено').waitFor()
  assert.deepEqual(complaints, [])
  await context.close()
})
