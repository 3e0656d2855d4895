// The documented calls over a whole centre: real database, simulated terminals, real HTTP.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { Compile } from 'typebox/compile'
import {
  InfoAnswer,
  KaspiAnswer,
  PaymentMethodsAnswer,
  PayStartAnswer,
  StatusAnswer,
} from '../../packages/contract/src/index.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { type Call, caller, refusalOf } from './caller.ts'

let centre: TestCentre
let call: Call
let database: pg.Client
before(async () => {
  centre = await startTestCentre({
    terminals: [{ camera: 'json' }, { camera: 'json' }, { camera: 'json' }, { camera: 'none' }],
  })
  call = caller(centre.url, centre.source.apiToken)
  database = new pg.Client({ connectionString: centre.database.superuserUrl })
  await database.connect()
})
after(async () => {
  await database.end()
  await centre.stop()
})

async function init(amount = 1_000_000, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await call('POST', '/api/payment/init', { amount, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.transaction_id
}

function kaspi(id: string, body: unknown = { payment_method: 'kaspi_gold' }, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key }
  return call('POST', `/api/payment/${id}/kaspi`, body, headers)
}

async function pay(id: string): Promise<void> {
  const started = await kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
}

const kaspiShape = Compile(KaspiAnswer)
const infoShape = Compile(InfoAnswer)
const statusShape = Compile(StatusAnswer)
const methodsShape = Compile(PaymentMethodsAnswer)
const payStartShape = Compile(PayStartAnswer)

test('P9: the answer of kaspi has every documented field, and the schema knows every field', async () => {
  const id = await init()
  const started = await kaspi(id)
  assert.deepEqual(kaspiShape.Errors(started.body), [], started.text)
  assert.equal(started.body.message, 'Платеж инициирован')
  const { data } = started.body
  assert.deepEqual(
    [data.amount, data.original_amount, data.commission_amount, data.commission_percent],
    [1_010_000, 1_000_000, 10_000, 1],
  )
  assert.deepEqual([data.paid_amount, data.remaining_amount], [0, 1_010_000])
  centre.simulator.phone.scan({ qr: data.qr_code })
  await centre.until(id, 'paid')
  const info = await call('GET', `/api/payment/${id}`)
  assert.deepEqual(infoShape.Errors(info.body), [])
  const status = await call('GET', `/api/payment/${id}/status`)
  assert.deepEqual(statusShape.Errors(status.body), [])
  assert.deepEqual(
    [status.body.data.status, status.body.data.amount, status.body.data.remaining_amount],
    ['paid', 1_010_000, 0],
  )
})

test('N4: the QR stays after payment, marked as expired; its picture is a picture', async () => {
  const id = await init()
  const started = await kaspi(id)
  const { qr_code, payment_url, qr_image_url } = started.body.data
  assert.equal(payment_url, qr_code.replace('qr.kaspi.kz/', 'pay.kaspi.kz/pay/'))
  const image = await fetch(qr_image_url)
  assert.equal(image.headers.get('content-type'), 'image/svg+xml')
  assert.equal((await centre.status(id)).qr_expired, false)
  centre.simulator.phone.scan({ qr: qr_code })
  const paid = await centre.until(id, 'paid')
  assert.deepEqual([paid.qr_code, paid.payment_url, paid.qr_expired], [qr_code, payment_url, true])
})

test('M1: a source in tenge: every sum of init, kaspi, status, info and methods', async () => {
  const source = await centre.addSource({ amountUnit: 'tenge' })
  const tenge = caller(centre.url, source.apiToken)
  const created = await tenge('POST', '/api/payment/init', { amount: 10_000 })
  const { transaction_id: id } = created.body.data
  assert.equal(created.body.data.amount, 10_000)
  const part = await tenge('POST', `/api/payment/${id}/kaspi`, {
    payment_method: 'kaspi_gold',
    amount: 5_000,
  })
  assert.equal(part.status, 200, part.text)
  const { data } = part.body
  assert.deepEqual([data.amount, data.charge_amount, data.commission_amount], [10_100, 5_000, 100])
  centre.simulator.phone.scan({ qr: data.qr_code })
  const own = client(centre.url, source.apiToken)
  const rest = await own.until(id, 'partially_paid')
  assert.deepEqual([rest.paid_amount, rest.remaining_amount], [5_000, 5_100])
  const methods = await tenge('GET', '/api/payment-methods')
  assert.deepEqual(methodsShape.Errors(methods.body), [])
  assert.equal(methods.body.data[0].min, 10)
  // M1: the customer's page speaks tiyn all the same.
  const page = await caller(centre.url, null)('GET', `/pay/${id}/state`)
  assert.equal(page.body.data.remaining_amount, 510_000)
})

test('N3: the five documented methods, in the documented order, with the documented rates', async () => {
  const { data } = (await call('GET', '/api/payment-methods')).body
  assert.deepEqual(
    data.map((method: Record<string, unknown>) => [
      method['id'],
      method['code'],
      method['percent'],
      method['months'],
    ]),
    [
      [1, 'kaspi_gold', 1, null],
      [2, 'kaspi_red', 1, null],
      [3, 'kaspi_credit', 14, null],
      [4, 'kaspi_installment_12', 14, 12],
      [5, 'kaspi_installment_24', 14, 24],
    ],
  )
})

test('N2: the id preselects, the code wins, aliases are known, neither is errors.payment_method', async () => {
  const neither = await kaspi(await init(), {})
  assert.deepEqual([neither.status, refusalOf(neither).code], [400, 'payment_method_required'])
  assert.deepEqual(refusalOf(neither).errors, { payment_method: 'Field is required' })
  const unknown = await kaspi(await init(), { payment_method: 'paypal' })
  assert.deepEqual(Object.keys(refusalOf(unknown).errors), ['payment_method'])
  const reader = await kaspi(await init(), { payment_method: 'card' })
  assert.equal(refusalOf(reader).code, 'unknown_method')
  const wrongId = await call('POST', '/api/payment/init', { amount: 1_000, payment_method_id: 6 })
  assert.deepEqual(Object.keys(refusalOf(wrongId).errors), ['payment_method_id'])

  const preselected = await init(1_000_000, { payment_method_id: 3 })
  const byId = await kaspi(preselected, undefined)
  assert.deepEqual(
    [byId.body.data.payment_method, byId.body.data.amount],
    ['kaspi_gold', 1_010_000],
  )
  const other = await init(1_000_000, { payment_method_id: 3 })
  const byEmptyBody = await call('POST', `/api/payment/${other}/kaspi`)
  assert.equal(byEmptyBody.body.data.payment_method, 'kaspi_credit')
  await call('POST', `/api/payment/${preselected}/cancel`)
  await call('POST', `/api/payment/${other}/cancel`)
  const alias = await kaspi(await init(), { payment_method: 'kaspi_rassrochka' })
  assert.equal(alias.body.data.payment_method, 'kaspi_installment_12')
  centre.simulator.phone.scan({ qr: alias.body.data.qr_code, product: 'Loan', loan_term: 12 })
})

test('S7: kaspi by status: the same QR again, then already_paid, cancelled', async () => {
  const id = await init()
  const first = await kaspi(id)
  const again = await kaspi(id)
  assert.equal(again.text, first.text)
  const red = await kaspi(id, { payment_method: 'kaspi_red' })
  assert.equal(red.body.data.qr_code, first.body.data.qr_code)
  centre.simulator.phone.scan({ qr: first.body.data.qr_code })
  await centre.until(id, 'paid')
  const paid = await kaspi(id)
  assert.deepEqual([paid.status, refusalOf(paid).code], [400, 'already_paid'])
  assert.equal(paid.body.errors, undefined)
  const cancelledId = await init()
  await call('POST', `/api/payment/${cancelledId}/cancel`)
  assert.equal(refusalOf(await kaspi(cancelledId)).code, 'cancelled')
})

test('S4: cancel: 200, 200 again, 400 once paid; a body of any kind that is empty will do', async () => {
  const id = await init()
  const path = `/api/payment/${id}/cancel`
  assert.equal((await call('POST', path)).status, 200)
  assert.equal((await call('POST', path, '', { 'Content-Type': 'text/plain' })).status, 200)
  assert.equal((await call('POST', path, {})).status, 200)
  assert.equal((await centre.status(id)).cancel_reason, 'requested')
  const paid = await init()
  await pay(paid)
  const refused = await call('POST', `/api/payment/${paid}/cancel`)
  assert.deepEqual([refused.status, refusalOf(refused).code], [400, 'already_paid'])
})

test('M2, M8: what a method cannot take, and a part that cannot be', async () => {
  const small = await kaspi(await init(999))
  assert.deepEqual([small.status, refusalOf(small).code], [400, 'amount_too_small'])
  const id = await init()
  for (const amount of [500_050, 900, 1_010_100, 1_009_900]) {
    const answer = await kaspi(id, { payment_method: 'kaspi_gold', amount })
    assert.deepEqual(Object.keys(refusalOf(answer).errors), ['amount'], String(amount))
  }
  const above = await call('POST', '/api/payment/init', { amount: 9_000_000_000 })
  assert.deepEqual(refusalOf(above).errors, {
    amount: 'Must not be above the ceiling of this source',
  })
})

test('M12: another currency can be created and not paid by Kaspi', async () => {
  const answer = await kaspi(await init(1_000_000, { currency: 'USD' }))
  assert.equal(refusalOf(answer).code, 'currency_not_supported')
})

test('S9a: in_person needs its terminal, and has no QR to give', async () => {
  const id = await init()
  const body = { payment_method: 'kaspi_gold', presence: 'in_person' }
  const missing = await kaspi(id, body)
  assert.deepEqual(refusalOf(missing).errors, { terminal_id: 'Field is required' })
  const { rows } = await database.query('SELECT id FROM terminals WHERE camera_url IS NULL')
  const started = await kaspi(id, { ...body, terminal_id: rows[0].id })
  assert.equal(started.status, 200, started.text)
  assert.deepEqual(kaspiShape.Errors(started.body), [])
  const { data } = started.body
  assert.deepEqual([data.qr_code, data.payment_url, data.qr_image_url], [null, null, null])
  assert.deepEqual([data.presence, data.terminal_id], ['in_person', rows[0].id])
})

test('A5: another source cannot start, read or cancel', async () => {
  const id = await init()
  const other = caller(centre.url, (await centre.addSource()).apiToken)
  for (const [method, path, body] of [
    ['POST', 'kaspi', { payment_method: 'kaspi_gold' }],
    ['GET', 'status', undefined],
    ['POST', 'cancel', undefined],
  ] as const) {
    const answer = await other(method, `/api/payment/${id}/${path}`, body)
    assert.deepEqual([answer.status, refusalOf(answer).code], [404, 'payment_not_found'])
  }
  assert.equal((await centre.status(id)).status, 'pending')
})

test('N5: the customer starts the payment on the hosted page', async () => {
  const id = await init()
  const customer = caller(centre.url, null)
  const before = (await customer('GET', `/pay/${id}/state`)).body.data
  assert.equal(before.status, 'pending')
  const started = await customer('POST', `/pay/${id}/start`, { payment_method: 'kaspi_gold' })
  assert.equal(started.status, 200, started.text)
  assert.deepEqual(payStartShape.Errors(started.body), [])
  const state = (await customer('GET', `/pay/${id}/state`)).body.data
  assert.equal(state.qr_code, started.body.data.qr_code)
  const png = await customer('GET', `/pay/${id}/qr.png`)
  assert.equal(png.headers.get('content-type'), 'image/png')
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const refused = await customer('POST', `/pay/${id}/start`, { payment_method: 'kaspi_gold' })
  assert.equal(refusalOf(refused).code, 'already_paid')
})

test('S11: ?wait answers as soon as the customer has paid', async () => {
  const id = await init()
  const started = await kaspi(id)
  const before = await call('GET', `/api/payment/${id}/status`)
  const asked = performance.now()
  let data = before.body.data
  const waiting = (async () => {
    while (data.status !== 'paid') {
      const answer = await call('GET', `/api/payment/${id}/status?wait=10`)
      if (answer.status === 200) ({ data } = answer.body)
    }
  })()
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await waiting
  assert.ok(performance.now() - asked < 8_000)
})

test('A22, A27: hostile text is kept as text and comes back as it was', async () => {
  const texts = [
    "'; DROP TABLE payments; --",
    '<img src=x onerror=alert(1)>',
    '=cmd|A1',
    '全角１２３',
  ]
  for (const description of texts) {
    const id = await init(5_000, { description, metadata: { [description]: description } })
    const data = await centre.status(id)
    assert.equal(data.description, description)
    assert.deepEqual(data.metadata, { [description]: description })
  }
})

test('A18: the largest sums are exact to the tiyn through the database', async () => {
  const source = await centre.addSource()
  await database.query('UPDATE sources SET ceiling_tiyn = 7036874417766400 WHERE id = $1', [
    source.id,
  ])
  const rich = caller(centre.url, source.apiToken)
  // By the dearest method, 14 % more, it is just below the ceiling.
  const amount = 6_172_696_857_689_821
  const created = await rich('POST', '/api/payment/init', { amount })
  assert.equal(created.status, 201, created.text)
  const { transaction_id: id } = created.body.data
  assert.equal((await rich('GET', `/api/payment/${id}`)).body.data.amount, amount)
  const above = await rich('POST', '/api/payment/init', { amount: amount + 1_000 })
  assert.equal(refusalOf(above).code, 'above_ceiling')
})
