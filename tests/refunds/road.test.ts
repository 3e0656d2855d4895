// Refunds over the real wire: whole, partial, in parallel, declined, too late, unknown, lost, cancelled
// (M15). What the terminals gave back is what the books say.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { ask, checkBooks, liveRefund, paidPayment, refundOf, untilState } from './refund-world.ts'

const WORD = { evidence: 'Выписка банка, строка 14', reason: 'Терминал перезагрузили' }

let centre: TestCentre
let staff: TestStaff

before(async () => {
  centre = await startTestCentre({
    source: { webhookEvents: ['refunded'] },
    limits: { quarantineMs: 600 },
  })
  staff = await loginAs(centre, 'country_admin')
})
after(async () => {
  await checkBooks(centre).finally(() => centre.stop())
})

test('M15: a whole refund by QR: the gross goes back, paid stays paid, one event is told', async () => {
  const id = await paidPayment(centre)
  const refund = await liveRefund(staff, id)
  assert.equal(refund.amount, 101_000)
  const page = await centre.call('GET', `/pay/${id}/state`)
  assert.equal(page.body.data.refund.qr_code, refund.qr_code)
  const image = await fetch(`${centre.url}/pay/${id}/refund-qr.svg`)
  assert.equal(image.status, 200)
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(staff, refund.id, 'succeeded')
  const status = await centre.status(id)
  assert.deepEqual(
    [status.status, status.paid_amount, status.refunded_amount, status.refund_status],
    ['paid', 101_000, 101_000, 'refunded'],
  )
  await until(() => centre.simulator.shop.webhooks(null).some(isRefunded))
  const told = centre.simulator.shop.webhooks(null).filter(isRefunded)
  assert.equal(new Set(told.map(({ id: webhook }) => webhook)).size, 1)
  const again = await ask(staff, id)
  assert.deepEqual([again.status, again.body.code], [400, 'nothing_to_refund'])
})

// biome-ignore lint/suspicious/noExplicitAny: whatever the receiver was sent
function isRefunded({ body }: any): boolean {
  const { event } = typeof body === 'string' ? JSON.parse(body) : body
  return event === 'refunded'
}

test('partial refunds add up to the whole and never beyond it', async () => {
  const id = await paidPayment(centre)
  const first = await liveRefund(staff, id, { amount: 50_000 })
  centre.simulator.phone.scan({ qr: first.qr_code })
  await untilState(staff, first.id, 'succeeded')
  assert.equal((await centre.status(id)).refund_status, 'partially_refunded')
  const tooMuch = await ask(staff, id, { amount: 51_100 })
  assert.deepEqual([tooMuch.status, tooMuch.body.code], [400, 'refund_too_large'])
  const uneven = await ask(staff, id, { amount: 50_050 })
  assert.deepEqual([uneven.status, uneven.body.code], [400, 'invalid_refund'])
  const rest = await liveRefund(staff, id)
  assert.equal(rest.amount, 51_000)
  assert.equal(first.credit_amount + rest.credit_amount, 100_000)
  centre.simulator.phone.scan({ qr: rest.qr_code })
  await untilState(staff, rest.id, 'succeeded')
  assert.equal((await centre.status(id)).refunded_amount, 101_000)
})

test('50 whole refunds at once: one is written, one is called', async () => {
  const id = await paidPayment(centre)
  const before = refundCalls()
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(staff, id)))
  const taken = answers.filter(({ status }) => status === 200)
  assert.equal(taken.length, 1)
  for (const { body, status } of answers.filter((answer) => answer.status !== 200)) {
    assert.deepEqual([status, body.code], [400, 'nothing_to_refund'])
  }
  assert.equal(refundCalls() - before, 1)
  const refund = taken[0]?.body.data.refunds[0]
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(staff, refund.id, 'succeeded')
})

function refundCalls(): number {
  return centre.simulator.journal.startCalls.filter(({ call }) => call === 'refund').length
}

test('declined by the customer: nothing went back, and it may be asked for again', async () => {
  const id = await paidPayment(centre)
  const refund = await liveRefund(staff, id)
  centre.simulator.phone.scan({ qr: refund.qr_code, outcome: 'decline' })
  const failed = await untilState(staff, refund.id, 'failed')
  assert.equal(failed.failure_reason, 'declined')
  assert.equal((await centre.status(id)).refund_status, null)
  const again = await liveRefund(staff, id)
  centre.simulator.phone.scan({ qr: again.qr_code })
  await untilState(staff, again.id, 'succeeded')
})

