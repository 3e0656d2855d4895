// Terminals in the console: one is paired from its address to its first test, the wall is looked at, and a camera
// is set up. Devices and cameras are the simulator's, over the wire.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Simulator, startSimulator } from '../../packages/simulator/src/index.ts'
import { QUICK_TIMING } from '../support/centre.ts'
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
/** Devices that nobody has entered yet. */
let fresh: Simulator
let browser: Browser | null = null

before(async () => {
  centre = await startLoginCentre({ terminals: [{ camera: 'jpeg' }] })
  fresh = await startSimulator({
    terminals: [{ camera: 'png', https: {}, protection: true, permission: 'ask' }],
    timing: QUICK_TIMING,
  })
})
after(async () => {
  await browser?.close()
  await centre.stop()
  await fresh.close()
})

async function addressSaved(page: Page, name: string): Promise<void> {
  const [device] = fresh.terminals
  await page.getByRole('button', { name: 'Добавить терминал' }).click()
  await page.getByLabel('Имя').fill(name)
  await page.getByLabel('Адрес терминала').fill(`https://${device?.host}:${device?.port}`)
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).click()
  await page.getByText('Отпечаток сертификата (SHA-256)').waitFor()
}

test('a terminal is paired step by step, left on the way and taken up again', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', { ...DESKTOP, path: '/terminals' })
  const { page } = visit
  await addressSaved(page, 'Касса у входа')
  const print = (await page.locator('.fingerprint').textContent()) ?? ''
  assert.match(print, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  await assertAccessible(page)
  // Left here, and found on the wall as what is not finished.
  await page.goto(`${centre.url}/console/terminals`)
  await page.getByRole('button', { name: 'Продолжить подключение' }).click()
  await page.getByRole('button', { name: 'Это он, доверять этому сертификату' }).click()
  await page.getByRole('button', { name: 'Зарегистрировать' }).click()
  await page.getByText('Нажмите «Разрешить» на экране терминала').waitFor()
  await until(async () => fresh.terminal(1).screen().state === 'asks_permission')
  fresh.terminal(1).press('forbid')
  await page
    .getByRole('alert')
    .getByText(/Терминал отказал/)
    .waitFor()
  await page.getByRole('button', { name: 'Зарегистрировать' }).click()
  await until(async () => fresh.terminal(1).screen().state === 'asks_permission')
  fresh.terminal(1).press('allow')
  await page.getByText('Терминал знает центр под именем ByFly Pay').waitFor()
  await page.getByRole('button', { name: 'Дальше' }).click()
  await assertAccessible(page)
  await page.getByLabel('Адрес камеры').fill(fresh.terminals[0]?.cameraUrl ?? '')
  await page.getByRole('button', { name: 'Сохранить и посмотреть' }).click()
  await page.getByRole('img', { name: 'Кадр камеры: Касса у входа' }).waitFor()
  await page.getByRole('button', { name: 'Дальше' }).click()
  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  await page.getByText(/Всё работает/).waitFor()
  await assertFits(page)
  await page.getByRole('button', { name: 'Включить в работу' }).click()
  await page.getByText('Терминал в работе').waitFor()
  await page.getByRole('link', { name: 'К терминалам' }).click()
  await page.getByRole('heading', { name: 'Касса у входа' }).waitFor()
  assertQuiet(visit)
  const [row] = await centre.sql(`SELECT * FROM terminals WHERE name = 'Касса у входа'`)
  assert.equal(row.is_active, true)
  assert.equal(row.tls_fingerprint, print.replaceAll(':', '').toLowerCase())
  const [line] = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'terminal.tested' AND target_id = $1`,
    [String(row.id)],
  )
  assert.equal(line.facts.network, 'ok')
  await page.context().close()
})

test('an address outside the allowed networks is said at its field', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const visit = await visitAs(browser, centre, 'super_admin', { ...PHONE, path: '/terminals/new' })
  const { page } = visit
  await page.getByLabel('Имя').fill('Не там')
  await page.getByLabel('Адрес терминала').fill('http://8.8.8.8')
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).click()
  await page.getByText(/Адрес вне разрешённых сетей/).waitFor()
  await assertFits(page)
  await assertAccessible(page)
  assertQuiet(visit)
  await page.context().close()
})

test('the wall on a phone: sum, picture and screen of a running payment, and what needs a hand', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  await centre.sql('UPDATE terminals SET is_active = (id = 1)')
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id)
  const visit = await visitAs(browser, centre, 'country_admin', { ...PHONE, path: '/terminals' })
  const { page } = visit
  const card = page.locator('.ant-card').filter({ hasText: 'Терминал 1' })
  await card.getByText('QR, ждём покупателя').waitFor()
  await card.getByText(/^10\s100\s₸$/).waitFor()
  await card.getByRole('img', { name: 'Кадр камеры: Терминал 1' }).waitFor()
  await assertFits(page)
  await assertAccessible(page)
  await page.getByRole('combobox', { name: 'Меню' }).click()
  await page.getByText('Нужен человек', { exact: true }).last().click()
  await page.waitForURL(/show=hand/)
  await page.getByText('Таких терминалов сейчас нет').waitFor()
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  assertQuiet(visit)
  await page.context().close()
})

test('a camera on a phone: the code outlined, the hints in words, the misses with their pictures', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  await centre.sql('UPDATE terminals SET is_active = (id = 1)')
  centre.simulator.terminal(1).armFault({ fault: 'camera_blank', for_ms: 7_000 })
  const id = await centre.init(500_000)
  await centre.kaspi(id)
  const visit = await visitAs(browser, centre, 'country_admin', {
    ...PHONE,
    path: '/terminals/1/camera',
  })
  const { page } = visit
  await page.locator('svg polygon').waitFor({ state: 'attached' })
  await page.getByText('QR Kaspi прочитан').waitFor()
  await page.getByText('Света хватает').waitFor()
  await page.getByRole('img', { name: /слишком темно/ }).waitFor()
  await page.getByRole('switch', { name: 'Следить' }).click()
  await page.getByRole('button', { name: 'Проверить сейчас' }).click()
  await assertFits(page)
  await assertAccessible(page)
  assertQuiet(visit)
  await centre.call('POST', `/api/payment/${id}/cancel`)
  await page.context().close()
})

test('a terminal is changed and deleted; the password of its camera never comes back', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const base = centre.simulator.terminals[0]?.cameraUrl ?? ''
  const secret = new URL(base)
  secret.username = 'eye'
  secret.password = 'hush-hush'
  await centre.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, is_active, camera_url, last_seen_at)
     VALUES ('Лишний', '127.0.0.1', 'http', '127.0.0.1', 9, false, $1, now())`,
    [secret.href],
  )
  const visit = await visitAs(browser, centre, 'super_admin', { ...DESKTOP, path: '/terminals' })
  const { page } = visit
  await page.getByRole('button', { name: 'Ещё: Лишний' }).click()
  await page.getByRole('menuitem', { name: 'Изменить' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Имя').fill('Запасной')
  assert.equal(await form.getByLabel('Адрес камеры').inputValue(), base)
  assert.equal(await form.getByLabel('Пароль или токен камеры').inputValue(), '')
  assert.ok(!(await page.content()).includes('hush-hush'))
  await assertAccessible(page)
  await form.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('heading', { name: 'Запасной' }).waitFor()
  const [kept] = await centre.sql(`SELECT camera_url FROM terminals WHERE name = 'Запасной'`)
  assert.equal(kept.camera_url, secret.href)
  await page.getByRole('button', { name: 'Ещё: Запасной' }).click()
  await page.getByRole('menuitem', { name: 'Удалить терминал' }).click()
  await page.getByText('Удалить «Запасной»?').waitFor()
  await page.getByRole('button', { name: 'Удалить терминал' }).click()
  await page.getByRole('heading', { name: 'Запасной' }).waitFor({ state: 'detached' })
  assertQuiet(visit)
  await page.context().close()
})
