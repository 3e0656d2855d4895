import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kaspiLink, qrReading } from './kaspi-link.ts'

const TOKEN = '40000000000000000000'
const LINK = { text: `https://qr.kaspi.kz/${TOKEN}`, url: `https://pay.kaspi.kz/pay/${TOKEN}` }

test('N4: both forms of a link are one payment', () => {
  assert.deepEqual(kaspiLink(LINK.text), LINK)
  assert.deepEqual(kaspiLink(LINK.url), LINK)
  assert.deepEqual(kaspiLink(` ${LINK.text}\n`), LINK)
})

test('rule 5: nothing but a link to Kaspi passes', () => {
  const hosts = [
    `https://qr.kaspi.kz.example.com/${TOKEN}`,
    `https://xqr.kaspi.kz/${TOKEN}`,
    `https://qr.kaspi.kz@evil.kz/${TOKEN}`,
    `https://user:x@qr.kaspi.kz/${TOKEN}`,
    `https://qr.kaspi.kz:444/${TOKEN}`,
    `https://qr.kaspi.kz./${TOKEN}`,
    `https://qr.kаspi.kz/${TOKEN}`,
    `https://qr.kaspi.kz\\@evil.kz/${TOKEN}`,
    `http://qr.kaspi.kz/${TOKEN}`,
    `//qr.kaspi.kz/${TOKEN}`,
    `javascript:https://qr.kaspi.kz/${TOKEN}`,
    `https://pay.kaspi.kz/${TOKEN}`,
  ]
  const paths = [
    '',
    '12345',
    `${TOKEN}/x`,
    `../${TOKEN}`,
    `${TOKEN}?a=1`,
    `${TOKEN}#a`,
    `${TOKEN}%00`,
  ]
  const texts = [...hosts, ...paths.map((path) => `https://qr.kaspi.kz/${path}`), '', '123456']
  for (const text of [...texts, `https://qr.kaspi.kz/4000\n0000`, `${LINK.text} ${LINK.text}`]) {
    assert.equal(kaspiLink(text), null, text)
  }
})

test('a link that passes is for a browser what it is for us', () => {
  const near = fc.tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://', ''),
    fc.constantFrom('qr.kaspi.kz', 'pay.kaspi.kz', 'evil.kz', 'qr.kaspi.kz@evil.kz'),
    fc.constantFrom('/', '/pay/', '//', '\\', ''),
    fc.string({ maxLength: 12 }),
  )
  fc.assert(
    fc.property(near, (parts) => {
      const link = kaspiLink(parts.join(''))
      if (link === null) return
      assert.equal(new URL(link.text).href, link.text)
      assert.equal(new URL(link.text).host, 'qr.kaspi.kz')
      assert.equal(new URL(link.url).host, 'pay.kaspi.kz')
    }),
  )
})

test('several codes in sight: the one that passes, and none when two payments do', () => {
  const read = { kind: 'read', ...LINK }
  assert.deepEqual(qrReading(['WIFI:S:x;;', LINK.text, 'https://evil.kz/1234567']), read)
  assert.deepEqual(qrReading([LINK.text, LINK.url]), read)
  assert.deepEqual(qrReading([LINK.text, 'https://qr.kaspi.kz/1234567']), { kind: 'foreign' })
  assert.deepEqual(qrReading(['https://evil.kz/1234567']), { kind: 'foreign' })
})
