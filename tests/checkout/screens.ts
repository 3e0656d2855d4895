// `npm run screens`: every screen of the payment page in four languages, light and dark, on a phone and on a
// computer, as pictures in screens/ for people to look at. Names may be given to draw only those.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startFakeApp } from '../api/fake-centre.ts'
import { DEVICES, onScreen } from './checkout-world.ts'
import { launch } from './outside-tests.ts'
import { play, SCENE_ID, SCENES, type Scene } from './scenes.ts'

const FOLDER = join(import.meta.dirname, '../../screens')
const LANGUAGES = ['ru-KZ', 'kk-KZ', 'uz-UZ', 'en-GB']

interface Look {
  readonly device: keyof typeof DEVICES
  readonly colorScheme: 'light' | 'dark'
  readonly locale: string
}

async function draw(browser: Browser, url: string, name: string, scene: Scene, look: Look) {
  const { device, colorScheme, locale } = look
  const options = { ...DEVICES[device], colorScheme, locale, timezoneId: 'Asia/Almaty' }
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  try {
    await play(context, scene)
    const page = await context.newPage()
    await page.goto(`${url}/pay/${SCENE_ID}`)
    if (scene.start !== undefined) await page.locator('.method').first().click()
    await onScreen(page, scene.screen)
    await page.locator('.language').first().waitFor()
    const path = join(FOLDER, `${name}.${device}.${colorScheme}.${locale.slice(0, 2)}.png`)
    await page.screenshot({ path, fullPage: true })
  } finally {
    await context.close()
  }
}

const wanted = process.argv.slice(2)
mkdirSync(FOLDER, { recursive: true })
const app = await startFakeApp()
const browser = await launch()
let count = 0
try {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const device of ['phone', 'computer'] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const locale of LANGUAGES) {
          await draw(browser, app.url, name, scene, { device, colorScheme, locale })
          count += 1
        }
      }
    }
  }
} finally {
  await browser.close()
  await app.stop()
}
process.stdout.write(`${count} картинок в ${FOLDER}\n`)
