// Who may give money back: the second person, scopes, rights, what a source may do by itself, and a payment
// that takes another's place (M15, L4, T9).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAudit } from '../../packages/server/src/accounts/verify-audit.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { ask, checkBooks, liveRefund, paidPayment, untilState } from './refund-world.ts'

let centre: TestCentre
let asker: TestStaff
let second: TestStaff

before(async () => {
  centre = await startTestCentre({ source: { refundApprovalAboveTiyn: 50_000n } })
  asker = await loginAs(centre, 'country_admin')
  second = await loginAs(centre, 'accountant')
})
after(async () => {
  assert.equal((await verifyAudit(centre.running.centre)).kind, 'whole')
  await checkBooks(centre).finally(() => centre.stop())
})

function post(staff: TestStaff, refundId: string, verb: string, body?: object) {
  return staff.call('POST', `/api/admin/refunds/${refundId}/${verb}`, body)
}

test('above the source’s sum nothing starts before another person has approved it', async () => {
  const id = await paidPayment(centre)
  const asked = await ask(asker, id)
  const [refund] = asked.body.data.refunds
  assert.equal(refund.state, 'awaiting_approval')
  assert.equal((await centre.status(id)).refund_status, 'requested')
  const early = await post(asker, refund.id, 'start')
  assert.deepEqual([early.status, early.body.code], [400, 'refund_not_approved'])
  const own = await post(asker, refund.id, 'approve')
  assert.deepEqual([own.status, own.body.code], [400, 'refund_same_person'])
  const [task] = await centre.sql(
    `SELECT closed_at FROM tasks WHERE kind = 'refund_approval' ORDER BY id DESC LIMIT 1`,
  )
  assert.equal(task.closed_at, null)
  const approved = await post(second, refund.id, 'approve')
  assert.equal(approved.status, 200, approved.text)
  assert.equal(approved.body.data.state, 'approved')
  assert.equal((await post(second, refund.id, 'approve')).status, 200, 'said again')
  const open = await centre.sql(
    `SELECT FROM tasks WHERE kind = 'refund_approval' AND closed_at IS NULL`,
  )
  assert.deepEqual(open, [])
  const started = await post(asker, refund.id, 'start')
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await untilState(asker, refund.id, 'succeeded')
})

test('a declined refund frees its sum; the database itself refuses one’s own approval', async () => {
  const id = await paidPayment(centre)
  const [refund] = (await ask(asker, id)).body.data.refunds
  const declined = await post(second, refund.id, 'decline', { reason: 'Клиент передумал' })
  assert.equal(declined.body.data.state, 'declined')
  const late = await post(second, refund.id, 'approve')
  assert.deepEqual([late.status, late.body.code], [400, 'refund_settled'])
  const [again] = (await ask(asker, id)).body.data.refunds
  assert.equal(again.amount, 101_000)
  await assert.rejects(
    centre.sql(
      `UPDATE refunds SET approved_by = requested_by, approved_by_name = 'x'
       WHERE state = 'awaiting_approval'`,
    ),
    /refunds_second_person/,
  )
  await assert.rejects(
    centre.sql(
      `INSERT INTO refunds (id, payment_id, attempt_id, amount_tiyn, credit_tiyn, overpaid_tiyn,
         bearer, why, requested_by, requested_by_name, state, stop_requested, holds_terminal, tries,
         created_at, updated_at)
       SELECT new_id(), payment_id, attempt_id, 100, 0, 0, 'source', 'other', 'x', 'x', 'approved',
         false, true, 0, now(), now() FROM captures WHERE returning_tiyn = gross_tiyn LIMIT 1`,
    ),
    /captures_returned_within/,
  )
  await assert.rejects(centre.sql('DELETE FROM refunds'), /append-only/)
})

