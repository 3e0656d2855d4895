// Bodies that nobody should send: every field with every wrong kind of value, and bodies that are
// wrong as a whole (A18–A22). Each is a 400 by name, never a 500, and nothing is written.

import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { MAX_TIYN, parseAmount } from '../../packages/core/src/index.ts'
import { type Answer, type Call, caller, raw, refusalOf } from './caller.ts'
import { type FakeApp, startFakeApp, TENGE_TOKEN, TOKEN } from './fake-centre.ts'

let app: FakeApp
let call: Call
before(async () => {
  app = await startFakeApp()
  call = caller(app.url, TOKEN)
  expectNothingWritten()
})
after(() => app.stop())

const KASPI = `/api/payment/${'0'.repeat(32)}/kaspi`

function init(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return call('POST', '/api/payment/init', body, headers)
}

let writtenBefore = 0
function expectNothingWritten(): void {
  writtenBefore = app.fake.writes
}
afterEach(() => {
  if (writtenBefore >= 0) assert.equal(app.fake.writes, writtenBefore)
})

const NUL = 'a\u0000b'
const LONE = JSON.parse('"\\ud800"')
const BIDI = 'a\u202eb'

const WRONG_TEXT = [1, null, [], ['a'], {}, true, NUL, LONE]
const WRONG_NUMBER = ['10', null, [], [10], {}, true, NUL, LONE, '', '１０']

/** Field → values that it must refuse, and nothing else of the request is at fault. */
const INIT_FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  amount: [...WRONG_NUMBER, 0, -1, 0.1, 10.5, 1e308, -1e308, 2 ** 53, 9_007_199_254_740_991],
  currency: [...WRONG_TEXT, 'kzt', 'KZ', 'KZTT', '', 'ҚЗТ', BIDI],
  description: [...WRONG_TEXT, BIDI, 'a'.repeat(1001), 'карта 4111 1111 1111 1111', '\u001b[2J'],
  customer_phone: [...WRONG_TEXT, BIDI, '', 'abc', '+7', '７００１２３４５６７', '7'.repeat(33)],
  customer_email: [
    ...WRONG_TEXT,
    BIDI,
    '',
    'a',
    'a@b',
    `${'a'.repeat(250)}@b.kz`,
    'a@b.kz\r\nX: y',
  ],
  customer_name: [...WRONG_TEXT, BIDI, 'a'.repeat(201), '5500-0000-0000-0004', 'a\nb'],
  payment_method_id: [...WRONG_NUMBER, 0, -1, 1.5, 99, 2 ** 40, 1e308],
  webhook_url: [
    ...WRONG_TEXT,
    BIDI,
    '',
    'http://shop.example/x',
    'x',
    `https://${'a'.repeat(2048)}`,
  ],
  metadata: [1, 'a', null, [], true, { a: NUL }, { b: [LONE] }, { n: 2 ** 53 }, { n: 1e308 }],
  external_id: [...WRONG_TEXT, BIDI, '', 'a'.repeat(129), 'a\nb'],
  expires_in: [...WRONG_NUMBER, 0, -1, 59, 31_536_001, 60.5, 1e308],
}

const KASPI_FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  payment_method: [...WRONG_TEXT, '', 'a'.repeat(64)],
  amount: [...WRONG_NUMBER, 0, -1, 0.5, 1e308],
  presence: [...WRONG_TEXT, '', 'both'],
  terminal_id: [...WRONG_NUMBER, 0, -1, 1.5, 2 ** 31],
}

test('A18, A22: every field of init × every wrong value: 400 with that field alone', async () => {
  for (const [field, values] of Object.entries(INIT_FIELDS)) {
    for (const value of values) {
      const answer = await init({ amount: 10_000, [field]: value })
      const shown = `${field}: ${JSON.stringify(value)?.slice(0, 60)} → ${answer.text}`
      assert.equal(answer.status, 400, shown)
      assert.deepEqual(Object.keys(refusalOf(answer).errors), [field], shown)
    }
  }
})

test('A18, A22: every field of kaspi × every wrong value: 400 with that field alone', async () => {
  for (const [field, values] of Object.entries(KASPI_FIELDS)) {
    for (const value of values) {
      const answer = await call('POST', KASPI, { payment_method: 'kaspi_gold', [field]: value })
      const shown = `${field}: ${JSON.stringify(value)?.slice(0, 60)} → ${answer.text}`
      assert.equal(answer.status, 400, shown)
      assert.deepEqual(Object.keys(refusalOf(answer).errors), [field], shown)
    }
  }
})

