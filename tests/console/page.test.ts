// The console as it is served: its page under a policy with a nonce of its own, its files for ever.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'

let centre: TestCentre
let open: ReturnType<typeof client>['call']

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  open = client(centre.url, '').call
})
after(() => centre.stop())

function nonceIn(policy: string | null): string {
  return /'nonce-([A-Za-z0-9+/=]+)'/.exec(policy ?? '')?.[1] ?? ''
}

test('the page is never kept, and its nonce is another each time', async () => {
  const [first, second] = [await open('GET', '/console/'), await open('GET', '/console/payments')]
  for (const { headers, status, text } of [first, second]) {
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-cache')
    const policy = headers.get('content-security-policy') ?? ''
    assert.doesNotMatch(policy, /unsafe|https?:/)
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/)
    const nonce = nonceIn(policy)
    assert.ok(nonce.length >= 22)
    assert.ok(text.includes(nonce))
    assert.ok(!text.includes('__CSP_NONCE__'))
    // Nothing is asked of anybody else.
    assert.doesNotMatch(text, /(src|href)="(https?:)?\/\//)
  }
  const nonces = [first, second].map(({ headers }) =>
    nonceIn(headers.get('content-security-policy')),
  )
  assert.notEqual(nonces[0], nonces[1])
})

test('its files are kept for ever, packed for whoever takes them so', async () => {
  const { text } = await open('GET', '/console/')
  const script = /src="(\/console\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? ''
  const packed = await open('GET', script, undefined, { 'Accept-Encoding': 'br' })
  assert.equal(packed.status, 200)
  assert.match(packed.headers.get('cache-control') ?? '', /immutable/)
  assert.match(packed.headers.get('content-type') ?? '', /^text\/javascript/)
  const plain = await open('GET', script, undefined, { 'Accept-Encoding': 'identity' })
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.equal(plain.text, packed.text)
})

test('a file that is not there is 404, and nothing beside the build is served', async () => {
  for (const path of ['none.js', '..%2findex.html', '%2e%2e%2f%2e%2e%2fpackage.json']) {
    assert.equal((await open('GET', `/console/assets/${path}`)).status, 404, path)
  }
})
