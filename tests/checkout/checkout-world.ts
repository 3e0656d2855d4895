// A centre with simulated terminals and a real browser before it: what the tests of the customer's page,
// its screenshots and its measurement share.

import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumOf } from '../reference/interpreters.ts'
import type { TestCentre } from '../support/centre.ts'
import { PATIENCE_MS } from '../support/until.ts'

export const COMPUTER: BrowserContextOptions = {
  viewport: { width: 1_280, height: 900 },
  locale: 'ru-KZ',
}
/** The narrowest phone there is to serve. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  locale: 'ru-KZ',
}

export const DEVICES = { computer: COMPUTER, phone: PHONE } as const

/** One browser for a file's tests. */
export class OneBrowser {
  #browser: Browser | null = null

  /** Null when there is no browser and the test was skipped with a word. */
  async get(t: TestContext): Promise<Browser | null> {
    const executablePath = chromiumOf(t)
    if (executablePath === null) return null
    this.#browser ??= await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
    return this.#browser
  }

  async close(): Promise<void> {
    await this.#browser?.close()
  }
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained of: its own errors, and refused loads. */
  readonly complaints: string[]
  readonly asked: string[]
}

export async function visit(
  browser: Browser,
  url: string,
  device: BrowserContextOptions = COMPUTER,
  prepare: (context: BrowserContext) => Promise<void> = async () => {},
): Promise<Visit> {
  const context = await browser.newContext(device)
  context.setDefaultTimeout(PATIENCE_MS)
  await prepare(context)
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (said) => {
    // A call that was refused, such as a start that is told its place, is no fault of the page.
    const isRefusal = said.text().startsWith('Failed to load resource')
    if (said.type() === 'error' && !isRefusal) complaints.push(said.text())
  })
  await page.goto(url)
  return { page, context, complaints, asked }
}

/** Waits for a screen by the name that the page gives it. */
export async function onScreen(page: Page, kind: string): Promise<void> {
  await page.locator(`body[data-screen="${kind}"]`).waitFor({ timeout: 20_000 })
}

export async function headline(page: Page): Promise<string> {
  return textOf(page, '#headline')
}

export async function advice(page: Page): Promise<string> {
  return textOf(page, '#advice')
}

/** With plain spaces, whatever kind the page keeps sums together with. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.locator(selector).textContent()) ?? '').replace(/\s/g, ' ')
}

/** Takes the first or the named method. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
}

/** The QR that the payment shows now, as its page knows it. */
export async function qrOf(centre: TestCentre, id: string): Promise<string> {
  const { body } = await centre.call('GET', `/pay/${id}/state`)
  assert.match(body.data.qr_code, /^https:\/\/qr\.kaspi\.kz\//)
  return body.data.qr_code
}

/** A module of the page, which the compiler checks with the page and not with the tests. */
export function moduleOf<T>(name: string): Promise<T> {
  return import(new URL(`../../packages/web/checkout/${name}`, import.meta.url).href)
}