test('T3: an absent amount is «Field is required», and all faults are named at once', async () => {
  for (const body of [{}, undefined, { Amount: 1 }]) {
    const answer = await init(body)
    assert.deepEqual(refusalOf(answer).errors, { amount: 'Field is required' })
  }
  const many = await init({ amount: -1, customer_phone: 'x', external_id: 'a\nb' })
  assert.deepEqual(Object.keys(refusalOf(many).errors), ['amount', 'customer_phone', 'external_id'])
  assert.equal(many.body.message, 'Проверьте поля запроса: amount, customer_phone, external_id')
})

test('M2: numbers that JSON can spell and money cannot', async () => {
  const spelled = [
    '1e400',
    '-0',
    '0.0',
    '1E-7',
    '-1e-400',
    '9007199254740993',
    '0.30000000000000004',
  ]
  for (const amount of spelled) {
    const answer = await init(`{"amount":${amount}}`)
    assert.deepEqual(Object.keys(refusalOf(answer).errors), ['amount'], amount)
  }
  for (const amount of ['NaN', 'Infinity', '0x10', '1_000', '+5', '.5', '010']) {
    assert.equal(refusalOf(await init(`{"amount":${amount}}`)).code, 'broken_json', amount)
  }
})

test('M2: tenge has at most two decimals', async () => {
  const tenge = caller(app.url, TENGE_TOKEN)
  for (const amount of [10.005, 0.001, 1e-7, 0, -10, 1e21, 90_071_992_547_410]) {
    const answer = await tenge('POST', '/api/payment/init', { amount })
    assert.deepEqual(Object.keys(refusalOf(answer).errors), ['amount'], String(amount))
  }
})

test('M2: any JSON number is taken exactly or refused (against a BigInt oracle)', () => {
  fc.assert(
    fc.property(fc.double(), fc.constantFrom('tiyn' as const, 'tenge' as const), (value, unit) => {
      const parsed = parseAmount(value, unit)
      const text = Number.isFinite(value) ? JSON.stringify(value) : ''
      const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
      const decimals = match?.[2] ?? ''
      const scale = unit === 'tiyn' ? 0 : 2
      const isExact = match !== null && decimals.length <= scale
      const oracle = isExact ? BigInt(`${match[1]}${decimals.padEnd(scale, '0')}`) : 0n
      const isValid = oracle > 0n && oracle <= MAX_TIYN
      assert.equal(parsed, isValid ? oracle : null, `${value} ${unit}`)
    }),
    { numRuns: 2_000 },
  )
})

test('a body of any shape gets a 400 or is a payment, never a 500', async () => {
  const fields = Object.keys(INIT_FIELDS)
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.string({ unit: 'binary' }))
  const body = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 })
  writtenBefore = -1
  await fc.assert(
    fc.asyncProperty(body, async (fuzzed) => {
      const written = app.fake.writes
      const answer = await init(fuzzed)
      assert.ok(answer.status === 400 || answer.status === 201, answer.text)
      assert.equal(app.fake.writes - written, answer.status === 201 ? 1 : 0)
    }),
    { numRuns: 300 },
  )
  expectNothingWritten()
})

test('T7, A17: fields that nobody knows are dropped, whatever they are called', async () => {
  const more = { status: 'paid', paid_amount: 5, id: 1, source_id: 9, paid_at: 'now', late: true }
  writtenBefore = -1
  const answer = await init({ amount: 10_000, ...more, toString: 1, hasOwnProperty: {} })
  assert.equal(answer.status, 201, answer.text)
  const { transaction_id: id } = answer.body.data
  const { data } = (await call('GET', `/api/payment/${id}`)).body
  assert.deepEqual([data.status, data.paid_amount, data.paid_at], ['pending', 0, null])
  assert.deepEqual(data.metadata, {})
  expectNothingWritten()
})

test('A19: __proto__ in a body is refused at each depth', async () => {
  for (let depth = 0; depth <= 6; depth += 1) {
    const inner = `${'{"a":'.repeat(depth)}{"__proto__":{"admin":true}}${'}'.repeat(depth)}`
    for (const body of [inner, `{"amount":1,"metadata":${inner}}`]) {
      const answer = await init(body)
      assert.equal(refusalOf(answer).code, 'forbidden_key', body)
    }
  }
})