test('L4: outside the scope no refund exists, and rights are asked first', async () => {
  const id = await paidPayment(centre)
  const [refund] = (await ask(asker, id, { amount: 10_000, start: false })).body.data.refunds
  const other = await centre.addSource()
  const strangers = [
    await loginAs(centre, 'country_admin', { countries: ['UZ'] }),
    await loginAs(centre, 'country_admin', { systems: ['halyk'] }),
  ]
  for (const stranger of strangers) {
    const answers = [
      await stranger.call('GET', `/api/admin/refunds/${refund.id}`),
      await post(stranger, refund.id, 'start'),
      await post(stranger, refund.id, 'cancel'),
      await post(stranger, refund.id, 'approve'),
      await post(stranger, refund.id, 'decline', { reason: 'чужой' }),
      await ask(stranger, id),
    ]
    for (const { status, text } of answers) assert.equal(status, 404, text)
    const listed = await stranger.call('GET', '/api/admin/refunds')
    assert.deepEqual(listed.body.data.refunds, [])
  }
  const cashier = await loginAs(centre, 'cashier', { sources: [other.id] })
  assert.equal((await ask(cashier, id)).status, 404)
  const own = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  assert.equal((await post(own, refund.id, 'approve')).status, 403)
  assert.equal((await ask(second, id)).status, 403)
  const developer = await loginAs(centre, 'developer', { sources: [centre.source.id] })
  assert.equal((await developer.call('GET', '/api/admin/refunds')).status, 403)
  const page = await own.call('GET', `/api/admin/refunds?transaction_id=${id}&limit=1`)
  assert.equal(page.body.data.refunds[0].id, refund.id)
  assert.equal((await post(own, refund.id, 'cancel')).body.data.state, 'cancelled')
})

test('a source refunds only when it is allowed; its key has one effect; others’ payments are none', async () => {
  const id = await paidPayment(centre)
  const path = `/api/payment/${id}/refund`
  const refused = await centre.call('POST', path, {})
  assert.deepEqual([refused.status, refused.body.code], [403, 'refunds_not_allowed'])
  await centre.sql('UPDATE sources SET refunds_allowed = true WHERE id = $1', [centre.source.id])
  // Who a token belongs to is known for a moment.
  await until(async () => {
    const { status } = await centre.call('POST', path, { amount: 999_999_900 })
    return status === 400
  })
  const key = { 'Idempotency-Key': 'refund-1' }
  const body = { amount: 40_000, reason: 'service_cancelled' }
  const [first, same] = await Promise.all([
    centre.call('POST', path, body, key),
    centre.call('POST', path, body, key),
  ])
  assert.equal(first.status, 200, first.text)
  assert.equal(first.text, same.text)
  const [refund] = first.body.data.refunds
  assert.equal(refund.state, 'live')
  const other = await centre.call('POST', path, { amount: 10_000 }, key)
  assert.equal(other.body.code, 'idempotency_mismatch')
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(asker, refund.id, 'succeeded')
  const listed = await centre.call('GET', `/api/payment/${id}/refunds`)
  assert.deepEqual(
    listed.body.data.map(({ state }: { state: string }) => state),
    ['succeeded'],
  )
  const stranger = await centre.addSource({ refundsAllowed: true })
  const headers = { 'X-API-Token': stranger.apiToken }
  assert.equal((await centre.call('POST', path, {}, headers)).status, 404)
  assert.equal((await centre.call('GET', `${path}s`, undefined, headers)).status, 404)
  const card = await centre.call('POST', path, { note: 'карта 4111 1111 1111 1111' })
  assert.deepEqual([card.status, Object.keys(card.body.errors)], [400, ['note']])
  // 40 000 of it are back already: together with them it is above the sum.
  const rest = await centre.call('POST', path, {})
  assert.equal(rest.body.data.refunds[0].state, 'awaiting_approval')
  assert.equal((await post(second, rest.body.data.refunds[0].id, 'approve')).status, 200)
  const begun = await centre.call('POST', path, { refund_id: rest.body.data.refunds[0].id })
  assert.equal(begun.status, 200, begun.text)
  centre.simulator.phone.scan({ qr: begun.body.data.refunds[0].qr_code })
  await untilState(asker, begun.body.data.refunds[0].id, 'succeeded')
  await centre.sql('UPDATE sources SET refunds_allowed = false WHERE id = $1', [centre.source.id])
})

