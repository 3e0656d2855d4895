// The page for everybody: every screen in a browser with axe, by keyboard, in large letters, on the
// narrowest phone, and told to who cannot see it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { type FakeApp, startFakeApp } from '../api/fake-centre.ts'
import { until } from '../support/until.ts'
import { COMPUTER, headline, OneBrowser, onScreen, PHONE, textOf, visit } from './checkout-world.ts'
import { play, SCENE_ID, SCENES, type Scene } from './scenes.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const browser = new OneBrowser()
let app: FakeApp
before(async () => {
  app = await startFakeApp()
})
after(async () => {
  await browser.close()
  await app.stop()
})

async function toScene(page: Page, { screen, start }: Scene): Promise<void> {
  if (start !== undefined) await page.locator('.method').first().click()
  await onScreen(page, screen)
  await page.locator('.language').first().waitFor()
}

function sceneOf(name: string): Scene {
  const scene = SCENES[name]
  assert.ok(scene)
  return scene
}

/** Evaluated rather than added as a script: the page's own policy would refuse it, as it should. */
async function faultsOf(page: Page): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(AXE)
  const results = (await page.evaluate('axe.run(document)')) as AxeResults
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const [name, scene] of Object.entries(SCENES)) {
  test(`${name}: unfolded, light and dark, no serious fault by axe and nothing wider than a phone`, async (t) => {
    const chromium = await browser.get(t)
    if (chromium === null) return
    const { page, context, complaints } = await visit(
      chromium,
      `${app.url}/pay/${SCENE_ID}`,
      { ...PHONE, reducedMotion: 'reduce' },
      (own) => play(own, scene),
    )
    await toScene(page, scene)
    for (const summary of await page.locator('summary').all()) await summary.click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await faultsOf(page), [], colorScheme)
    }
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
    assert.ok(width <= 360, `страница шириной ${width}`)
    assert.deepEqual(complaints, [])
    await context.close()
  })
}

test('letters twice as large on half the width: all of it is there, nothing is cut off', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  for (const name of ['choose', 'qr', 'rest', 'paid']) {
    const scene = sceneOf(name)
    // A browser's zoom of 200 % on a screen of 640 px.
    const { page, context } = await visit(
      chromium,
      `${app.url}/pay/${SCENE_ID}`,
      { ...COMPUTER, viewport: { width: 320, height: 480 }, deviceScaleFactor: 2 },
      (own) => play(own, scene),
    )
    await toScene(page, scene)
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
    assert.ok(width <= 320, `${name}: страница шириной ${width}`)
    await context.close()
  }
})

test('the sum stands out at 7:1 and is the largest thing on the page', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, context } = await visit(
      chromium,
      `${app.url}/pay/${SCENE_ID}`,
      { ...PHONE, colorScheme },
      (own) => play(own, sceneOf('qr')),
    )
    await onScreen(page, 'qr')
    const [ratio, largest] = (await page.evaluate(`(() => {
      const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => {
          const value = part / 255
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const style = (element) => getComputedStyle(element)
      const [a, b] = [
        light(style(document.getElementById('sum')).color),
        light(style(document.body).backgroundColor),
      ].sort((one, other) => other - one)
      const sizes = [...document.querySelectorAll('body *')].map((each) => [
        parseFloat(style(each).fontSize), each.id,
      ])
      return [(a + 0.05) / (b + 0.05), sizes.sort((one, other) => other[0] - one[0])[0][1]]
    })()`)) as [number, string]
    assert.ok(ratio >= 7, `контраст ${ratio}`)
    assert.equal(largest, 'sum')
    await context.close()
  }
})

test('a reader hears each change, and the keyboard’s place is not lost with what it stood on', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  let scene = sceneOf('choose')
  const { page, context } = await visit(chromium, `${app.url}/pay/${SCENE_ID}`, COMPUTER, (own) =>
    // Whatever the scene is when a call comes.
    play(own, {
      get screen() {
        return scene.screen
      },
      get state() {
        return scene.state
      },
      start: { code: 'already_paid' },
    }),
  )
  await onScreen(page, 'choose')
  const announcer = page.locator('#announcer')
  assert.equal(await announcer.getAttribute('aria-live'), 'polite')
  assert.match(await textOf(page, '#announcer'), /^Выберите, как удобно оплатить/)
  const focused = () => page.evaluate('document.activeElement.textContent')
  for (let tabs = 0; tabs < 10 && !/^Kaspi.Gold/.test(String(await focused())); tabs += 1) {
    await page.keyboard.press('Tab')
  }
  scene = sceneOf('confirm')
  await page.keyboard.press('Enter')
  await onScreen(page, 'confirm')
  assert.equal(await page.evaluate('document.activeElement.id'), 'headline')
  assert.match(await textOf(page, '#announcer'), /^Подтвердите оплату в приложении/)
  assert.equal(await page.title(), await headline(page))
  await context.close()
})

test('four languages: by the browser’s wish, by the switch, and remembered', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  for (const [locale, words] of [
    ['kk-KZ', 'Төлем тәсілін таңдаңыз'],
    ['uz-UZ', 'Toʻlov usulini tanlang'],
    ['en-GB', 'Choose how to pay'],
    ['de-DE', 'Выберите, как удобно оплатить'],
  ] as const) {
    const { page, context } = await visit(
      chromium,
      `${app.url}/pay/${SCENE_ID}`,
      { ...PHONE, locale },
      (own) => play(own, sceneOf('choose')),
    )
    await onScreen(page, 'choose')
    assert.equal(await headline(page), words)
    await page.getByRole('button', { name: 'Қаз' }).click()
    assert.equal(await headline(page), 'Төлем тәсілін таңдаңыз')
    await page.reload()
    await until(async () => (await headline(page)) === 'Төлем тәсілін таңдаңыз')
    assert.equal(await page.locator('html').getAttribute('lang'), 'kk')
    await context.close()
  }
})

test('a confirmation to keep: a PDF of one page, paper without buttons, a text to share', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const { page, context, complaints } = await visit(
    chromium,
    `${app.url}/pay/${SCENE_ID}`,
    COMPUTER,
    async (own) => {
      await play(own, sceneOf('paid'))
      await own.addInitScript('navigator.share = async (what) => { window.shared = what.text }')
    },
  )
  await onScreen(page, 'paid')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Сохранить PDF' }).click()
  const saved = await download
  assert.equal(saved.suggestedFilename(), `${SCENE_ID}.pdf`)
  const pdf = readFileSync(await saved.path())
  assert.match(pdf.subarray(0, 8).toString('latin1'), /^%PDF-1\.4/)
  const text = pdf.toString('latin1')
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
  assert.equal(text.slice(start, start + 4), 'xref')
  for (const [index, row] of [...text.matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
    assert.ok(text.slice(Number(row[1])).startsWith(`${index + 1} 0 obj`), `объект ${index + 1}`)
  }
  await page.getByRole('button', { name: 'Поделиться' }).click()
  await until(async () => (await page.evaluate('window.shared')) !== undefined)
  const shared = String(await page.evaluate('window.shared')).replace(/[^\S\n]/g, ' ')
  assert.match(shared, /Сумма: 10 100 ₸\n/)
  assert.match(shared, /Номер платежа: 019B4F5C8A317D02A6C1E5B4D3F20718/)
  assert.match(shared, /не фискальный чек$/)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('.keep').isVisible(), false)
  assert.equal(await page.locator('.confirmation').isVisible(), true)
  assert.deepEqual(complaints, [])
  await context.close()
})
