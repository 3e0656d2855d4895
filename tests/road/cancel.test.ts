// Cancels, expiry and money that comes after them: the terminal has the last word (S2, S4, S5).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({
    terminals: [
      { camera: 'json', cancel: 'http_400' },
      { camera: 'json', cancel: 'http_400' },
    ],
  })
})
after(async () => {
  await centre.stop()
})

const cancel = (id: string) => centre.call('POST', `/api/payment/${id}/cancel`)

async function deliveriesOf(id: string) {
  const rows = await centre.sql(
    `SELECT event, state FROM deliveries WHERE upper(replace(payment_id::text, '-', '')) = $1
     ORDER BY sequence`,
    [id],
  )
  return rows
}

test('S4: a pending payment is cancelled, and again with 200', async () => {
  const id = await centre.init(100_000)
  const first = await cancel(id)
  assert.deepEqual(
    [first.status, first.body.message, first.body.data],
    [200, 'Платеж отменен', null],
  )
  assert.equal((await cancel(id)).status, 200)
  const started = await centre.kaspi(id)
  assert.deepEqual([started.status, started.body.code], [400, 'cancelled'])
})

test('S4: cancelled while on the terminal, no money: watched, then told', async () => {
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  assert.equal((await cancel(id)).status, 200)
  const watched = await centre.status(id)
  assert.equal(watched.status, 'cancelled')
  assert.equal(watched.status_detail, 'watched')
  assert.deepEqual(await deliveriesOf(id), [{ event: 'cancelled', state: 'held' }])
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome: 'decline' })
  await until(async () => (await centre.status(id)).status_detail === null)
  await until(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
})

test('S5: paid after the cancel: paid and late, the cancel is superseded and only `paid` is sent', async () => {
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal((await cancel(id)).status, 200)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.late, true)
  await until(async () => (await deliveriesOf(id)).at(-1)?.state === 'delivered')
  assert.deepEqual(await deliveriesOf(id), [
    { event: 'cancelled', state: 'superseded' },
    { event: 'paid', state: 'delivered' },
  ])
  const rows = await centre.sql(
    `SELECT kind FROM tasks WHERE upper(replace(payment_id::text, '-', '')) = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ kind: 'late_money' }])
  const again = await cancel(id)
  assert.deepEqual([again.status, again.body.code], [400, 'already_paid'])
})

test('S2: a payment past its term is cancelled as expired, one with an open attempt is not', async () => {
  const [idle, busy] = [await centre.init(100_000), await centre.init(100_000)]
  const started = await centre.kaspi(busy)
  await centre.sql(
    `UPDATE payments SET expires_at = now() - interval '1 second'
     WHERE upper(replace(id::text, '-', '')) = ANY($1)`,
    [[idle, busy]],
  )
  const refused = await centre.kaspi(idle)
  assert.deepEqual([refused.status, refused.body.code], [400, 'expired'])
  const expired = await centre.until(idle, 'cancelled')
  assert.equal(expired.cancel_reason, 'expired')
  assert.equal((await centre.status(busy)).status, 'processing')
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const paid = await centre.until(busy, 'paid')
  assert.equal(paid.late, false)
})

test('S7: another price is refused while the terminal cannot stop, the same price gets the same QR', async (t) => {
  const impatient = await startTestCentre({
    limits: { stopWaitMs: 300 },
    terminals: [{ camera: 'json', cancel: 'http_400' }],
  })
  t.after(() => impatient.stop())
  const id = await impatient.init(100_000)
  const gold = await impatient.kaspi(id)
  const red = await impatient.kaspi(id, { payment_method: 'kaspi_red' })
  assert.equal(red.body.data.qr_code, gold.body.data.qr_code)
  const loan = await impatient.kaspi(id, { payment_method: 'kaspi_credit' })
  assert.deepEqual([loan.status, loan.body.code], [400, 'attempt_in_progress'])
  assert.equal(impatient.simulator.journal.startCalls.length, 1)
})

test('S7: where the terminal can stop, another price replaces the attempt', async (t) => {
  const able = await startTestCentre({ terminals: [{ camera: 'json', cancel: 'works' }] })
  t.after(() => able.stop())
  const id = await able.init(100_000)
  const gold = await able.kaspi(id)
  const loan = await able.kaspi(id, { payment_method: 'kaspi_credit' })
  assert.equal(loan.status, 200, loan.text)
  assert.notEqual(loan.body.data.qr_code, gold.body.data.qr_code)
  assert.equal(loan.body.data.amount, 114_000)
  assert.deepEqual(able.simulator.journal.overlaps(), [])
})

test('S9a: the camera is down: 503 qr_not_ready, the attempt stays live, the next call gives its QR', async (t) => {
  const blind = await startTestCentre({
    limits: { startCallMs: 800 },
    terminals: [{ camera: 'json' }],
  })
  t.after(() => blind.stop())
  blind.simulator.terminal(1).armFault({ fault: 'camera_down', for_ms: 1_500 })
  const id = await blind.init(100_000)
  const early = await blind.kaspi(id)
  assert.deepEqual([early.status, early.body.code], [503, 'qr_not_ready'])
  assert.equal(early.headers.get('retry-after'), '3')
  assert.equal((await blind.status(id)).status, 'processing')
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  const later = await blind.kaspi(id)
  assert.equal(later.status, 200, later.text)
  assert.equal(blind.simulator.journal.startCalls.length, 1)
})

test('rule 5: the previous QR still on the screen is not given to the next payment', async (t) => {
  const stale = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => stale.stop())
  const first = await stale.init(100_000)
  const started = await stale.kaspi(first)
  stale.simulator.phone.scan({ qr: started.body.data.qr_code })
  await stale.until(first, 'paid')
  stale.simulator.terminal(1).armFault({ fault: 'stale_qr', for_ms: 500 })
  const second = await stale.init(100_000)
  const next = await stale.kaspi(second)
  assert.equal(next.status, 200, next.text)
  assert.notEqual(next.body.data.qr_code, started.body.data.qr_code)
})