test('A20: deep, wide and large bodies are refused in no time', async () => {
  const started = performance.now()
  const deep = (levels: number) => `{"metadata":${'['.repeat(levels)}${']'.repeat(levels)}}`
  assert.equal(refusalOf(await init(deep(9))).code, 'too_complex')
  assert.equal(refusalOf(await init(deep(30_000))).code, 'too_complex')
  assert.equal(refusalOf(await init(deep(100_000))).code, 'too_large')
  const wide = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, n]))
  assert.equal(refusalOf(await init({ amount: 1, metadata: wide })).code, 'too_complex')
  const megabyte = await init({ amount: 1, description: 'a'.repeat(1_000_000) })
  assert.deepEqual([megabyte.status, refusalOf(megabyte).code], [400, 'too_large'])
  assert.ok(performance.now() - started < 2_000)
})

test('A20: metadata of 16 KB is taken, one byte more is not', async () => {
  const metadata = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) })
  const over = await init({ amount: 1_000, metadata: metadata(16_385) })
  assert.deepEqual(refusalOf(over).errors, { metadata: 'Must be at most 16 KB' })
  writtenBefore = -1
  assert.equal((await init({ amount: 1_000, metadata: metadata(16_384) })).status, 201)
  expectNothingWritten()
})

test('A20: 10 MB are cut off, announced or not', async () => {
  const head = `POST /api/payment/init HTTP/1.1\r\nHost: x\r\nX-API-Token: ${TOKEN}\r\nContent-Type: application/json\r\n`
  const announced = await raw(app.port, `${head}Content-Length: 10485760\r\n\r\n`)
  assert.match(announced, /"code":"too_large"/)
  const chunk = `10000\r\n${'a'.repeat(0x1_00_00)}\r\n`
  const streamed = await raw(
    app.port,
    `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(160)}`,
  )
  assert.match(streamed, /"code":"too_large"/)
})

test('A20: compressed bodies are refused, whatever is inside', async () => {
  const packed = gzipSync('{"amount":1}')
  for (const [body, encoding] of [
    [packed, 'gzip'],
    ['{"amount":1}', 'gzip'],
    ['{"amount":1}', 'br'],
    ['{"amount":1}', 'identity, gzip'],
  ] as const) {
    const answer = await init(body, { 'Content-Encoding': encoding })
    assert.equal(refusalOf(answer).code, 'wrong_content_encoding')
  }
  assert.equal(refusalOf(await init(packed)).code, 'broken_json')
})

test('T2: a body must be called application/json; an empty one may be called anything', async () => {
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]
  for (const type of [...types, 'application/jsonx', 'text/json', 'nonsense', '*/*']) {
    const answer = await init('{"amount":10000}', { 'Content-Type': type })
    assert.deepEqual([answer.status, refusalOf(answer).code], [400, 'wrong_content_type'], type)
    if (type === 'nonsense') continue
    const empty = await init('', { 'Content-Type': type })
    assert.deepEqual(refusalOf(empty).errors, { amount: 'Field is required' }, type)
  }
  for (const type of ['application/json; charset=utf-8', 'APPLICATION/JSON;charset=UTF-8']) {
    const answer = await init('{"amount":0}', { 'Content-Type': type })
    assert.equal(refusalOf(answer).code, 'validation', type)
  }
})

test('T2: broken JSON, two equal names, several values', async () => {
  const expected: readonly (readonly [string, string])[] = [
    ['{"amount":', 'broken_json'],
    ['{"amount":1}}', 'broken_json'],
    ['[{"amount":1}]', 'broken_json'],
    ['"amount"', 'broken_json'],
    ['null', 'broken_json'],
    ['amount=10000', 'broken_json'],
    ['{"amount":1,"amount":1000000}', 'duplicate_key'],
    ['\ufeff{"amount":0}', 'validation'],
  ]
  for (const [body, code] of expected) {
    const answer = await init(body)
    assert.deepEqual([answer.status, refusalOf(answer).code], [400, code], body)
  }
})

test('A22: text of any script comes back as it was sent', async () => {
  const texts = [
    'Әсел Құдайберген',
    'שלום עולם',
    '全角１２３',
    '👨‍👩‍👧 тур',
    'O\'Brien\\"<script>',
    'a\tb\nc',
  ]
  writtenBefore = -1
  for (const text of texts) {
    const created = await init({ amount: 10_000, description: text, metadata: { text } })
    assert.equal(created.status, 201, created.text)
    const info = await call('GET', `/api/payment/${created.body.data.transaction_id}`)
    assert.equal(info.body.data.description, text)
    assert.deepEqual(info.body.data.metadata, { text })
  }
  expectNothingWritten()
})
