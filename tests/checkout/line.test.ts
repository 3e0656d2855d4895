// A bad line, and a browser that forbids things: the page learns of the payment by whatever way is left,
// says when it knows nothing new, and does without what fails.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { choose, headline, OneBrowser, onScreen, PHONE, qrOf, visit } from './checkout-world.ts'
import { startLine } from './cuttable-line.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startTestCentre()
})
after(async () => {
  await browser.close()
  await centre.stop()
})

async function startOn(page: Page): Promise<void> {
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'qr')
}

async function pay(id: string): Promise<void> {
  centre.simulator.phone.scan({ qr: await qrOf(centre, id) })
}

const EVENTS = /\/pay\/[^/]+\/events/
const LONG_POLL = /\/state\?wait=/
const STATE = /\/state$/

test('S11: a stream is enough: the page hears of the payment without asking', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context, asked } = await visit(chromium, `${centre.url}/pay/${id}`)
  await onScreen(page, 'choose')
  await until(() => asked.some((url) => EVENTS.test(url)))
  await startOn(page)
  await context.route(STATE, (route) => route.abort())
  await pay(id)
  await onScreen(page, 'paid')
  assert.ok(!asked.some((url) => LONG_POLL.test(url)))
  await context.close()
})

test('S11: where streams are blocked a long poll is enough', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context, asked } = await visit(
    chromium,
    `${centre.url}/pay/${id}`,
    PHONE,
    async (own) => {
      await own.route(EVENTS, (route) => route.fulfill({ status: 502, body: '' }))
    },
  )
  await startOn(page)
  await until(() => asked.some((url) => LONG_POLL.test(url)))
  await context.route(STATE, (route) => route.abort())
  await pay(id)
  await onScreen(page, 'paid')
  await context.close()
})

test('where nothing may wait, looks are enough', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${centre.url}/pay/${id}`, PHONE, async (own) => {
    await own.route(EVENTS, (route) => route.abort())
    await own.route(LONG_POLL, (route) => route.abort())
  })
  await startOn(page)
  await pay(id)
  await onScreen(page, 'paid')
  await context.close()
})

test('a stream that a proxy swallows does not hold the page up', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context, asked } = await visit(
    chromium,
    `${centre.url}/pay/${id}`,
    PHONE,
    async (own) => {
      // Neither answered nor refused.
      await own.route(EVENTS, () => {})
    },
  )
  await startOn(page)
  await until(() => asked.some((url) => LONG_POLL.test(url)))
  await pay(id)
  await onScreen(page, 'paid')
  await context.close()
})

test('the line is cut for a moment: it says so, keeps what it knows, and catches up', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const line = await startLine(centre.url)
  t.after(() => line.stop())
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${line.url}/pay/${id}`)
  await startOn(page)
  await page.locator('.qr img').waitFor()
  line.cut()
  await page.getByText('Нет связи').waitFor()
  await pay(id)
  await centre.until(id, 'paid')
  assert.equal(await headline(page), 'Наведите камеру телефона или сканер Kaspi')
  assert.equal(await page.locator('.qr img').isVisible(), true)
  line.mend()
  await onScreen(page, 'paid')
  await until(async () => !(await page.getByText('Нет связи').isVisible()))
  await context.close()
})

test('a tap without a line is carried out when there is one', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${centre.url}/pay/${id}`)
  await onScreen(page, 'choose')
  await context.setOffline(true)
  await choose(page, 'Kaspi.Gold')
  await onScreen(page, 'preparing')
  await context.setOffline(false)
  await onScreen(page, 'qr')
  const starts = centre.simulator.journal.startCalls.length
  await pay(id)
  await onScreen(page, 'paid')
  assert.equal(centre.simulator.journal.startCalls.length, starts)
  await context.close()
})

for (const feature of ['countdown', 'languages', 'keep', 'confirmation-pdf']) {
  for (const [how, body] of [
    ['throws when it loads', 'throw new Error("broken")'],
    [
      'throws when it runs',
      'export const open = () => ({ drawn() { throw new Error("broken") } })',
    ],
    ['is no script at all', '<!doctype html>'],
  ] as const) {
    test(`a broken feature costs itself: ${feature} ${how}`, async (t) => {
      const chromium = await browser.get(t)
      if (chromium === null) return
      const id = await centre.init(100_000)
      const { page, context } = await visit(
        chromium,
        `${centre.url}/pay/${id}`,
        PHONE,
        async (own) => {
          await own.route(`**/features/${feature}.js`, (route) =>
            route.fulfill({ contentType: 'text/javascript', body }),
          )
        },
      )
      await startOn(page)
      await pay(id)
      await onScreen(page, 'paid')
      const save = page.getByRole('button', { name: 'Сохранить PDF' })
      if (feature === 'confirmation-pdf') {
        await save.click()
        await page.getByText('Сделайте снимок экрана').waitFor()
      }
      if (feature === 'keep') assert.equal(await save.count(), 0)
      await context.close()
    })
  }
}

test('a screen that cannot be drawn does not keep the page from the next one', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${centre.url}/pay/${id}`, PHONE, async (own) => {
    const body = 'export const qrBlock = () => { throw new Error("broken") }'
    await own.route('**/views/qr.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body }),
    )
  })
  await choose(page, 'Kaspi.Gold')
  await until(async () => {
    const { body } = await centre.call('GET', `/pay/${id}/state`)
    return body.data.qr_code !== null
  })
  await pay(id)
  await onScreen(page, 'paid')
  await context.close()
})

test('a browser that forbids storage, streams and sharing still pays', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context, complaints } = await visit(
    chromium,
    `${centre.url}/pay/${id}`,
    PHONE,
    async (own) => {
      await own.addInitScript(`
        const forbidden = { get() { throw new DOMException('no', 'SecurityError') } }
        Object.defineProperty(window, 'localStorage', forbidden)
        Object.defineProperty(window, 'sessionStorage', forbidden)
        delete window.EventSource
        delete window.print
        delete Navigator.prototype.clipboard
        delete Navigator.prototype.share
      `)
    },
  )
  await startOn(page)
  await page.getByRole('button', { name: 'Eng' }).click()
  assert.equal(await headline(page), 'Open Kaspi to pay')
  await pay(id)
  await onScreen(page, 'paid')
  await page.getByRole('button', { name: 'Save PDF' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Print' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: 'Share' }).count(), 0)
  assert.deepEqual(complaints, [])
  await context.close()
})

test('modules that do not come leave no endless wait, but words and a way out', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const id = await centre.init(100_000)
  const { page, context } = await visit(chromium, `${centre.url}/pay/${id}`, PHONE, async (own) => {
    await own.route('**/main.js', (route) => route.abort())
  })
  await page.getByText('Страница не загрузилась').waitFor()
  await context.unroute('**/main.js')
  await page.locator('#stuck a').click()
  await onScreen(page, 'choose')
  await context.close()
})
