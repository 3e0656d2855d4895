// Two hundred texts that mean harm, in every field that strangers and staff fill, read by the two who would be
// harmed: a super admin in the console and a customer on the payment page. All of it is only text (A15, A22).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKS } from '@byfly-pay/core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { PATIENCE_MS, until } from '../support/until.ts'
import { type HostileWorld, openHostileWorld } from './hostile-world.ts'
import { PAYLOADS } from './payloads.ts'
import { DESKTOP, launch, logIn } from './visit.ts'

let world: HostileWorld
let browser: Browser | null = null

before(async () => {
  world = await openHostileWorld()
})
after(async () => {
  await browser?.close()
  await world.stop()
})

interface Watched {
  readonly page: Page
  readonly context: BrowserContext
  /** What no text may bring about, said as it came. */
  readonly harm: string[]
  /** All that was read so far, in single spaces. */
  read(): Promise<string>
}

/** A browser whose every way of being harmed is written down. */
async function watched(chromium: Browser): Promise<Watched> {
  const context = await chromium.newContext({
    locale: 'ru-RU',
    reducedMotion: 'reduce',
    ...DESKTOP,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const harm: string[] = []
  await context.exposeFunction('harmed', (what: unknown) => harm.push(`a script ran: ${what}`))
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    harmed(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample), true)`)
  context.on('request', (request) => {
    const url = new URL(request.url())
    const isOwn = url.origin === world.centre.url || url.protocol === 'data:'
    if (!isOwn || url.pathname === '/hit') harm.push(`asked for ${url}`)
  })
  context.on('dialog', async (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  context.on('weberror', (error) => harm.push(error.error().message))
  context.on('console', (said) => {
    const isRefusal = /status of 4\d\d/.test(said.text())
    if (said.type() === 'error' && !isRefusal) harm.push(said.text())
  })
  const page = await context.newPage()
  let all = ''
  const read = async () => {
    all += ` ${plain(await page.evaluate<string>(TEXT))}`
    const grown = await page.evaluate<string[]>(GROWN)
    harm.push(...grown.map((html) => `the text became ${html} on ${page.url()}`))
    return all
  }
  return { page, context, harm, read }
}

/** What is written on the page and in its fields. */
const TEXT = `[document.body.textContent, document.title,
  ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)].join(' ')`

/** Elements and attributes that only a text could have brought. */
const GROWN = `[...document.querySelectorAll(
  'iframe, object, embed, base, marquee, math, template, video, body style, ' +
  '[onerror], [onload], [onfocus], [ontoggle], [onbegin], [onstart], [onclick], [srcdoc], ' +
  'a[href^="javascript:" i], a[href^="data:" i], form[action], [background], set, animate')]
  .filter((each) => !each.nonce).map(({ outerHTML }) => outerHTML.slice(0, 120))`

function plain(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** As it stands in the body of a webhook, where it is JSON. */
function isRead(all: string, text: string): boolean {
  return [text, JSON.stringify(text).slice(1, -1)].some((form) => all.includes(plain(form)))
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  const skeletons = page.locator('.ant-skeleton')
  // What has loaded may have more to load in it.
  for (let calm = 0; calm < 2; calm = (await skeletons.count()) === 0 ? calm + 1 : 0) {
    await skeletons.first().waitFor({ state: 'detached' })
    await page.evaluate('new Promise(requestAnimationFrame)')
  }
}

async function unfold(page: Page): Promise<void> {
  const headers = page.locator('.ant-collapse-header')
  if (/\/payments\/./.test(page.url())) await headers.first().waitFor()
  const folded = page.locator('.ant-collapse-header[aria-expanded="false"], details:not([open])')
  for (let left = 20; left > 0 && (await folded.count()) > 0; left -= 1) {
    await folded.first().locator('summary').or(folded.first()).first().click()
  }
}

const SETTINGS = ['own', 'methods', 'admins', 'alerts', 'sms', 'places', 'money', 'texts', 'audit']
const SOURCE = ['settings', 'money', 'refunds', 'keys', 'webhooks', 'deliveries', 'doctor']

function paths({
  centre,
  day,
  deliveryId,
  payments,
  statementId,
  stories,
}: HostileWorld): string[] {
  const { id } = centre.source
  return [
    '/overview',
    '/cashier',
    '/payments',
    ...[...stories, ...payments.slice(0, 3)].map((payment) => `/payments/${payment}`),
    ...DESKS.flatMap((desk) => [`/tasks?desk=${desk}`, `/tasks?desk=${desk}&state=closed`]),
    '/terminals',
    '/terminals/1/camera',
    '/terminals/1/pair',
    '/sources',
    ...SOURCE.map((tab) => `/sources/${id}?tab=${tab}`),
    `/deliveries/${deliveryId}`,
    '/reconciliation',
    `/reconciliation/statements/${statementId}`,
    `/reconciliation/statements/${statementId}?outcome=missing_there`,
    '/reconciliation?tab=days',
    `/reconciliation/days/${day}`,
    ...SETTINGS.map((tab) => `/settings?tab=${tab}`),
    '/first-run',
  ]
}

/** Sixty pages, each read to its end. */
const PATIENT = { timeout: 300_000 }

test(
  `${PAYLOADS.length} texts of harm in every field of the console are only text`,
  PATIENT,
  async (t) => {
    browser ??= await launch(t)
    if (browser === null) return
    assert.equal(new Set(PAYLOADS).size, 200)
    const { harm, page, context, read } = await watched(browser)
    await page.goto(`${world.centre.url}/console/payments`)
    await logIn(page, world.centre, world.phone)
    for (const path of paths(world)) {
      await page.goto(`${world.centre.url}/console${path}`)
      await settled(page)
      await unfold(page)
      await read()
    }
    await page.getByRole('button', { name: /^Тревоги/ }).click()
    await page.getByRole('dialog').waitFor()
    const all = await read()
    for (const [field, texts] of world.hand.dealt) {
      assert.ok(isRead(all, texts[0] ?? ''), `${field}: ${texts[0]}`)
    }
    assert.deepEqual(
      PAYLOADS.filter((text) => !isRead(all, text)),
      [],
    )
    assert.deepEqual(harm, [])
    await context.close()
  },
)

test(
  'each of them before the customer, whatever the state of the payment, is only text',
  PATIENT,
  async (t) => {
    browser ??= await launch(t)
    if (browser === null) return
    const { harm, page, context, read } = await watched(browser)
    let all = ''
    for (const id of [...world.payments, ...world.stories]) {
      await page.goto(`${world.centre.url}/pay/${id}`)
      await page.locator('body[data-screen] h1:not(:empty)').waitFor()
      all = await read()
    }
    assert.deepEqual(
      PAYLOADS.filter((text) => !isRead(all, text)),
      [],
    )
    for (const field of ['source: name', 'method: name']) {
      const [text = ''] = world.hand.dealt.get(field) ?? []
      assert.ok(isRead(all, text), field)
    }
    assert.deepEqual(harm, [])
    await context.close()
  },
)

test('were one of them taken for more than text, it would be noticed', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const { harm, page, context, read } = await watched(browser)
  await page.goto(`${world.centre.url}/pay/${world.payments[0]}`)
  for (const text of ['<img src=x onerror=harmed(1)>', '<img src="/hit?n=2">', '<base href="/">']) {
    const before = harm.length
    await page.evaluate<void>(`document.body.innerHTML = ${JSON.stringify(text)}`)
    await until(async () => {
      await read()
      return harm.length > before
    })
  }
  await context.close()
})

test('the demonstration shows what was typed in its shop as text', async (t) => {
  browser ??= await launch(t)
  if (browser === null) return
  const { harm, page, context, read } = await watched(browser)
  await page.goto(`${world.centre.url}/demo/`)
  const typed = world.hand.all('shop: description', 120)
  for (const text of typed.slice(0, 6)) {
    await page.getByLabel('Что покупаем').fill(text)
    await page.getByRole('button', { name: 'Оплатить', exact: true }).click()
    await page.locator('.order .what', { hasText: text }).first().waitFor()
    await read()
  }
  assert.deepEqual(harm, [])
  await context.close()
})
