// How soon a customer on a slow phone sees the payment page and can use it: a cold browser over an emulated
// line of 150 ms and 1.6 Mbit/s with a processor four times slower. Prints; fails beyond its limits.

import { PHONE } from '../tests/checkout/checkout-world.ts'
import { launch, withCentre } from '../tests/checkout/outside-tests.ts'

const RUNS = 7
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1_000_000) / 8,
  uploadThroughput: (1.6 * 1_000_000) / 8,
}
const SLOWER = 4
const LIMITS = { paintMs: 1_000, usableMs: 1_500, packedBytes: 60 * 1024 }

interface Run {
  readonly paintMs: number
  readonly usableMs: number
  readonly packedBytes: number
}

/** In the page: when the first method could be tapped. */
const NOTE_USABLE = `new MutationObserver(() => {
  if (document.querySelector('.method') && !window.usableMs) window.usableMs = performance.now()
}).observe(document, { childList: true, subtree: true })`

const READ = `({
  paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  usableMs: window.usableMs,
  packedBytes: [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')]
    .filter(({ name }) => !name.endsWith('/state') && !name.endsWith('/events'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
})`

async function measure(url: string): Promise<Run> {
  const browser = await launch()
  try {
    const page = await (await browser.newContext(PHONE)).newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', LINE)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.addInitScript(NOTE_USABLE)
    await page.goto(url)
    await page.locator('.method').first().waitFor()
    return (await page.evaluate(READ)) as Run
  } finally {
    await browser.close()
  }
}

function middle(numbers: readonly number[]): number {
  return Math.round(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0)
}

const runs: Run[] = []
await withCentre({}, async (centre) => {
  const id = await centre.init(1_000_000, { description: 'Тур в Дубай' })
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(`${centre.url}/pay/${id}`))
})
let isWithin = true
for (const name of ['paintMs', 'usableMs', 'packedBytes'] as const) {
  const all = runs.map((run) => Math.round(run[name]))
  const value = middle(all)
  isWithin &&= value <= LIMITS[name]
  process.stdout.write(`${name}: ${value} (limit ${LIMITS[name]}; all ${all.join(' ')})\n`)
}
process.exitCode = isWithin ? 0 : 1
