// T9 for staff: a call under one Idempotency-Key has one effect and one answer, whether it was sent twice at
// once, its answer was lost, or the centre died between the effect and the answer.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Answer, startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

let centre: TestCentre
let cashier: TestStaff

before(async () => {
  centre = await startTestCentre()
  cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
})
after(() => centre.stop())

const PAYMENTS = '/api/admin/payments'

function take(staff: TestStaff, key: string, amount = 1_000_000): Promise<Answer> {
  const body = { source_id: centre.source.id, amount }
  return staff.call('POST', PAYMENTS, body, { 'Idempotency-Key': key })
}

async function paid(): Promise<string> {
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  return id
}

function giveBack(id: string, key: string, more: object = {}): Promise<Answer> {
  const body = { reason: 'other', start: false, ...more }
  const path = `/api/admin/transactions/${id}/refunds`
  return cashier.call('POST', path, body, { 'Idempotency-Key': key })
}

async function countOf(table: 'payments' | 'refunds'): Promise<number> {
  const [row] = await centre.sql(`SELECT count(*)::integer AS count FROM ${table}`)
  return row.count
}

/** As a centre leaves it that wrote the effect and died before the answer was kept. */
async function loseAnswer(key: string): Promise<void> {
  await centre.sql(
    `UPDATE staff_idempotency_keys SET http_status = NULL, body = NULL, busy_until = now()
     WHERE key = $1`,
    [key],
  )
}

test('a payment is made once, however often its call is sent', async () => {
  const [key, before] = [randomUUID(), await countOf('payments')]
  const answers = await Promise.all([take(cashier, key), take(cashier, key), take(cashier, key)])
  const [first] = answers
  assert.equal(first?.status, 201, first?.text)
  for (const { text } of answers) assert.equal(text, first?.text)
  const replays = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')
  assert.equal(replays.length, 2)
  assert.equal(await countOf('payments'), before + 1)
  await loseAnswer(key)
  assert.equal((await take(cashier, key)).text, first?.text)
  assert.equal(await countOf('payments'), before + 1)
  const other = await take(cashier, key, 2_000_000)
  assert.deepEqual([other.status, other.body.code], [400, 'idempotency_mismatch'])
})

test('one key of two people is two keys, and a source’s is a third', async () => {
  const [key, before] = [randomUUID(), await countOf('payments')]
  const colleague = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  const ofSource = await centre.call(
    'POST',
    '/api/payment/init',
    { amount: 1_000_000 },
    { 'Idempotency-Key': key },
  )
  const ids = [ofSource, await take(cashier, key), await take(colleague, key)].map(
    ({ body }) => body.data.transaction_id,
  )
  assert.equal(new Set(ids).size, 3)
  assert.equal(await countOf('payments'), before + 3)
})

test('a kept answer is not repeated to whom its source no longer exists for', async () => {
  const key = randomUUID()
  const moved = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  assert.equal((await take(moved, key)).status, 201)
  await centre.sql(`UPDATE admins SET allowed_sources = '{}' WHERE id = $1`, [moved.id])
  assert.equal((await take(moved, key)).status, 404)
})

test('a refusal of what was asked is no answer to keep: mended, it is asked again', async () => {
  const key = randomUUID()
  const bad = await take(cashier, key, -1)
  assert.deepEqual([bad.status, bad.body.code], [400, 'validation'])
  assert.equal((await take(cashier, key)).status, 201)
})

test('a refund is asked for once, also when all of it is not', async () => {
  const [id, key, before] = [await paid(), randomUUID(), await countOf('refunds')]
  const part = { amount: 300_000 }
  const [first, second] = await Promise.all([giveBack(id, key, part), giveBack(id, key, part)])
  assert.equal(first.status, 200, first.text)
  assert.equal(second.text, first.text)
  await loseAnswer(key)
  const rebuilt = await giveBack(id, key, part)
  assert.deepEqual(rebuilt.body, first.body)
  assert.equal(await countOf('refunds'), before + 1)
  // Another key is another wish.
  assert.equal((await giveBack(id, randomUUID(), part)).status, 200)
  assert.equal(await countOf('refunds'), before + 2)
})

test('a call that outlived its claim finds what was done meanwhile', async () => {
  const [id, key, before] = [await paid(), randomUUID(), await countOf('refunds')]
  const done = await giveBack(id, key)
  const { storage } = centre.running.centre
  const claim = { callerId: cashier.id, key }
  const effect = await storage.transaction((tx) => storage.staffKeys.effectIn(tx, claim))
  assert.equal(effect?.replaceAll('-', '').toUpperCase(), done.body.data.refunds[0].id)
  assert.equal(await countOf('refunds'), before + 1)
})

test('«give back and pay another way» opens one payment in its place', async () => {
  const [id, key] = [await paid(), randomUUID()]
  const before = await countOf('payments')
  const first = await giveBack(id, key, { reason: 'pay_again', pay_again: true })
  assert.equal(first.status, 200, first.text)
  const { successor } = first.body.data
  assert.match(successor.checkout_url, new RegExp(`/pay/${successor.transaction_id}$`))
  await loseAnswer(key)
  const rebuilt = await giveBack(id, key, { reason: 'pay_again', pay_again: true })
  assert.deepEqual(rebuilt.body, first.body)
  assert.equal(await countOf('payments'), before + 1)
})
