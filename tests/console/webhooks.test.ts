// The developer's half of the console: a source's own page, its webhooks, a replay and the doctor, at a desk
// and on a phone.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { until } from '../support/until.ts'
import { type Shop, startShop } from '../webhooks/shops.ts'
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
let shop: Shop
let secret = ''

before(async () => {
  shop = await startShop('trusting', () => secret)
  centre = await startLoginCentre({
    terminals: [{ camera: 'json' }],
    source: { defaultWebhookUrl: shop.url },
  })
  secret = centre.source.webhookSecret
  await pay()
})
after(async () => {
  await browser?.close()
  await centre.stop()
  await shop.stop()
})

async function pay(): Promise<void> {
  const before = shop.received.length
  const id = await centre.init(1_000_000, { description: 'Тур в Дубай' })
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  await until(() => shop.received.length > before)
}

/** Whole, as wide as its screen, and open to everybody. */
async function assertGood(page: Page): Promise<void> {
  await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
  await assertFits(page)
  await assertAccessible(page)
}

test('a developer at a desk: the address of webhooks with its fault, the keys with their end', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const lists = { sources: [centre.source.id] }
  const visit = await visitAs(browser, centre, 'developer', { ...DESKTOP, path: '/sources', lists })
  const { page } = visit
  await page.getByRole('link', { name: 'Тестовый сайт' }).click()
  // What is not a developer's is shown and cannot be changed.
  await page.getByText('Менять это может администратор страны').waitFor()
  assert.ok(await page.getByLabel('Имя').isDisabled())
  await assertGood(page)

  await page.getByRole('tab', { name: 'Вебхуки' }).click()
  const address = page.getByLabel('Адрес вебхуков')
  await address.fill('https://10.0.0.1/hook')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  // At the field, not only above the button.
  await page
    .locator('.ant-form-item-explain-error', { hasText: 'доступный из интернета' })
    .waitFor()
  await address.fill(shop.url)
  await page.getByText(/Принято 100\s%/).waitFor()
  await assertGood(page)

  await page.getByRole('tab', { name: 'Ключи' }).click()
  await page.getByRole('button', { name: 'Заменить секрет' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('в webhook-signature стоят обе подписи').waitFor()
  await dialog.getByRole('button', { name: 'Заменить секрет' }).click()
  const fresh = (await dialog.getByText(/^whsec_/).textContent()) ?? ''
  assert.match(fresh, /^whsec_[A-Za-z0-9+/]{43}=/)
  await dialog.getByRole('button', { name: 'Сохранено, закрыть' }).click()
  await page
    .getByText(/Прежний действует до \d\d\.\d\d\.\d{4}, \d\d:\d\d, потом перестанет/)
    .waitFor()
  assert.ok(!(await page.content()).includes(fresh))
  await assertGood(page)
  assertQuiet(visit)
  await page.context().close()
})

test('a developer at a desk: what was sent, again, all of a day again, and what the doctor says', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const path = `/sources/${centre.source.id}`
  const lists = { sources: [centre.source.id] }
  const visit = await visitAs(browser, centre, 'developer', { ...DESKTOP, path, lists })
  const { page } = visit
  const dialog = page.getByRole('dialog')
  await page.getByRole('tab', { name: 'Доставки' }).click()
  await page.getByLabel('Событие').click()
  await page.getByTitle('Отменён').click()
  await page.getByText('Ничего не нашлось').waitFor()
  assert.match(page.url(), /event=cancelled/)
  await page.getByRole('button', { name: 'Сбросить' }).click()
  await page
    .getByRole('row', { name: /Оплачен/ })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: 'Вебхук', exact: true }).waitFor()
  const body = shop.received[0]?.raw.toString('utf8') ?? ''
  await page.getByText(body, { exact: true }).waitFor()
  await page.getByText(`webhook-id: ${shop.received[0]?.headers['webhook-id']}`).waitFor()
  await assertGood(page)
  const sent = shop.received.length
  await page.getByRole('button', { name: 'Отправить снова' }).click()
  await until(() => shop.received.length === sent + 1)
  assert.equal(shop.received.at(-1)?.raw.toString('utf8'), body)

  await page.getByRole('link', { name: 'Доставки' }).click()
  await page.getByRole('button', { name: 'Отправить за время снова' }).click()
  const from = async (moment: string) => {
    await dialog.getByLabel('С какого момента').fill(moment)
    await page.locator('.ant-picker-ok button:visible').click()
  }
  await from('01.01.2020, 00:00')
  await dialog.getByRole('button', { name: 'Отправить снова' }).click()
  await dialog.locator('.ant-form-item-explain-error', { hasText: '31 дня' }).waitFor()
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const [year, month, day] = yesterday.split('-')
  await from(`${day}.${month}.${year}, 00:00`)
  await dialog.getByRole('button', { name: 'Отправить снова' }).click()
  await page.getByText('Повторы: 1').click()
  await page.getByText('1 из 1 · Кончился').waitFor()
  await until(() => shop.received.length === sent + 2)

  await page.getByRole('tab', { name: 'Проверка приёмника' }).click()
  await page.getByRole('button', { name: 'Проверить приёмник' }).click()
  await page.getByText('Приёмник поверил чужой подписи').waitFor()
  await page.getByText('Проверяйте подпись до всего остального').waitFor()
  await page.getByText('Нужно исправить').first().waitFor()
  await assertGood(page)
  assertQuiet(visit)
  await page.context().close()
})

