// The frame of every answer: who may ask, the envelope of errors, headers, CORS, routes that are not
// there (T2, T3, T10, A5, A25, A32, L5).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import { type Call, caller, raw, refusalOf } from './caller.ts'
import {
  DISABLED_TOKEN,
  type FakeApp,
  FENCED_TOKEN,
  OTHER_TOKEN,
  startFakeApp,
  TOKEN,
} from './fake-centre.ts'

let app: FakeApp
let call: Call
before(async () => {
  app = await startFakeApp()
  call = caller(app.url, TOKEN)
})
after(() => app.stop())

const ABSENT = '0'.repeat(32)

const ROUTES = [
  ['POST', '/api/payment/init'],
  ['POST', `/api/payment/${ABSENT}/kaspi`],
  ['GET', `/api/payment/${ABSENT}/status`],
  ['GET', `/api/payment/${ABSENT}`],
  ['POST', `/api/payment/${ABSENT}/cancel`],
  ['GET', '/api/payment-methods'],
] as const

async function init(more: Record<string, unknown> = {}): Promise<string> {
  const answer = await call('POST', '/api/payment/init', { amount: 10_000, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.transaction_id
}

test('T2: without a token, or with anything but one, every route of a source says 401', async () => {
  const wrong = [
    '',
    'x',
    'f'.repeat(63),
    'f'.repeat(65),
    'A1'.repeat(32),
    ` ${TOKEN}x`,
    'ff'.repeat(32),
  ]
  for (const [method, path] of ROUTES) {
    const without = await caller(app.url, null)(method, path)
    assert.deepEqual([without.status, refusalOf(without).code], [401, 'unauthorized'])
    assert.equal(without.body.message, 'Нужен действующий API-токен')
    for (const token of wrong) {
      const answer = await caller(app.url, token)(method, path)
      assert.equal(answer.status, 401, `${method} ${path} ${token}`)
    }
  }
})

test('T2: a disabled source is told 403, by every route', async () => {
  for (const [method, path] of ROUTES) {
    const answer = await caller(app.url, DISABLED_TOKEN)(method, path)
    assert.deepEqual([answer.status, refusalOf(answer).code], [403, 'source_disabled'])
  }
})

test('L5: a source with allowed addresses is served at those only', async () => {
  const answer = await caller(app.url, FENCED_TOKEN)('GET', '/api/payment-methods')
  assert.deepEqual([answer.status, refusalOf(answer).code], [403, 'address_not_allowed'])
  const behind = await startFakeApp({ trustedHops: 1 })
  const fenced = caller(behind.url, FENCED_TOKEN)
  const at = async (address: string) =>
    (await fenced('GET', '/api/payment-methods', undefined, { 'X-Forwarded-For': address })).status
  assert.equal(await at('10.1.2.3'), 200)
  assert.equal(await at('2001:db8::1'), 200)
  assert.equal(await at('::ffff:10.1.2.3'), 200)
  assert.equal(await at('11.0.0.1'), 403)
  assert.equal(await at('nonsense'), 403)
  // Only the address that the trusted proxy added counts, not what the client wrote before it.
  assert.equal(await at('10.1.2.3, 11.0.0.1'), 403)
  await behind.stop()
})

test('A32: without trusted hops nobody says where they come from', async () => {
  const answer = await caller(app.url, FENCED_TOKEN)('GET', '/api/payment-methods', undefined, {
    'X-Forwarded-For': '10.1.2.3',
    'X-Real-IP': '10.1.2.3',
    Forwarded: 'for=10.1.2.3',
  })
  assert.equal(answer.status, 403)
})

test('A5: another source’s payment does not exist, by any route', async () => {
  const id = await init()
  const other = caller(app.url, OTHER_TOKEN)
  const routes = ROUTES.filter(([, path]) => path.includes(ABSENT))
  for (const [method, path] of routes) {
    if (path.endsWith('/kaspi')) continue
    const foreign = await other(method, path.replace(ABSENT, id))
    const absent = await other(method, path)
    assert.equal(foreign.status, 404)
    assert.equal(refusalOf(foreign).code, 'payment_not_found')
    const { request_id: _, ...same } = foreign.body
    const { request_id: __, ...expected } = absent.body
    assert.deepEqual(same, expected)
  }
  assert.equal((await call('GET', `/api/payment/${id}`)).status, 200)
})

test('N1: a transaction_id is found in any case; what is none is not found', async () => {
  const id = await init()
  assert.equal((await call('GET', `/api/payment/${id.toLowerCase()}/status`)).status, 200)
  for (const text of [
    '1',
    'x'.repeat(32),
    `${id}0`,
    `${id.slice(1)}`,
    '%00',
    '%F0%9F%98%80',
    "'--",
  ]) {
    const answer = await call('GET', `/api/payment/${text}/status`)
    assert.deepEqual([answer.status, refusalOf(answer).code], [404, 'payment_not_found'], text)
  }
  assert.equal((await call('GET', `/api/payment/${'a'.repeat(5_000)}/status`)).status, 404)
})

test('T2: an unknown route and a wrong method are 404 in the envelope', async () => {
  const unknown = [
    ['GET', '/'],
    ['GET', '/api'],
    ['GET', '/api/payment'],
    ['DELETE', '/api/payment/init'],
    ['PUT', '/api/payment/init'],
    ['PATCH', `/api/payment/${ABSENT}`],
    ['POST', '/api/payment-methods'],
    ['GET', `/api/payment/${ABSENT}/kaspi`],
    ['GET', '/api/payment/init/x/y'],
    ['GET', '/../../etc/passwd'],
    ['POST', '/api/payment//init'],
  ] as const
  for (const [method, path] of unknown) {
    const answer = await call(method, path, method === 'POST' ? {} : undefined)
    assert.deepEqual([answer.status, refusalOf(answer).code], [404, 'unknown_route'], path)
  }
  const broken = await call('GET', '/%zz')
  assert.deepEqual([broken.status, refusalOf(broken).code], [400, 'broken_request'])
})

test('T3: a success has no request_id in its body, and no message where none is documented', async () => {
  const id = await init()
  const status = await call('GET', `/api/payment/${id}/status`)
  assert.deepEqual(Object.keys(status.body), ['success', 'data'])
  const cancelled = await call('POST', `/api/payment/${id}/cancel`)
  assert.deepEqual(cancelled.body, { success: true, message: 'Платеж отменен', data: null })
})

test('A request’s own X-Request-Id is not taken over', async () => {
  const answer = await call('GET', '/nowhere', undefined, { 'X-Request-Id': 'mine' })
  assert.notEqual(answer.headers.get('x-request-id'), 'mine')
})

test('T10: any origin may call the token’s routes, without credentials', async () => {
  for (const [method, path] of ROUTES) {
    const preflight = await call('OPTIONS', path, undefined, {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'x-api-token,idempotency-key,content-type',
    })
    assert.equal(preflight.status, 204, path)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /X-API-Token/)
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Idempotency-Key/)
    const origin = { Origin: 'https://shop.example' }
    const refused = await caller(app.url, null)(method, path, undefined, origin)
    assert.equal(refused.headers.get('access-control-allow-origin'), '*')
    const exposed = refused.headers.get('access-control-expose-headers') ?? ''
    assert.deepEqual(exposed.split(', '), ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'])
  }
})

test('T10: no other route may be read by another origin’s page', async () => {
  const id = await init()
  const origin = { Origin: 'https://evil.example' }
  const closed = ['/healthz', '/readyz', '/nowhere', `/pay/${id}/state`, `/pay/${id}/qr.svg`]
  for (const path of closed) {
    const answer = await call('GET', path, undefined, origin)
    assert.equal(answer.headers.get('access-control-allow-origin'), null, path)
    const preflight = await call('OPTIONS', path, undefined, {
      ...origin,
      'Access-Control-Request-Method': 'POST',
    })
    assert.equal(preflight.headers.get('access-control-allow-origin'), null, path)
  }
})

test('T2: a database that is down is 503 with Retry-After; a fault of the program is a bare 500', async () => {
  const id = await init()
  app.fake.fail = new DatabaseUnavailable(new Error('connect ECONNREFUSED 10.0.0.5:5432'))
  const down = await call('GET', `/api/payment/${id}/status`)
  assert.deepEqual([down.status, refusalOf(down).code], [503, 'database_unavailable'])
  assert.equal(down.headers.get('retry-after'), '5')
  app.fake.fail = new Error('secret +77001234567 in table payments')
  const broken = await call('GET', `/api/payment/${id}/status`)
  assert.deepEqual([broken.status, refusalOf(broken).code], [500, 'internal'])
  assert.equal(broken.body.message, 'Внутренняя ошибка')
  app.fake.fail = null
  // A24: nor does the log repeat what an error quotes, or the payment's number.
  const log = app.fake.logged.join('\n')
  assert.ok(log.includes(broken.body.request_id))
  assert.doesNotMatch(log, /7700|10\.0\.0\.5|table payments/)
  assert.ok(!log.includes(id) && !log.includes(TOKEN))
})

test('readyz is deep and bounded, healthz is neither', async () => {
  assert.deepEqual((await call('GET', '/readyz')).body, { status: 'ready' })
  const stuck = await startFakeApp({ isReady: () => new Promise(() => {}) })
  const unready = await caller(stuck.url, null)('GET', '/readyz')
  assert.equal(unready.status, 503)
  assert.deepEqual(unready.body, { status: 'unavailable' })
  assert.deepEqual((await caller(stuck.url, null)('GET', '/healthz')).body, { status: 'ok' })
  await stuck.stop()
  const failing = await startFakeApp({ isReady: () => Promise.reject(new Error('no')) })
  assert.equal((await caller(failing.url, null)('GET', '/readyz')).status, 503)
  await failing.stop()
})

test('A32: what is no HTTP is answered in the envelope and closed', async () => {
  const head = `POST /api/payment/init HTTP/1.1\r\nHost: x\r\nX-API-Token: ${TOKEN}\r\n`
  const smuggled =
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n'
  const hostile = [
    'hello\r\n\r\n',
    `${head}${smuggled}`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`,
    `${head}Content-Length: -1\r\n\r\n`,
    `${head}X-Big: ${'a'.repeat(40_000)}\r\n\r\n`,
    'GET / HTTP/9.9\r\n\r\n',
  ]
  for (const bytes of hostile) {
    const answer = await raw(app.port, bytes)
    assert.match(answer, /^HTTP\/1\.1 400 /, bytes.slice(0, 60))
    assert.match(answer, /"code":"broken_request"/)
    assert.equal(answer.split('HTTP/1.1').length, 2, 'ровно один ответ')
  }
})
