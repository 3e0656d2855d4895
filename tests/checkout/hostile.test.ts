// Texts and links that mean harm. Whoever creates a payment writes what the customer reads, and what a
// terminal's screen showed is where the customer is sent.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import {
  choose,
  moduleOf,
  OneBrowser,
  onScreen,
  PHONE,
  qrOf,
  textOf,
  visit,
} from './checkout-world.ts'
import { play, SCENE_ID, SCENES } from './scenes.ts'

const browser = new OneBrowser()
let centre: TestCentre
before(async () => {
  centre = await startTestCentre()
})
after(async () => {
  await browser.close()
  await centre.stop()
})

const HARM = 'window.harmed=1'
const TEXTS = [
  `<script>${HARM}</script>`,
  `<img src=x onerror="${HARM}">`,
  `"><svg onload=${HARM}>`,
  `'><body onload=${HARM}>`,
  `<iframe srcdoc="<script>parent.${HARM}</script>"></iframe>`,
  `<a href="javascript:${HARM}">Оплатить</a>`,
  `javascript:${HARM}`,
  `<style>#sum{display:none}</style>`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example">`,
  `<base href="https://evil.example/">`,
  `<form action="https://evil.example"><button>Оплатить</button></form>`,
  `<link rel=stylesheet href="https://evil.example/x.css">`,
  `<input autofocus onfocus=${HARM}>`,
  `<details open ontoggle=${HARM}>`,
  `</p></main><h1 id="headline">Оплачено</h1>`,
  `<!--><script>${HARM}</script-->`,
  `\${${HARM}}{{constructor.constructor('${HARM}')()}}`,
  `&lt;script&gt;${HARM}&lt;/script&gt;`,
  `<template><script>${HARM}</script></template>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${HARM}">`,
]

test(`${TEXTS.length} texts of harm in the description, the seller’s name and the customer’s fields are only text`, async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const harmful = TEXTS.join(' ').slice(0, 900)
  for (const [index, text] of TEXTS.entries()) {
    await centre.sql('UPDATE sources SET name = $1 WHERE id = $2', [text, centre.source.id])
    const id = await centre.init(100_000, {
      description: text,
      customer_name: text.slice(0, 200),
      external_id: `order ${index}`,
      metadata: { text: harmful },
    })
    const { page, context, complaints, asked } = await visit(chromium, `${centre.url}/pay/${id}`)
    await onScreen(page, 'choose')
    assert.equal(await page.locator('#subject').textContent(), text)
    assert.equal(await page.locator('#seller').textContent(), text)
    if (index === 0) {
      await choose(page, 'Kaspi.Gold')
      await onScreen(page, 'qr')
      centre.simulator.phone.scan({ qr: await qrOf(centre, id) })
      await onScreen(page, 'paid')
      assert.ok((await page.locator('.confirmation').textContent())?.includes(text))
    }
    assert.equal(await page.evaluate('window.harmed'), undefined, text)
    assert.equal(await page.locator('main iframe, main form, main meta, main style').count(), 0)
    assert.equal(await page.locator('h1').count(), 1, text)
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(centre.url) && !url.startsWith('data:')),
      [],
    )
    assert.deepEqual(complaints, [], text)
    await context.close()
  }
})

test('words and codes of harm in every other field of the state are only text too', async (t) => {
  const chromium = await browser.get(t)
  if (chromium === null) return
  const { choose: scene } = SCENES
  assert.ok(scene?.state)
  const [text = ''] = TEXTS
  const [offer] = scene.state.methods
  assert.ok(offer)
  const state = { ...scene.state, methods: [{ ...offer, code: text, name: text }] }
  const { page, context, complaints } = await visit(
    chromium,
    `${centre.url}/pay/${SCENE_ID}`,
    PHONE,
    (own) => play(own, { ...scene, state }),
  )
  await onScreen(page, 'choose')
  assert.ok((await textOf(page, '.method')).startsWith(text))
  assert.equal(await page.evaluate('window.harmed'), undefined)
  assert.deepEqual(complaints, [])
  await context.close()
})

interface KaspiLinks {
  kaspiLink(url: string | null): string | null
}

const FOREIGN = [
  'javascript:alert(1)',
  'http://pay.kaspi.kz/pay/11837469201',
  'https://pay.kaspi.kz.evil.example/pay/11837469201',
  'https://evil.example/pay.kaspi.kz/pay/11837469201',
  'https://user@pay.kaspi.kz/pay/11837469201',
  'https://pay.kaspi.kz:8443/pay/11837469201',
  'https://pay.kaspi.kz/pay/11837469201?to=evil',
  'https://pay.kaspi.kz/pay/../go/11837469201',
  'https://pay.kaspi.kz\\@evil.example/pay/11837469201',
  'intent://pay.kaspi.kz/pay/11837469201',
  ' https://pay.kaspi.kz/pay/11837469201',
  '',
]

test('only a payment of Kaspi’s is a link; without one a phone is shown the QR', async (t) => {
  const { kaspiLink } = await moduleOf<KaspiLinks>('kaspi-link.js')
  for (const url of FOREIGN) assert.equal(kaspiLink(url), null, url)
  assert.equal(kaspiLink(null), null)
  const good = 'https://pay.kaspi.kz/pay/11837469201'
  assert.equal(kaspiLink(good), good)
  const chromium = await browser.get(t)
  if (chromium === null) return
  const { qr: scene } = SCENES
  assert.ok(scene?.state)
  const state = { ...scene.state, payment_url: 'https://pay.kaspi.kz.evil.example/pay/1' }
  const { page, context } = await visit(chromium, `${centre.url}/pay/${SCENE_ID}`, PHONE, (own) =>
    play(own, { ...scene, state }),
  )
  await onScreen(page, 'qr')
  await page.locator('.qr img').waitFor()
  assert.equal(await page.locator('#body a').count(), 0)
  await context.close()
})

test('A15: the page lets nothing but its own files in, and nobody frame it', async () => {
  const response = await fetch(`${centre.url}/pay/${SCENE_ID}`)
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /script-src 'self';/)
  assert.match(policy, /style-src 'self';/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe|https?:|\*/)
  const html = await response.text()
  assert.doesNotMatch(html, /<script(?![^>]+src=)|\son\w+=|style=/)
})
