// The settings as people use them: one's own logins and second factor, alerts, countries and systems, SMS, the
// second factor of others.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, sessionFor } from '../support/staff.ts'
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
  centre = await startLoginCentre()
})
after(async () => {
  await browser?.close()
  await centre.stop()
})

const settings = (tab: string) => `/settings?tab=${tab}`

test('another login of one’s own is seen and ended; the second factor is turned on and off', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'cashier', { ...PHONE, path: settings('own') })
  const { page, phone } = visit
  await page.getByText('это вы сейчас').waitFor()
  const [{ id }] = await centre.sql('SELECT id FROM admins WHERE phone = $1', [phone])
  const other = await sessionFor(centre, id)
  await page.reload()
  await page.getByRole('button', { name: 'Завершить' }).click()
  await page.getByRole('button', { name: 'Завершить' }).waitFor({ state: 'detached' })
  assert.equal((await other.call('GET', '/api/admin/me')).status, 401)
  await page.getByRole('button', { name: 'Включить' }).click()
  const secret = (await page.getByText(/^[A-Z2-7]{16,}$/).textContent()) ?? ''
  await page.getByLabel('Код из приложения').fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: 'Подтвердить' }).click()
  const recovery =
    (await page
      .getByText(/^[a-z0-9]{5}-[a-z0-9]{5}$/)
      .first()
      .textContent()) ?? ''
  await page.getByRole('button', { name: 'Коды сохранены, начать работу' }).click()
  await page.getByText('Резервных кодов осталось: 10').waitFor()
  await assertFits(page)
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Выключить второй фактор' }).click()
  await page.getByLabel('Код из приложения или резервный').fill(recovery)
  await page.getByRole('button', { name: 'Выключить второй фактор' }).click()
  await page.getByText('Второй фактор выключен').waitFor()
  assertQuiet(visit)
  await page.context().close()
})

test('alerts: quiet hours, a threshold, a role by SMS', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', {
    ...DESKTOP,
    path: settings('alerts'),
  })
  const { page } = visit
  await page.getByRole('switch', { name: 'Тихие часы' }).click()
  await page.getByLabel('Через сколько минут').fill('90')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').waitFor()
  const [times] = await centre.sql('SELECT quiet_from, remind_after_minutes FROM alert_settings')
  assert.deepEqual(times, { quiet_from: null, remind_after_minutes: 90 })
  await page.getByLabel('Необычно большая сумма: больше в раз').fill('5')
  await page.keyboard.press('Tab')
  await until(async () => {
    const [rule] = await centre.sql(`SELECT threshold FROM alert_rules WHERE kind = 'unusual_sum'`)
    return rule?.threshold === 5
  })
  await page.getByRole('button', { name: 'Добавить получателя' }).click()
  await page.getByText('Всем с ролью').click()
  await page.getByRole('combobox', { name: /Роль/ }).click()
  await page.getByTitle('бухгалтер').click()
  await page.getByRole('button', { name: 'Добавить получателя' }).click()
  await page.getByText('SMS: все с ролью «бухгалтер», обо всём').waitFor()
  await page.getByRole('button', { name: 'Убрать' }).click()
  await page.getByText('Пока никому').waitFor()
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})

test('a country is added, switched off and removed; one in use stays, and says why', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', {
    ...PHONE,
    path: settings('places'),
  })
  const { page } = visit
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Добавить страну' }).click()
  await dialog.getByLabel('Код', { exact: true }).fill('GE')
  await dialog.getByLabel('Название').fill('Грузия')
  await dialog.getByLabel('Телефонный код').fill('+995')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('button', { name: 'Грузия' }).click()
  await dialog.getByRole('button', { name: 'Удалить' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: 'Удалить' }).click()
  await page.getByRole('button', { name: 'Грузия' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Казахстан' }).click()
  await dialog.getByRole('button', { name: 'Удалить' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: 'Удалить' }).click()
  await dialog.getByRole('alert').waitFor()
  await assertFits(page)
  assertQuiet(visit)
  await page.context().close()
})

test('the SMS that brought one in is in the log, without its text', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', {
    ...DESKTOP,
    path: settings('texts'),
  })
  const { page, phone } = visit
  await page.getByText('в файл, для проверки').waitFor()
  const row = page.getByRole('row', { name: new RegExp(`•••${phone.slice(-2)}`) }).first()
  await row.getByText('Код для входа').waitFor()
  assert.ok(!(await page.content()).includes(phone))
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})

test('a super admin obliges another to have a second factor, and ends their login', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const { id } = await addStaff(centre, 'developer', { name: 'Ерлан' })
  const session = await sessionFor(centre, id)
  const visit = await visitAs(browser, centre, 'super_admin', {
    ...DESKTOP,
    path: settings('admins'),
  })
  const { page } = visit
  await page.getByRole('button', { name: 'Ерлан' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Вход и второй фактор').click()
  await dialog.getByRole('switch', { name: 'Второй фактор обязателен' }).click()
  await until(async () => {
    const [row] = await centre.sql(
      'SELECT second_factor_obligatory AS is FROM admins WHERE id = $1',
      [id],
    )
    return row.is
  })
  assert.equal(
    (await session.call('GET', '/api/admin/me')).body.code,
    'second_factor_setup_required',
  )
  await dialog.getByRole('button', { name: 'Завершить' }).click()
  await dialog.getByText('Сейчас не вошёл нигде').waitFor()
  assert.equal((await session.call('GET', '/api/admin/me')).status, 401)
  assertQuiet(visit)
  await page.context().close()
})

test('a connection to the bank is entered and checked, and a method is sent its way', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', {
    ...PHONE,
    path: settings('qrApi'),
  })
  const { page } = visit
  await page.getByText('Подключений нет').waitFor()
  await page.getByRole('button', { name: 'Добавить подключение' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Имя').fill('Основной банк')
  await dialog.getByLabel('Адрес API').fill('https://127.0.0.1:1')
  await dialog.getByLabel('Схема').click()
  await page.getByText('r1: по ключу, без возвратов').click()
  await dialog.getByLabel('Номер торговой точки').fill('7001')
  await dialog.getByLabel('Ключ API').fill('a-key-of-the-bank')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('button', { name: 'Основной банк' }).waitFor()
  await page.getByRole('button', { name: 'Проверить' }).click()
  await page.getByText(/Банк не отвечает: проверьте/).waitFor()
  const [kept] = await centre.sql('SELECT scheme, form, api_key FROM qr_connections')
  assert.deepEqual([kept.scheme, kept.form], ['r1', 'qr'])
  assert.ok(!kept.api_key.includes('a-key-of-the-bank'))
  await page.goto(`${centre.url}/console${settings('methods')}`)
  await page.getByLabel('Чем принимать: Kaspi Red').click()
  await page.getByText('Только терминалы').click()
  await until(async () => {
    const [red] = await centre.sql("SELECT route FROM payment_methods WHERE code = 'kaspi_red'")
    return red.route === 'terminals_only'
  })
  await assertFits(page)
  assertQuiet(visit)
  await page.context().close()
})

test('the settings of others are not there for those without the right', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'cashier', { ...DESKTOP, path: settings('alerts') })
  const { page } = visit
  await page.getByText('Где выполнен вход').waitFor()
  assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Профиль', 'Способы и ставки'])
  assertQuiet(visit)
  await page.context().close()
})
