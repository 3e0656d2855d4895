// A32: bytes that two readers of HTTP would read differently, and headers that say where a client comes
// from. One connection gets one answer, nothing behind it is carried out, and a proxy's word counts only
// as far as it was configured.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caller, raw } from '../api/caller.ts'
import { type FakeApp, FENCED_TOKEN, startFakeApp, TOKEN } from '../api/fake-centre.ts'

let app: FakeApp
before(async () => {
  app = await startFakeApp({ limits: { headersMs: 1_000, requestMs: 1_500, keepAliveMs: 300 } })
})
after(() => app.stop())

const BODY = '{"amount":100000}'
const START = 'POST /api/payment/init HTTP/1.1\r\n'
const HEADS = `Host: x\r\nX-API-Token: ${TOKEN}\r\nContent-Type: application/json\r\n`
/** What would create a payment were it ever read as a request of its own. */
const SECOND = `${START}${HEADS}Content-Length: ${BODY.length}\r\n\r\n${BODY}`
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const CHUNKED = `${chunk(BODY)}0\r\n\r\n`

/** Each is refused, with whatever is smuggled behind it. */
const HOSTILE: Readonly<Record<string, string>> = {
  'CL.TE': `${START}${HEADS}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECOND}`,
  'TE.CL': `${START}${HEADS}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${CHUNKED}${SECOND}`,
  'two equal lengths': `${START}${HEADS}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}${SECOND}`,
  'two lengths': `${START}${HEADS}Content-Length: 2\r\nContent-Length: 0\r\n\r\n{}${SECOND}`,
  'a list of lengths': `${START}${HEADS}Content-Length: 2, 2\r\n\r\n{}${SECOND}`,
  'a length with a sign': `${START}${HEADS}Content-Length: +2\r\n\r\n{}${SECOND}`,
  'a length in hex': `${START}${HEADS}Content-Length: 0x2\r\n\r\n{}${SECOND}`,
  'a length beyond all numbers': `${START}${HEADS}Content-Length: 18446744073709551618\r\n\r\n{}${SECOND}`,
  'an encoding nobody knows': `${START}${HEADS}Transfer-Encoding: xchunked\r\n\r\n${CHUNKED}${SECOND}`,
  'an encoding after chunked': `${START}${HEADS}Transfer-Encoding: chunked, identity\r\n\r\n${CHUNKED}${SECOND}`,
  'a space before the colon': `${START}${HEADS}Transfer-Encoding : chunked\r\n\r\n${CHUNKED}${SECOND}`,
  'a folded header': `${START}${HEADS}Transfer-Encoding:\r\n chunked\r\n\r\n${CHUNKED}${SECOND}`,
  'a folded value': `${START}${HEADS}X-Note: a\r\n b: c\r\nContent-Length: 2\r\n\r\n{}${SECOND}`,
  'bare line feeds': SECOND.replaceAll('\r\n', '\n'),
  'a bare line feed in a header': `${START}${HEADS}X-Note: a\nContent-Length: 2\r\n\r\n{}${SECOND}`,
  'a bare carriage return': `${START}${HEADS}X-Note: a\rContent-Length: 2\r\n\r\n{}${SECOND}`,
  'NUL in a header': `${START}${HEADS}X-Note: a\0b\r\nContent-Length: 2\r\n\r\n{}${SECOND}`,
  'a chunk of negative size': `${START}${HEADS}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n${SECOND}`,
  'a chunk beyond all numbers': `${START}${HEADS}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}${SECOND}`,
  'a chunk ended by a line feed': `${START}${HEADS}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${SECOND}`,
  'no Host': SECOND.replace('Host: x\r\n', ''),
  'two Hosts': SECOND.replace('Host: x\r\n', 'Host: x\r\nHost: y\r\n'),
  'a header without a name': `${START}${HEADS}: x\r\nContent-Length: 2\r\n\r\n{}${SECOND}`,
  'a request line with a tab': SECOND.replace('POST /', 'POST\t/'),
  'HTTP/2 in plain words': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
}

for (const [name, bytes] of Object.entries(HOSTILE)) {
  test(`A32: ${name}: refused once, and nothing behind it is done`, async () => {
    const before = app.fake.payments.size
    const answer = await raw(app.port, bytes)
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, answer.slice(0, 200))
    assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer')
    assert.equal(app.fake.payments.size, before)
  })
}

test('A32: an expectation that nobody knows is passed over, with every header of ours', async () => {
  const head = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 200-ok\r\n\r\n'
  const answer = await raw(app.port, head)
  assert.match(answer, /^HTTP\/1\.1 200 /)
  assert.match(answer, /x-content-type-options: nosniff/)
})

test('A32: two honest requests on one connection are two, and what says «close» is the last', async () => {
  const before = app.fake.payments.size
  const both = await raw(app.port, SECOND + SECOND)
  assert.equal(both.match(/HTTP\/1\.1 201 /g)?.length, 2)
  assert.equal(app.fake.payments.size, before + 2)
  const closing = SECOND.replace('Host: x\r\n', 'Host: x\r\nConnection: close\r\n')
  const one = await raw(app.port, closing + SECOND)
  assert.equal(one.match(/HTTP\/1\.1 /g)?.length, 1)
  assert.equal(app.fake.payments.size, before + 3)
})

test('A32: the address of a client is the connection’s, or what the configured proxies added', async (t) => {
  // Only 10.1.2.0/24 may use this token, and the test calls from 127.0.0.1.
  const chains: readonly (readonly [hops: number, forwarded: string, status: number])[] = [
    [0, '10.1.2.3', 403],
    [0, '10.1.2.3, 10.1.2.3', 403],
    [1, '10.1.2.3', 200],
    [1, '10.1.2.3, 8.8.8.8', 403],
    [1, '8.8.8.8, 10.1.2.3', 200],
    [1, '', 403],
    [2, '10.1.2.3, 127.0.0.1', 200],
    [2, '10.1.2.3, 8.8.8.8, 127.0.0.1', 403],
    [2, '8.8.8.8, 10.1.2.3, 127.0.0.1', 200],
    // Fewer proxies on the way than configured: the client would name itself, so the last word counts.
    [2, '10.1.2.3', 200],
    [1, '10.1.2.3\t, x', 403],
    [1, "10.1.2.3', 10.1.2.3--", 403],
  ]
  for (const hops of [0, 1, 2]) {
    const behind = await startFakeApp({ trustedHops: hops })
    t.after(() => behind.stop())
    for (const [, forwarded, status] of chains.filter(([at]) => at === hops)) {
      const answer = await caller(behind.url, FENCED_TOKEN)(
        'GET',
        '/api/payment-methods',
        undefined,
        { 'X-Forwarded-For': forwarded, 'X-Real-IP': '10.1.2.3', Forwarded: 'for=10.1.2.3' },
      )
      assert.equal(answer.status, status, `${hops} hops: ${forwarded}`)
    }
  }
})
