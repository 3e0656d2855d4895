// Every page of the console and of the demonstration, as `npm run screens` draws them. A route that is missing
// here fails pages.test.ts.

import type { Page } from 'playwright-core'
import { until } from '../support/until.ts'
import type { Subjects } from './rich-world.ts'

export interface Picture {
  /** Names its folder. */
  readonly name: string
  /** As router.tsx writes it. */
  readonly route: string
  readonly path: (subjects: Subjects) => string
  /** What a person does there before the picture. */
  readonly act?: (page: Page) => Promise<void>
}

const SOURCE_TABS = ['settings', 'money', 'refunds', 'keys', 'webhooks', 'deliveries', 'doctor']
const SETTINGS_TABS = [
  'own',
  'methods',
  'admins',
  'alerts',
  'sms',
  'places',
  'money',
  'qrApi',
  'texts',
  'audit',
]
const STORIES = [
  ...['paid', 'partial', 'failed', 'refunded', 'refundWaits', 'unknown', 'held', 'waiting'],
] as readonly (keyof Subjects)[]
const PAIR_STEPS = ['address', 'registration', 'camera', 'test']
const DESKS = ['unknown_results', 'refunds', 'statements', 'terminals']

function fixed(name: string, route: string, query = ''): Picture {
  return { name, route, path: () => `${route}${query}` }
}

async function unfold(page: Page): Promise<void> {
  await page.locator('.ant-collapse-header').first().waitFor()
  const folded = page.locator('.ant-collapse-header[aria-expanded="false"]')
  for (let left = 12; left > 0 && (await folded.count()) > 0; left -= 1)
    await folded.first().press('Enter')
}

export const CONSOLE: readonly Picture[] = [
  fixed('home', '/'),
  fixed('overview', '/overview'),
  fixed('cashier', '/cashier'),
  {
    name: 'cashier-handing',
    route: '/cashier',
    path: ({ waiting }) => `/cashier?payment=${waiting}`,
  },
  fixed('payments', '/payments'),
  fixed('payments-none', '/payments', '?search=nothing-of-the-kind'),
  ...STORIES.map((subject) => ({
    name: `payment-${subject}`,
    route: '/payments/$id',
    path: (subjects: Subjects) => `/payments/${subjects[subject]}`,
    act: unfold,
  })),
  fixed('terminals', '/terminals'),
  fixed('terminals-hand', '/terminals', '?show=hand'),
  fixed('terminal-new', '/terminals/new'),
  ...PAIR_STEPS.map((step) => ({
    name: `terminal-pair-${step}`,
    route: '/terminals/$id/pair',
    path: ({ unpaired }: Subjects) => `/terminals/${unpaired}/pair?step=${step}`,
  })),
  { name: 'terminal-camera', route: '/terminals/$id/camera', path: () => '/terminals/1/camera' },
  ...DESKS.map((desk) => fixed(`tasks-${desk}`, '/tasks', `?desk=${desk}`)),
  fixed('tasks-closed', '/tasks', '?desk=unknown_results&state=closed'),
  fixed('reconciliation', '/reconciliation'),
  fixed('reconciliation-days', '/reconciliation', '?tab=days'),
  ...['all', 'different', 'missing_there'].map((outcome) => ({
    name: `statement-${outcome}`,
    route: '/reconciliation/statements/$id',
    path: ({ statementId }: Subjects) =>
      `/reconciliation/statements/${statementId}?outcome=${outcome}`,
  })),
  ...(['openDay', 'closedDay'] as const).map((day) => ({
    name: `day-${day}`,
    route: '/reconciliation/days/$day',
    path: (subjects: Subjects) => `/reconciliation/days/${subjects[day]}`,
  })),
  fixed('sources', '/sources'),
  ...SOURCE_TABS.map((tab) => ({
    name: `source-${tab}`,
    route: '/sources/$id',
    path: ({ sourceId }: Subjects) => `/sources/${sourceId}?tab=${tab}`,
  })),
  ...(['deliveryTaken', 'deliveryRefused'] as const).map((delivery) => ({
    name: `delivery-${delivery}`,
    route: '/deliveries/$id',
    path: (subjects: Subjects) => `/deliveries/${subjects[delivery]}`,
  })),
  ...SETTINGS_TABS.map((tab) => fixed(`settings-${tab}`, '/settings', `?tab=${tab}`)),
  fixed('first-run', '/first-run'),
  {
    ...fixed('bell', '/overview'),
    act: async (page) => {
      await page.locator('header button:has(.anticon-bell)').click()
      await page.locator('.ant-drawer-body').waitFor()
    },
  },
]

export interface DemoPicture {
  readonly name: string
  readonly act: (page: Page) => Promise<unknown>
  /** What a person does there after the picture. */
  readonly end?: (page: Page) => Promise<void>
}

/** A wide page shows the three places at once, and has no tabs to choose one by. */
async function goTo(page: Page, place: number): Promise<void> {
  const tab = page.locator('#tabs button').nth(place)
  if (await tab.isVisible()) await tab.click()
}

/** The order stands in line behind what the world has open; a QR that nobody scans holds a terminal so long. */
const TERMINAL_FREE_MS = 200_000

/** What the shop's tour costs by Kaspi Gold; the world's own payment that waits is of another sum. */
const OWN_SUM = /10\s100/

const NEWEST_ORDER = `document.querySelector('.order a')?.href ?? ''`

/** @returns where the order is paid */
async function order(page: Page): Promise<string> {
  await goTo(page, 0)
  const newest = () => page.evaluate<string>(NEWEST_ORDER)
  const before = await newest()
  await page.locator('#shop button.main').first().click()
  await until(async () => (await newest()) !== before)
  return newest()
}

export const DEMO: readonly DemoPicture[] = [
  { name: 'shop', act: (page) => goTo(page, 0) },
  { name: 'order', act: order },
  { name: 'terminals', act: (page) => goTo(page, 1) },
  {
    name: 'phone',
    act: async (page) => {
      const checkout = await order(page)
      const customer = await page.context().newPage()
      await customer.goto(checkout)
      await customer.locator('.method').first().click()
      await goTo(page, 1)
      const own = page.locator('.screen', { hasText: OWN_SUM })
      await own.locator('.qr').first().click({ timeout: TERMINAL_FREE_MS })
      await goTo(page, 2)
      await customer.close()
    },
    // Or its terminal would wait for ever, and after seven of them there were none.
    end: async (page) => {
      await page.locator('#phone button.plain').first().click()
      await page.locator('#phone .sign.bad').waitFor()
    },
  },
]
