// `npm run screens`: every page in four languages, light and dark, on a phone and on a computer, as pictures in
// screens/ for people to look at. `--only console --page payments --lang ru --look dark --device phone` draws less.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEVICES, onScreen } from '../checkout/checkout-world.ts'
import { launch } from '../checkout/outside-tests.ts'
import { play, SCENE_ID, SCENES } from '../checkout/scenes.ts'
import { logIn, open } from '../console/visit.ts'
import { globalSetup, globalTeardown } from '../support/global-setup.ts'
import { writeContactSheet } from './contact-sheet.ts'
import { CONSOLE, DEMO } from './pages.ts'
import { openRichWorld, type RichWorld } from './rich-world.ts'

const FOLDER = join(import.meta.dirname, '../../screens')
const LOCALES = { ru: 'ru-KZ', kk: 'kk-KZ', uz: 'uz-UZ', en: 'en-GB' }
const LOOKS = ['light', 'dark'] as const
/** Pages that are only read, and those whose pictures need the terminals. */
const BY_READING = ['checkout', 'console'] as const
const BY_PAYING = ['demo'] as const
/** Charts, which no attribute says the end of. */
const STILL_MS = 400
/** What loads may have more to load in it. */
const CALM_MS = 200
/** Of a picture that anybody looks at. */
const TALLEST = 6_000

const many = { type: 'string', multiple: true } as const
const { values } = parseArgs({
  options: { only: many, page: many, lang: many, look: many, device: many },
})

/** All of them where none was asked for. */
function wanted<T extends string>(option: keyof typeof values, all: readonly T[]): readonly T[] {
  const asked = values[option]
  return asked === undefined ? all : all.filter((each) => asked.includes(each))
}

function isWanted(name: string): boolean {
  return values.page?.includes(name) ?? true
}

interface Looked {
  readonly context: BrowserContext
  /** Of the files: language, look, device. */
  readonly file: string
}

interface Studio {
  readonly browser: Browser
  readonly world: RichWorld
  /** Session of the console. */
  readonly state: Awaited<ReturnType<BrowserContext['storageState']>>
}

/** One language and colour scheme at a time, on all devices. */
async function* looks({ browser, state }: Studio): AsyncGenerator<readonly Looked[]> {
  for (const lang of wanted('lang', Object.keys(LOCALES) as (keyof typeof LOCALES)[])) {
    for (const colorScheme of wanted('look', LOOKS)) {
      const devices = wanted('device', Object.keys(DEVICES) as (keyof typeof DEVICES)[])
      const looked = await Promise.all(
        devices.map(async (device) => ({
          context: await browser.newContext({
            ...DEVICES[device],
            locale: LOCALES[lang],
            colorScheme,
            timezoneId: 'Asia/Almaty',
            reducedMotion: 'reduce',
            storageState: state,
          }),
          file: `${lang}-${colorScheme}-${device}.png`,
        })),
      )
      yield looked
      await Promise.all(looked.map(({ context }) => context.close()))
    }
  }
}

async function shoot(page: Page, name: string, file: string): Promise<void> {
  mkdirSync(join(FOLDER, name), { recursive: true })
  // As tall as what is on it: what stands still beside a long page is as long, and is seen once.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  const { width = 0, height: least = 0 } = page.viewportSize() ?? {}
  await page.setViewportSize({ width, height: Math.min(Math.max(height, least), TALLEST) })
  // Of a longer page it is the beginning that is looked at.
  await page.evaluate<void>('window.scrollTo(0, 0)')
  await page.screenshot({ path: join(FOLDER, name, file), animations: 'disabled' })
}

async function drawCheckout({ world }: Studio, { context, file }: Looked): Promise<void> {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (!isWanted(name)) continue
    await context.unrouteAll()
    await play(context, scene)
    const page = await context.newPage()
    await page.goto(`${world.centre.url}/pay/${SCENE_ID}`)
    if (scene.start !== undefined) await page.locator('.method').first().click()
    await onScreen(page, scene.screen)
    await page.locator('.language').first().waitFor()
    await shoot(page, `checkout-${name}`, file)
    await page.close()
  }
  await context.unrouteAll()
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  const skeletons = page.locator('.ant-skeleton')
  do {
    await skeletons.first().waitFor({ state: 'detached' })
    await page.waitForTimeout(CALM_MS)
  } while ((await skeletons.count()) > 0)
}

async function drawConsole({ world }: Studio, { context, file }: Looked): Promise<void> {
  for (const { act, name, path } of CONSOLE) {
    if (!isWanted(name)) continue
    const page = await context.newPage()
    await page.goto(`${world.centre.url}/console${path(world.subjects)}`)
    await settle(page)
    await act?.(page)
    await page.waitForTimeout(STILL_MS)
    await shoot(page, `console-${name}`, file)
    await page.close()
  }
}

async function drawDemo({ world }: Studio, { context, file }: Looked): Promise<void> {
  for (const { act, end, name } of DEMO) {
    if (!isWanted(name)) continue
    const page = await context.newPage()
    await page.goto(`${world.centre.url}/demo/`)
    await page.locator('#shop button.main').first().waitFor({ state: 'attached' })
    await act(page)
    await page.waitForTimeout(STILL_MS)
    await shoot(page, `demo-${name}`, file)
    await end?.(page)
    await page.close()
  }
}

const DRAW = { checkout: drawCheckout, console: drawConsole, demo: drawDemo }

async function sessionOf(browser: Browser, { centre, phone }: RichWorld): Promise<Studio['state']> {
  const { page } = await open(browser, `${centre.url}/console/`)
  await logIn(page, centre, phone)
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

await globalSetup()
const browser = await launch()
try {
  const world = await openRichWorld()
  try {
    const studio = { browser, world, state: await sessionOf(browser, world) }
    for await (const side of looks(studio)) {
      // Most of a picture's time is waiting for the page to stand still.
      for (const area of wanted('only', BY_READING))
        await Promise.all(side.map((look) => DRAW[area](studio, look)))
      for (const area of wanted('only', BY_PAYING))
        for (const look of side) await DRAW[area](studio, look)
      for (const { file } of side) process.stdout.write(`${file}\n`)
    }
    writeContactSheet(FOLDER)
  } finally {
    await world.stop()
  }
} finally {
  await browser.close()
  await globalTeardown()
}
process.stdout.write(`${join(FOLDER, 'index.html')}\n`)
