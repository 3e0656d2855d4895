// The whole way from an empty production centre to its first payment, by what stands on the page: over TLS, on
// a desktop and on a phone, left in the middle and taken up elsewhere.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { MOBIZON_KEY, SMSC_ACCOUNT } from '../../packages/simulator/src/index.ts'
import { CHROMIUM_FLAGS, chromiumOf } from '../reference/interpreters.ts'
import { until } from '../support/until.ts'
import { type EmptyCentre, PUBLIC_NAME, startEmptyCentre } from './empty-centre.ts'
import { assertAccessible, assertFits, assertQuiet, DESKTOP, open, PHONE } from './visit.ts'

const NAMES = `--host-resolver-rules=MAP ${PUBLIC_NAME} 127.0.0.1`
const LAX = { ignoreHTTPSErrors: true } as const

let browser: Browser | null = null
const running: EmptyCentre[] = []
after(async () => {
  await browser?.close()
  await Promise.all(running.map((centre) => centre.stop()))
})

async function start(options: Parameters<typeof startEmptyCentre>[0]): Promise<EmptyCentre> {
  const centre = await startEmptyCentre(options)
  running.push(centre)
  return centre
}

async function launch(t: Parameters<typeof chromiumOf>[0]): Promise<Browser | null> {
  const executablePath = chromiumOf(t)
  if (executablePath === null) return null
  browser ??= await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, NAMES] })
  return browser
}

/** A button that worked a moment ago may still say so before its name. */
const button = (page: Page | Locator, name: string) =>
  page.getByRole('button', { name: new RegExp(`${name.replaceAll(' ', '\\s')}$`) })

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Код установки').fill(code)
  await button(page, 'Дальше').click()
}

async function enterMe(page: Page, centre: EmptyCentre, phone: string): Promise<void> {
  await page.getByLabel('Как вас зовут').fill('Айгерим')
  await page.getByLabel('Ваш телефон').fill(phone)
  await button(page, 'Отправить код').click()
  await page.getByText('SMS принято шлюзом').waitFor()
  await page.getByLabel('Код из SMS').fill(codeSent(centre))
  await button(page, 'Войти').click()
  await page.getByRole('heading', { name: 'Запуск центра' }).waitFor()
}

function codeSent({ simulator }: EmptyCentre): string {
  return /\d{6}/.exec(simulator.sms.messages.at(-1)?.text ?? '')?.[0] ?? ''
}

async function addTerminal(page: Page, centre: EmptyCentre, scheme: 'http' | 'https') {
  const [terminal] = centre.simulator.terminals
  assert.ok(terminal)
  await page.getByLabel('Адрес терминала').fill(`${scheme}://127.0.0.1`)
  await page.getByLabel('Порт').fill(String(terminal.port))
  await page.getByLabel('Адрес камеры').fill(terminal.cameraUrl)
  await button(page, 'Добавить и проверить').click()
}

async function addSource(page: Page): Promise<void> {
  await button(page, 'Создать источник').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Имя').fill('Мой сайт')
  await button(dialog, 'Новый источник').click()
  await button(dialog, 'Сохранено, закрыть').click()
}

/** As a customer does, by the link on the page and the QR on the screen of the terminal. */
async function payAsCustomer(page: Page, centre: EmptyCentre): Promise<void> {
  await button(page, 'Взять 100 ₸').click()
  const link = page.getByText(`${centre.url}/pay/`)
  await link.waitFor()
  const customer = await page.context().newPage()
  await customer.goto((await link.textContent())?.trim() ?? '')
  await customer.getByRole('button', { name: /Kaspi Gold/ }).click()
  const shown = () => centre.sql('SELECT qr_text FROM payments WHERE qr_text IS NOT NULL')
  await until(async () => (await shown()).length > 0)
  centre.simulator.phone.scan({ qr: (await shown())[0].qr_text })
  // The slip for paper, which is not on the screen, says it too.
  await page.locator('#root').getByText('Оплачен', { exact: true }).waitFor()
  await customer.close()
}

test('desktop: mistakes are told, every step is checked for real, and the first money comes in', async (t) => {
  const chrome = await launch(t)
  if (chrome === null) return
  const centre = await start({ tls: true, terminals: [{ camera: 'json' }] })
  const code = await centre.newSetupCode()
  const visit = await open(chrome, `${centre.url}/console/payments`, { ...DESKTOP, ...LAX })
  const { page } = visit
  await enterCode(page, 'aaaaa-bbbbb-ccccc')
  await page.getByText('Код установки неверный или истек').waitFor()
  await assertAccessible(page)
  await enterCode(page, code)

  await page.getByLabel('Логин').fill(SMSC_ACCOUNT.login)
  await page.getByLabel('Пароль').fill('wrong')
  await button(page, 'Сохранить и проверить').click()
  await page.getByText('Сохранено, но шлюз не подтвердил счёт').waitFor()
  await assertAccessible(page)
  await button(page, 'Сменить шлюз').click()
  await page.getByLabel('Логин').fill(SMSC_ACCOUNT.login)
  await page.getByLabel('Пароль').fill(SMSC_ACCOUNT.password)
  await button(page, 'Сохранить и проверить').click()
  await page.getByText('Счёт узнан').waitFor()
  await button(page, 'Дальше').click()
  await enterMe(page, centre, '8 701 000 00 01')
  await assertAccessible(page)

  // The address and SMS are there already, so the terminal lies open.
  await addTerminal(page, centre, 'http')
  await button(page, 'Создать источник').waitFor()
  await assertFits(page)
  await page.getByRole('link', { name: 'Все источники' }).click()
  await page.getByText('Осталось настроить: источник, первый платёж').waitFor()
  await page.getByRole('link', { name: 'Продолжить' }).click()
  await addSource(page)
  await payAsCustomer(page, centre)
  await page.getByText('Центр работает: первые деньги приняты').waitFor()
  await assertFits(page)
  await assertAccessible(page)

  await page.goto(`${centre.url}/console/payments`)
  await page.getByText('Оплачен', { exact: true }).first().waitFor()
  assert.equal(await page.getByText('Осталось настроить').count(), 0)
  assertQuiet(visit)
})

