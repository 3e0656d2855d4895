// The queue as a customer meets it (S8): the place is told, kept over a reload, told on another device, and
// a freed terminal goes to who waits.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import {
  advice,
  choose,
  headline,
  OneBrowser,
  onScreen,
  PHONE,
  qrOf,
  visit,
} from './checkout-world.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
})
after(async () => {
  await browser.close()
  await centre.stop()
})

test('S8: wait, reload, look from elsewhere, change the method, be served', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const holder = await centre.init(100_000)
  const held = await centre.kaspi(holder)
  assert.equal(held.status, 200, held.text)
  const id = await centre.init(300_000)
  const url = `${centre.url}/pay/${id}`
  const { page, context, complaints } = await visit(chromium, url)
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'queue')
  assert.equal(await headline(page), 'Все терминалы заняты')
  assert.match(await advice(page), /^Вы первый, ждать около \d+ (секунд|минут)/)

  const other = await visit(chromium, url, PHONE)
  await onScreen(other.page, 'queue')
  await other.page.getByText('Место держит другое устройство').waitFor()

  await page.reload()
  await onScreen(page, 'queue')
  await page.getByText('Место за вами').waitFor()
  await page.getByText('Выбрать другой способ').click()
  await choose(page, 'Кредит')
  await onScreen(page, 'queue')

  centre.simulator.phone.scan({ qr: held.body.data.qr_code })
  for (const each of [page, other.page]) await onScreen(each, 'qr')
  assert.equal(await advice(page), 'В приложении выберите Кредит')
  centre.simulator.phone.scan({ qr: await qrOf(centre, id), product: 'Loan', loan_term: 6 })
  for (const each of [page, other.page]) {
    await onScreen(each, 'paid')
    assert.equal(await headline(each), 'Оплачено 3 420 ₸')
  }
  assert.deepEqual([...complaints, ...other.complaints], [])
  await context.close()
  await other.context.close()
})

test('terminals that are all out of work: said at once, and one tap tries again', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${centre.url}/pay/${id}`)
  await onScreen(page, 'choose')
  await centre.sql('UPDATE terminals SET is_active = false')
  t.after(() => centre.sql('UPDATE terminals SET is_active = true'))
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'refused')
  assert.equal(await headline(page), 'Терминалы сейчас недоступны')
  await centre.sql('UPDATE terminals SET is_active = true')
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await onScreen(page, 'qr')
  await context.close()
})
