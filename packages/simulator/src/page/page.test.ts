// The page as a browser gets it: which files, under which policy, and what its state tells.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test from 'node:test'
import { quickWorld } from '../testing/quick-world.ts'

test('the page and all its files come under a policy that lets nothing else in', async (context) => {
  const { simulator } = await quickWorld(context)
  const files = readdirSync(import.meta.dirname).filter((name) => /\.(css|js|svg)$/.test(name))
  const paths = ['/', ...files.map((name) => `/page/${name}`)]
  assert.ok(paths.length > 5)
  for (const path of paths) {
    const response = await fetch(simulator.url + path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none';/)
    const text = await response.text()
    // Whatever a shop or a till is called must stay text, and no address of others may be asked.
    assert.doesNotMatch(text, /innerHTML|insertAdjacentHTML|document\.write|<script>|style="/, path)
    const hosts = [...text.matchAll(/https?:\/\/([^/'"]+)/g)].map((match) => match[1])
    const harmless = ['www.w3.org', 'qr.kaspi.kz']
    assert.deepEqual(
      [...new Set(hosts)].filter((host) => !harmless.includes(host ?? '')),
      [],
      path,
    )
  }
})

test('the state tells screens, faults, newest payments and webhooks first', async (context) => {
  const world = await quickWorld(context, { terminals: [{ protection: true, https: {} }, {}] })
  const { simulator } = world
  simulator.terminal(2).armFault({ fault: 'camera_down' })
  for (const amount of [100, 200]) {
    const { processId, qr } = await world.showQr(2, amount)
    simulator.phone.scan({ qr, after_ms: 0 })
    await world.final(2, processId)
  }
  for (const body of [{ transaction_id: 'A', status: 'paid' }, null, [1], 'text']) {
    await fetch(`${simulator.url}/shop/webhook`, { method: 'POST', body: JSON.stringify(body) })
  }
  const state = await (await fetch(`${simulator.url}/page/state`)).json()
  assert.partialDeepStrictEqual(state, {
    terminals: [
      { number: 1, is_secure: true, protection: true, screen: { state: 'idle' } },
      { number: 2, is_secure: false, protection: false, faults: ['camera_down'] },
    ],
    entries: [{ amount_tenge: 200 }, { amount_tenge: 100 }],
    webhooks: [
      { text: '"text"', status: null },
      { text: '[1]' },
      { text: 'null' },
      { status: 'paid', payment: 'A' },
    ],
  })
})

test("a terminal's QR is a picture while it is on the screen, and only then", async (context) => {
  const world = await quickWorld(context)
  const url = `${world.simulator.url}/terminals/1/qr.svg`
  assert.equal((await fetch(url)).status, 404)
  await world.showQr(1, 100)
  const response = await fetch(url)
  assert.equal(response.headers.get('content-type'), 'image/svg+xml')
  assert.match(await response.text(), /^<svg .*<path /s)
})
