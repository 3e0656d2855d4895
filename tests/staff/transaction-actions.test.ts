// What staff may do with a payment by hand: cancel it, settle an attempt that no program can, send a webhook
// again; each within their scope, each with its line of the audit (S4, S6, S6a, S6b, W4, L4, I15).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAudit } from '../../packages/server/src/accounts/verify-audit.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const WORD = { evidence: 'Чек на бумаге, 12:30', reason: 'Терминал перезагрузили' }

let centre: TestCentre
let admin: TestStaff

before(async () => {
  centre = await startTestCentre({ limits: { quarantineMs: 60_000 } })
  admin = await loginAs(centre, 'country_admin')
})
after(() => centre.stop())

/** The terminal that the next start takes: of the free ones, the one that has rested longest. */
async function nextTerminal() {
  const [next] = await centre.sql(
    `SELECT t.id FROM terminals t
     WHERE NOT EXISTS (SELECT FROM open_attempts o WHERE o.terminal_id = t.id AND o.holds_terminal)
     ORDER BY t.last_reserved_at NULLS FIRST, t.id LIMIT 1`,
  )
  return centre.simulator.terminal(next.id)
}

async function lastAudit() {
  const [line] = await centre.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  return line
}

async function story(id: string, staff = admin) {
  const answer = await staff.call('GET', `/api/admin/transactions/${id}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

/** The attempt of a payment that waits for an operator's word. */
async function toResolve(id: string): Promise<string> {
  let attempts: string[] = []
  await until(async () => {
    attempts = (await story(id)).actions.resolve
    return attempts.length > 0
  })
  const [attempt] = attempts
  assert.ok(attempt)
  return attempt
}

function resolve(id: string, attempt: string, body: object, staff = admin) {
  const path = `/api/admin/transactions/${id}/attempts/${attempt}/resolve`
  return staff.call('POST', path, { ...WORD, ...body })
}

test('S4: a cancel by staff is the source’s cancel, audited with before and after', async () => {
  const id = await centre.init(100_000)
  const answer = await admin.call('POST', `/api/admin/transactions/${id}/cancel`)
  assert.deepEqual(answer.body, { success: true, message: 'Платеж отменен', data: null })
  assert.equal((await centre.status(id)).status, 'cancelled')
  const line = await lastAudit()
  assert.equal(line.action, 'payment.cancelled')
  assert.deepEqual(line.facts, { status: { before: 'pending', after: 'cancelled' } })
  assert.equal(line.admin_id, admin.id)
  const again = await admin.call('POST', `/api/admin/transactions/${id}/cancel`)
  assert.equal(again.status, 200)
  assert.equal((await lastAudit()).seq, line.seq, 'nothing was written, so nothing is audited')
  const told = await story(id)
  const who = told.timeline.find((entry: { who: string | null }) => entry.who !== null)
  assert.match(who.sentence, /: платёж отменён по решению сотрудника$/)
  assert.equal(told.actions.cancel, false)
})

test('S6b: an unreadable sum is entered with its evidence; the payment is paid and the task is done', async () => {
  const terminal = await nextTerminal()
  terminal.armFault({ fault: 'unreadable_sum' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const attempt = await toResolve(id)
  const held = await story(id)
  assert.equal(held.has_task, true)
  assert.match(held.why_this_status, /зачесть их может только сотрудник/)
  const paid = {
    outcome: 'paid',
    amount: 101_000,
    payment_method: 'kaspi_gold',
    provider_transaction_id: '777001',
  }
  const answer = await resolve(id, attempt, paid)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.message, 'Решение записано')
  const { data } = answer.body
  assert.deepEqual([data.status, data.paid_amount, data.has_task], ['paid', 101_000, false])
  assert.deepEqual(data.provider_transaction_ids, ['777001'])
  const line = await lastAudit()
  assert.equal(line.action, 'payment.attempt_resolved')
  assert.deepEqual(line.facts.state, { before: 'held', after: 'succeeded' })
  assert.deepEqual(line.facts.status, { before: 'processing', after: 'paid' })
  assert.deepEqual([line.facts.evidence, line.facts.reason], [WORD.evidence, WORD.reason])
  const settled = await story(id)
  const sentences = settled.timeline.map((entry: { sentence: string }) => entry.sentence).join('\n')
  assert.match(sentences, /Получено 1\u00a0010\u00a0₸.*со слов сотрудника/)
  assert.match(sentences, /Основание: Чек на бумаге, 12:30\. Причина: Терминал перезагрузили/)
  assert.deepEqual(settled.actions, { cancel: false, resolve: [] })

  const repeated = await resolve(id, attempt, paid)
  assert.deepEqual([repeated.status, repeated.body.code], [400, 'attempt_settled'])
  assert.equal((await centre.sql(`SELECT FROM captures WHERE kind = 'qr'`)).length, 1)
})

test('rule 7: the same transaction of the bank is not booked on a second attempt', async () => {
  const terminal = await nextTerminal()
  terminal.armFault({ fault: 'unreadable_sum' })
  const [booked] = await centre.sql('SELECT device, provider_transaction_id FROM captures LIMIT 1')
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const attempt = await toResolve(id)
  await centre.sql(`UPDATE attempts SET device = $1 WHERE state = 'held'`, [booked.device])
  const body = { outcome: 'paid', amount: 101_000, payment_method: 'kaspi_gold' }
  const twice = await resolve(id, attempt, {
    ...body,
    provider_transaction_id: booked.provider_transaction_id,
  })
  assert.deepEqual([twice.status, twice.body.code], [400, 'booked_elsewhere'])
  assert.equal((await centre.status(id)).status, 'processing')
  // Two operators at once: one word counts, and the money is booked once.
  const both = await Promise.all([
    resolve(id, attempt, { ...body, provider_transaction_id: '777002' }),
    resolve(id, attempt, { ...body, provider_transaction_id: '777002' }),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
  const captures = await centre.sql(`SELECT FROM captures WHERE provider_transaction_id = '777002'`)
  assert.equal(captures.length, 1)
})

test('S6: an unknown result is settled as not paid: the terminal is free, the source may start again', async () => {
  const terminal = await nextTerminal()
  terminal.armFault({ fault: 'unknown', actualize_calls: 1_000 })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  const qr = started.body.data.qr_code
  centre.simulator.phone.scan({ qr })
  const attempt = await toResolve(id)
  const held = await centre.sql('SELECT FROM open_attempts WHERE holds_terminal')
  assert.equal(held.length, 1)
  const early = await resolve(id, attempt, { outcome: 'paid', payment_method: 'kaspi_gold' })
  assert.deepEqual([early.status, early.body.errors], [400, { amount: 'Field is required' }])
  const answer = await resolve(id, attempt, { outcome: 'not_paid' })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.data.status, 'failed')
  assert.equal((await centre.sql('SELECT FROM open_attempts WHERE holds_terminal')).length, 0)
  assert.match((await story(id)).why_this_status, /сотрудник проверил, денег нет/)
  const open = await centre.sql(
    `SELECT kind FROM tasks WHERE closed_at IS NULL AND payment_id = $1`,
    [uuidOf(id)],
  )
  assert.deepEqual(open, [])
  terminal.clearFaults()
})

test('S6a: a lost start turns out to be paid: booked late, its task and its difference are done', async () => {
  const terminal = await nextTerminal()
  terminal.armFault({ fault: 'answer_lost', on: 'payment' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  const attempt = await toResolve(id)
  const answer = await resolve(id, attempt, {
    outcome: 'paid',
    amount: 101_000,
    payment_method: 'kaspi_gold',
  })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual([answer.body.data.status, answer.body.data.late], ['paid', true])
  const told = await story(id)
  assert.equal(told.attempts.length, 2)
  const kinds = told.tasks
    .filter((task: { closed_at: string | null }) => task.closed_at === null)
    .map((task: { kind: string }) => task.kind)
  assert.ok(!kinds.includes('start_lost'))
})

test('L4: outside the scope neither the payment, its attempts nor its webhooks exist', async () => {
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const [delivery] = await centre.sql(`SELECT id FROM deliveries WHERE payment_id = $1`, [
    uuidOf(id),
  ])
  const attempt = (await story(id)).attempts[0].id
  const strangers = [
    await loginAs(centre, 'country_admin', { countries: ['UZ'] }),
    await loginAs(centre, 'country_admin', { systems: ['halyk'] }),
  ]
  const other = await centre.addSource()
  const developer = await loginAs(centre, 'developer', { sources: [other.id] })
  for (const stranger of strangers) {
    for (const [method, path, body] of [
      ['GET', `/transactions/${id}`, undefined],
      ['POST', `/transactions/${id}/cancel`, undefined],
      ['POST', `/transactions/${id}/attempts/${attempt}/resolve`, { ...WORD, outcome: 'not_paid' }],
      ['POST', `/deliveries/${delivery.id}/resend`, undefined],
    ] as const) {
      const answer = await stranger.call(method, `/api/admin${path}`, body)
      assert.equal(answer.status, 404, `${method} ${path} ${answer.text}`)
      assert.ok(!answer.text.includes(id))
    }
  }
  const resend = await developer.call('POST', `/api/admin/deliveries/${delivery.id}/resend`)
  assert.equal(resend.status, 404)
  const listed = await developer.call('GET', `/api/admin/deliveries?transaction_id=${id}`)
  assert.deepEqual(listed.body.data.deliveries, [])
})

test('W4: a webhook is sent again, the same bytes; what is held or superseded is not', async () => {
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const path = `/api/admin/deliveries?transaction_id=${id}`
  await until(async () => {
    const { deliveries } = (await admin.call('GET', path)).body.data
    return deliveries.length === 1 && deliveries[0].state === 'delivered'
  })
  const [delivery] = (await admin.call('GET', `${path}&state=delivered`)).body.data.deliveries
  assert.doesNotMatch(delivery.endpoint, /\?/)
  const sent = await admin.call('POST', `/api/admin/deliveries/evt_${delivery.id}/resend`)
  assert.equal(sent.status, 200, sent.text)
  assert.equal((await lastAudit()).action, 'delivery.resent')
  await until(async () => {
    const [row] = await centre.sql(`SELECT state FROM deliveries WHERE payment_id = $1`, [
      uuidOf(id),
    ])
    return row.state === 'delivered'
  })
  for (const state of ['held', 'superseded']) {
    await centre.sql(`UPDATE deliveries SET state = $2 WHERE payment_id = $1`, [uuidOf(id), state])
    const refused = await admin.call('POST', `/api/admin/deliveries/${delivery.id}/resend`)
    assert.deepEqual([refused.status, refused.body.code], [400, 'delivery_not_sendable'], state)
  }
  assert.equal((await admin.call('POST', '/api/admin/deliveries/x/resend')).status, 404)
})

test('who may: each action is refused without its right, and without a token', async () => {
  const id = await centre.init(100_000)
  const accountant = await loginAs(centre, 'accountant')
  const cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  const attempt = '0'.repeat(32)
  for (const staff of [accountant, cashier]) {
    for (const path of [
      `/transactions/${id}/cancel`,
      `/transactions/${id}/attempts/${attempt}/resolve`,
      `/deliveries/${attempt}/resend`,
    ]) {
      assert.equal((await staff.call('POST', `/api/admin${path}`, {})).status, 403, path)
    }
    assert.equal((await staff.call('GET', '/api/admin/deliveries')).status, 403)
    assert.equal((await story(id, staff)).deliveries, null)
  }
  assert.equal((await centre.call('GET', '/api/admin/transactions')).status, 401)
  const unknown = await resolve(id, attempt, { outcome: 'not_paid' })
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'not_found'])
  const method = await resolve(id, attempt, { outcome: 'paid', amount: 1, payment_method: 'x' })
  assert.deepEqual([method.status, method.body.code], [400, 'unknown_method'])
  const card = await resolve(id, attempt, {
    outcome: 'not_paid',
    evidence: 'карта 4111 1111 1111 1111',
  })
  assert.deepEqual([card.status, Object.keys(card.body.errors)], [400, ['evidence']])
  assert.equal((await verifyAudit(centre.running.centre)).kind, 'whole')
})

function uuidOf(id: string): string {
  return id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
