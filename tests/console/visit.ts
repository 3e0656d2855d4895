// A visit to the console in a real browser: a member of staff logs in as people do, and whatever the page asks
// of others or complains of is written down.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { TestContext } from 'node:test'
import type { Role } from '@byfly-pay/core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { NewAdmin } from '../../packages/server/src/ports/staff-store.ts'
import { CHROMIUM_FLAGS, chromiumOf } from '../reference/interpreters.ts'
import type { LoginCentre } from '../support/login.ts'
import { addStaff } from '../support/staff.ts'
import { PATIENCE_MS, until } from '../support/until.ts'

export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
}
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1366, height: 820 } }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Visit {
  readonly page: Page
  readonly phone: string
  /** What the page said it could not do, and addresses that are not the centre's. */
  readonly complaints: string[]
  readonly foreign: string[]
}

export interface VisitOptions extends BrowserContextOptions {
  readonly path?: string
  readonly lists?: Partial<NewAdmin>
}

/** Null where this machine has no browser; the test is then skipped with a word. */
export async function launch(t: TestContext): Promise<Browser | null> {
  const executablePath = chromiumOf(t)
  return executablePath === null
    ? null
    : chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
}

export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<Omit<Visit, 'phone'>> {
  const context = await browser.newContext({ locale: 'ru-RU', reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  const foreign: string[] = []
  const own = new URL(url).origin
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(`${own}/`) && !address.startsWith('data:')) foreign.push(address)
  })
  page.on('console', (said) => {
    // Being told that nobody is in, or that a form is wrong, is what the page is for.
    const isRefusal = /status of 4\d\d/.test(said.text())
    if (said.type() === 'error' && !isRefusal) complaints.push(said.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, complaints, foreign }
}

/** Somebody new of this role logs in by SMS and stands at `path`. */
export async function visitAs(
  browser: Browser,
  centre: LoginCentre,
  role: Role,
  { path = '/', lists = {}, ...options }: VisitOptions = DESKTOP,
): Promise<Visit> {
  const { phone } = await addStaff(centre, role, lists)
  const visit = await open(browser, `${centre.url}/console${path}`, options)
  await logIn(visit.page, centre, phone)
  return { ...visit, phone }
}

export async function logIn(page: Page, centre: LoginCentre, phone: string): Promise<void> {
  await page.getByLabel('Телефон').fill(phone)
  await page.getByRole('button', { name: 'Получить код' }).click()
  const code = page.getByLabel('Код из SMS')
  await code.waitFor()
  await code.fill(await codeOf(centre, phone))
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('banner').waitFor()
}

/** The last code, once its SMS has come. */
export async function codeOf(centre: LoginCentre, phone: string): Promise<string> {
  await until(() => centre.textsTo(phone).length > 0)
  return /\d{6}/.exec(centre.textsTo(phone).at(-1) ?? '')?.[0] ?? ''
}

/** Nothing was asked of others, nothing was refused by the page's own policy, nothing broke. */
export function assertQuiet({ complaints, foreign }: Omit<Visit, 'phone'>): void {
  assert.deepEqual(foreign, [])
  assert.deepEqual(complaints, [])
}

/** The page is no wider than its screen. */
export async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(inner <= outer, `${page.url()}: ${inner} > ${outer}`)
}

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Nothing fades, slides or changes its colour any more; what turns for ever does not count. */
const CALM = `document.getAnimations().every(({ playState, effect }) =>
  playState !== 'running' || effect.getComputedTiming().endTime === Infinity)`

/** Nothing moves any more: what opens grows, and a press that begins on a button may end beside it. */
export async function calm(page: Page): Promise<void> {
  await until(() => page.evaluate<boolean>(CALM))
}

/** No serious fault by axe-core, which is put in past the page's policy. */
export async function assertAccessible(page: Page): Promise<void> {
  // Halfway through a change of look a button has neither colour, and a list that closes is still there.
  await calm(page)
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(AXE)
  const violations = await page.evaluate<readonly Violation[]>(
    'axe.run().then(({ violations }) => violations)',
  )
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  assert.deepEqual(found, [], page.url())
}