test('phone: left in the middle and taken up on another device, with a terminal that asks for access', async (t) => {
  const chrome = await launch(t)
  if (chrome === null) return
  const terminals = [{ camera: 'json', https: {}, protection: true, permission: 'allow' }] as const
  const centre = await start({ tls: true, terminals })
  const code = await centre.newSetupCode()
  const phone = { ...PHONE, ...LAX }
  const first = await open(chrome, `${centre.url}/console/`, phone)
  await enterCode(first.page, code)
  await first.page.getByLabel('Шлюз').click()
  await first.page.getByTitle('Mobizon').click()
  await first.page.getByLabel('Ключ API').fill(MOBIZON_KEY)
  await button(first.page, 'Сохранить и проверить').click()
  await first.page.getByText('Счёт узнан').waitFor()
  await assertFits(first.page)
  await first.page.context().close()

  // Nothing but the code is needed to go on: what was set is kept by the centre.
  const visit = await open(chrome, `${centre.url}/console/`, phone)
  const { page } = visit
  await enterCode(page, code)
  await page.getByText('SMS отправляет: Mobizon').waitFor()
  await button(page, 'Дальше').click()
  await enterMe(page, centre, '+77010000002')
  await assertFits(page)
  await assertAccessible(page)

  await addTerminal(page, centre, 'https')
  await page.getByText('Есть что исправить').waitFor()
  await assertFits(page)
  await assertAccessible(page)
  await button(page, 'Получить доступ').click()
  await addSource(page)
  await payAsCustomer(page, centre)
  await page.getByText('Центр работает: первые деньги приняты').waitFor()
  await assertFits(page)
  assertQuiet(first)
  assertQuiet(visit)
})

test('in the open the page asks for nothing and says what to do; by a tunnel it works', async (t) => {
  const chrome = await launch(t)
  if (chrome === null) return
  const centre = await start({ tls: false, terminals: 1 })
  const visit = await open(chrome, `${centre.url}/console/`, PHONE)
  await visit.page.getByText('Здесь код установки могут подслушать').waitFor()
  assert.equal(await visit.page.getByLabel('Код установки').count(), 0)
  await visit.page.getByText(`http://localhost:${centre.port}/console/`).waitFor()
  await assertFits(visit.page)
  await assertAccessible(visit.page)
  assertQuiet(visit)
  const tunnel = await open(chrome, `http://localhost:${centre.port}/console/`)
  await enterCode(tunnel.page, await centre.newSetupCode())
  await tunnel.page.getByText('Кто отправляет SMS').waitFor()
  assertQuiet(tunnel)
})

test('two browsers at the last step: one gets in, the other is shown the way to log in', async (t) => {
  const chrome = await launch(t)
  if (chrome === null) return
  const centre = await start({ tls: true, terminals: 1 })
  const code = await centre.newSetupCode()
  const pages: Page[] = []
  for (const phone of ['+77010000003', '+77010000004']) {
    const { page } = await open(chrome, `${centre.url}/console/`, { ...DESKTOP, ...LAX })
    await enterCode(page, code)
    if (pages.length === 0) {
      await page.getByLabel('Логин').fill(SMSC_ACCOUNT.login)
      await page.getByLabel('Пароль').fill(SMSC_ACCOUNT.password)
      await button(page, 'Сохранить и проверить').click()
    }
    await button(page, 'Дальше').click()
    await page.getByLabel('Как вас зовут').fill(phone)
    await page.getByLabel('Ваш телефон').fill(phone)
    await button(page, 'Отправить код').click()
    await page.getByText('SMS принято шлюзом').waitFor()
    await page.getByLabel('Код из SMS').fill(codeSent(centre))
    pages.push(page)
  }
  await Promise.all(pages.map((page) => button(page, 'Войти').click()))
  const inside = (page: Page) => page.getByRole('heading', { name: 'Запуск центра' })
  const outside = (page: Page) => page.getByText('Вход для сотрудников')
  await Promise.all(pages.map((page) => inside(page).or(outside(page)).waitFor()))
  const entered = await Promise.all(pages.map((page) => inside(page).count()))
  assert.deepEqual(entered.sort(), [0, 1])
  assert.equal((await centre.sql('SELECT FROM admins')).length, 1)
})