test('nobody scanned: the same refund is started again, by another call', async () => {
  const id = await paidPayment(centre)
  for (const terminal of centre.simulator.terminals) terminal.setTiming({ scanWaitMs: 300 })
  const refund = await liveRefund(staff, id)
  await untilState(staff, refund.id, 'approved')
  for (const terminal of centre.simulator.terminals) terminal.setTiming({ scanWaitMs: 180_000 })
  const started = await staff.call('POST', `/api/admin/refunds/${refund.id}/start`)
  assert.equal(started.status, 200, started.text)
  assert.notEqual(started.body.data.qr_code, refund.qr_code)
  assert.equal(started.body.data.tries, 2)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await untilState(staff, refund.id, 'succeeded')
})

test('unknown holds its sum and ends when the terminal learns the truth', async () => {
  const id = await paidPayment(centre)
  for (const terminal of centre.simulator.terminals) {
    terminal.armFault({ fault: 'unknown', actualize_calls: 2 })
  }
  const refund = await liveRefund(staff, id)
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(staff, refund.id, 'unknown')
  assert.equal((await ask(staff, id)).body.code, 'nothing_to_refund')
  const held = await centre.sql('SELECT FROM open_attempts WHERE holds_terminal')
  assert.equal(held.length, 1)
  await untilState(staff, refund.id, 'succeeded')
  for (const terminal of centre.simulator.terminals) terminal.clearFaults()
})

test('M15: a lost start is never called again; a person settles it with evidence', async () => {
  const id = await paidPayment(centre)
  const before = refundCalls()
  for (const terminal of centre.simulator.terminals) {
    terminal.armFault({ fault: 'request_lost', on: 'refund' })
  }
  const asked = await ask(staff, id)
  for (const terminal of centre.simulator.terminals) terminal.clearFaults()
  assert.equal(asked.status, 200, asked.text)
  assert.equal(asked.body.data.not_started, 'refund_in_progress')
  const [{ id: refundId }] = asked.body.data.refunds
  await untilState(staff, refundId, 'held')
  assert.equal(refundCalls() - before, 1)
  const start = await staff.call('POST', `/api/admin/refunds/${refundId}/start`)
  assert.deepEqual([start.status, start.body.code], [400, 'refund_in_progress'])
  const cancel = await staff.call('POST', `/api/admin/refunds/${refundId}/cancel`)
  assert.deepEqual([cancel.status, cancel.body.code], [400, 'refund_in_progress'])
  const word = { outcome: 'not_refunded', ...WORD }
  const settled = await staff.call('POST', `/api/admin/refunds/${refundId}/resolve`, word)
  assert.equal(settled.status, 200, settled.text)
  assert.deepEqual(
    [settled.body.data.state, settled.body.data.failure_reason],
    ['failed', 'resolved_by_operator'],
  )
  const again = await staff.call('POST', `/api/admin/refunds/${refundId}/resolve`, word)
  assert.deepEqual([again.status, again.body.code], [400, 'refund_settled'])
})

test('a cancel before the scan stops it; after the scan the terminal has the last word', async () => {
  const id = await paidPayment(centre)
  const early = await liveRefund(staff, id)
  const stopped = await staff.call('POST', `/api/admin/refunds/${early.id}/cancel`)
  assert.equal(stopped.status, 200, stopped.text)
  await untilState(staff, early.id, 'cancelled')
  const late = await liveRefund(staff, id)
  centre.simulator.phone.scan({ qr: late.qr_code, after_ms: 400 })
  await staff.call('POST', `/api/admin/refunds/${late.id}/cancel`)
  await untilState(staff, late.id, 'succeeded')
  assert.equal((await refundOf(staff, late.id)).stop_requested, true)
})

test('a terminal that reboots under a refund leaves it unknown, never failed', async () => {
  const id = await paidPayment(centre)
  const refund = await liveRefund(staff, id)
  centre.simulator.terminal(refund.terminal_id).reboot(50)
  await untilState(staff, refund.id, 'unknown')
  const word = { outcome: 'not_refunded', ...WORD }
  const settled = await staff.call('POST', `/api/admin/refunds/${refund.id}/resolve`, word)
  assert.equal(settled.body.data.state, 'failed')
})