test('L4: a terminal outside the scope is named in no answer, not in that to the request either', async () => {
  const abroad = await centre.addSource({ countryIso: 'UZ' })
  const headers = { 'X-API-Token': abroad.apiToken }
  const made = await centre.call('POST', '/api/payment/init', { amount: 10_000 }, headers)
  const { transaction_id: id } = made.body.data
  // The pool goes by the system alone: this terminal is in Kazakhstan.
  const gold = { payment_method: 'kaspi_gold' }
  const paying = await centre.call('POST', `/api/payment/${id}/kaspi`, gold, headers)
  centre.simulator.phone.scan({ qr: paying.body.data.qr_code })
  const statusPath = `/api/payment/${id}/status`
  await until(async () => {
    const { body } = await centre.call('GET', statusPath, undefined, headers)
    return body.data.status === 'paid'
  })
  const uzbek = await loginAs(centre, 'country_admin', { countries: ['UZ'] })
  const refund = await liveRefund(uzbek, id)
  assert.equal(refund.terminal_id, null)
  centre.simulator.phone.scan({ qr: refund.qr_code })
  assert.equal((await untilState(uzbek, refund.id, 'succeeded')).terminal_id, null)
})

test('reverse and pay again: a whole refund and one new payment, linked both ways', async () => {
  const id = await paidPayment(centre, 40_000)
  const part = await ask(asker, id, { pay_again: true, amount: 10_000 })
  assert.deepEqual([part.status, Object.keys(part.body.errors)], [400, ['pay_again']])
  const answers = await Promise.all([
    ask(asker, id, { reason: 'pay_again', pay_again: true }),
    ask(asker, id, { reason: 'pay_again', pay_again: true }),
  ])
  const [done] = answers.filter(({ status }) => status === 200)
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  const { refunds, successor } = done?.body.data ?? {}
  assert.match(successor.checkout_url, new RegExp(`/pay/${successor.transaction_id}$`))
  const info = await centre.call('GET', `/api/payment/${successor.transaction_id}`)
  assert.deepEqual(
    [info.body.data.replaces, info.body.data.status, info.body.data.amount],
    [id, 'pending', 40_000],
  )
  const former = await centre.call('GET', `/api/payment/${id}`)
  assert.equal(former.body.data.replaced_by, successor.transaction_id)
  centre.simulator.phone.scan({ qr: refunds[0].qr_code })
  await untilState(asker, refunds[0].id, 'succeeded')
  const red = await centre.kaspi(successor.transaction_id, { payment_method: 'kaspi_red' })
  centre.simulator.phone.scan({ qr: red.body.data.qr_code, product: 'Red' })
  await centre.until(successor.transaction_id, 'paid')
})

test('the customer bears the commission where the source says so', async () => {
  await centre.sql(
    `UPDATE sources SET refund_commission = 'customer', refund_approval_above_tiyn = NULL
     WHERE id = $1`,
    [centre.source.id],
  )
  const id = await paidPayment(centre)
  const refund = await liveRefund(asker, id)
  assert.deepEqual([refund.amount, refund.commission_bearer], [100_000, 'customer'])
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(asker, refund.id, 'succeeded')
  const status = await centre.status(id)
  assert.deepEqual([status.refunded_amount, status.refund_status], [100_000, 'refunded'])
})

test('the figures tell what went back, and what is left', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const [{ refunded }] = await centre.sql(
    `SELECT sum(tiyn)::bigint AS refunded FROM postings WHERE account = 'refunded'`,
  )
  const days = `date_from=${dayBefore(today)}&date_to=${dayAfter(today)}`
  const answer = await second.call('GET', `/api/admin/figures?${days}`)
  assert.equal(answer.status, 200, answer.text)
  const { totals } = answer.body.data
  assert.equal(totals.refunded, Number(refunded))
  assert.equal(totals.net, totals.turnover - totals.expected_fee - totals.refunded)
})

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}
