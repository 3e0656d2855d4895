// T9 over a whole centre: what a repeated call gets while the terminal works, after a crash, after the end.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { type Call, caller, refusalOf } from './caller.ts'

let centre: TestCentre
let call: Call
let database: pg.Client
before(async () => {
  centre = await startTestCentre()
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

function kaspi(id: string, body: unknown, key: string) {
  return call('POST', `/api/payment/${id}/kaspi`, body, { 'Idempotency-Key': key })
}

/** As after a crash of the process that did the work: the effect is there, the answer is not. */
async function forgetAnswer(key: string): Promise<void> {
  await database.query(
    'UPDATE idempotency_keys SET http_status = NULL, body = NULL WHERE key = $1',
    [key],
  )
}

test('T9: kaspi under a key: the same bytes, also once it is paid, and one start call', async () => {
  const id = await init()
  const calls = centre.simulator.journal.startCalls.length
  const first = await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 1')
  const second = await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 1')
  assert.equal(second.text, first.text)
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  centre.simulator.phone.scan({ qr: first.body.data.qr_code })
  await centre.until(id, 'paid')
  assert.equal((await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 1')).text, first.text)
  assert.equal(centre.simulator.journal.startCalls.length - calls, 1)
  const other = await kaspi(await init(), { payment_method: 'kaspi_gold' }, 'start 1')
  assert.equal(refusalOf(other).code, 'idempotency_mismatch')
})

test('T9: after a crash kaspi is answered from its attempt, never started again', async () => {
  const id = await init()
  const body = { payment_method: 'kaspi_gold' }
  const first = await kaspi(id, body, 'start 2')
  const calls = centre.simulator.journal.startCalls.length
  await forgetAnswer('start 2')
  assert.equal((await kaspi(id, body, 'start 2')).text, first.text)
  // Declined since: the key still speaks of its own attempt, a new attempt needs a new key.
  centre.simulator.phone.scan({ qr: first.body.data.qr_code, outcome: 'decline' })
  await centre.until(id, 'failed')
  await forgetAnswer('start 2')
  const dead = await kaspi(id, body, 'start 2')
  assert.equal(dead.body.data.qr_code, first.body.data.qr_code)
  assert.equal(centre.simulator.journal.startCalls.length, calls)
  const anew = await kaspi(id, body, 'start 3')
  assert.notEqual(anew.body.data.qr_code, first.body.data.qr_code)
  centre.simulator.phone.scan({ qr: anew.body.data.qr_code })
  await centre.until(id, 'paid')
})

test('T9, S4: after a crash and a cancel the QR is not given out', async () => {
  const id = await init()
  await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 4')
  await call('POST', `/api/payment/${id}/cancel`)
  await forgetAnswer('start 4')
  const answer = await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 4')
  assert.equal(refusalOf(answer).code, 'cancelled')
})

test('T9: a refusal by the state is kept: its replay is the same bytes', async () => {
  const id = await init()
  await call('POST', `/api/payment/${id}/cancel`)
  const first = await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 5')
  const second = await kaspi(id, { payment_method: 'kaspi_gold' }, 'start 5')
  assert.deepEqual([first.status, refusalOf(first).code], [400, 'cancelled'])
  assert.equal(second.text, first.text)
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
})

test('T9: init under a key: 30 parallel calls, one payment', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      call('POST', '/api/payment/init', { amount: 5_000 }, { 'Idempotency-Key': 'init 1' }),
    ),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
})

test('T9: external_id is the source’s own and taken once', async () => {
  await init(5_000, { external_id: 'order 9' })
  const again = await call('POST', '/api/payment/init', { amount: 5_000, external_id: 'order 9' })
  assert.deepEqual([again.status, refusalOf(again).code], [400, 'external_id_taken'])
  assert.deepEqual(Object.keys(refusalOf(again).errors), ['external_id'])
  const other = caller(centre.url, (await centre.addSource()).apiToken)
  const theirs = await other('POST', '/api/payment/init', { amount: 5_000, external_id: 'order 9' })
  assert.equal(theirs.status, 201)
})