test('a developer with a phone: the doctor and one webhook, in the dark', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const path = `/sources/${centre.source.id}?tab=doctor`
  const lists = { sources: [centre.source.id] }
  const options = { ...PHONE, colorScheme: 'dark' as const, path, lists }
  const visit = await visitAs(browser, centre, 'developer', options)
  const { page } = visit
  await page.getByRole('button', { name: 'Проверить приёмник' }).click()
  await page.getByText('Приёмник поверил чужой подписи').first().waitFor()
  await page
    .getByText(/Ответ 200 за \d+ мс/)
    .first()
    .click()
  await page.getByText('X-Webhook-Test: true').first().waitFor()
  await assertGood(page)
  await page.goto(
    `${centre.url}/console/sources/${centre.source.id}?tab=deliveries&state=delivered`,
  )
  await page
    .getByRole('link', { name: /\d\d\.\d\d\.\d{4}/ })
    .first()
    .click()
  await page.getByText('Тело, как ушло').first().waitFor()
  await assertGood(page)
  for (const tab of ['settings', 'keys', 'webhooks', 'money', 'refunds', 'deliveries']) {
    await page.goto(`${centre.url}/console/sources/${centre.source.id}?tab=${tab}`)
    await page.getByRole('heading', { level: 1, name: 'Тестовый сайт' }).waitFor()
    await assertGood(page)
  }
  assertQuiet(visit)
  await page.context().close()
})

test('an admin changes every kind of field, and only what was changed is sent', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const path = `/sources/${centre.source.id}?tab=money`
  const visit = await visitAs(browser, centre, 'country_admin', { ...DESKTOP, path })
  const { page } = visit
  await page.getByLabel('Предел за день, ₸').fill('250000')
  await page.getByLabel('Кто платит комиссию').click()
  await page.getByTitle('источник: сумма не растёт').click()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').waitFor()
  const row = async () => {
    const rows = await centre.sql(
      `SELECT daily_limit_tiyn::text, add_commission_to_amount, ceiling_tiyn::text, allowed_ips
       FROM sources WHERE id = $1`,
      [centre.source.id],
    )
    return rows[0]
  }
  assert.deepEqual(await row(), {
    daily_limit_tiyn: '25000000',
    add_commission_to_amount: false,
    ceiling_tiyn: '10000000000',
    allowed_ips: [],
  })
  await page.getByText('комиссия за ваш счёт').first().waitFor()
  await assertGood(page)
  await page.getByRole('tab', { name: 'Настройки' }).click()
  await page.getByLabel('С каких адресов принимать запросы').fill('10.0.0.0/99')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.locator('.ant-form-item-explain-error', { hasText: '10.0.0.0/8' }).waitFor()
  assert.deepEqual((await row()).allowed_ips, [])
  const [line] = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'source.changed' ORDER BY seq DESC LIMIT 1`,
  )
  assert.deepEqual(Object.keys(line.facts).sort(), ['addCommissionToAmount', 'dailyLimitTiyn'])
  assertQuiet(visit)
  await page.context().close()
})
