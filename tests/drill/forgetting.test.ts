// Forgetting a customer: afterwards no column of any table says anything of them, while sums, history and the
// audit's chain are what they were. By the clock exactly those go whose time has come and about whom nothing is open.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { forgetCustomers } from '../../packages/server/src/payments/forget-customers.ts'
import { ask, untilState, uuidOf } from '../refunds/refund-world.ts'
import { byfly } from '../support/byfly.ts'
import { client } from '../support/centre.ts'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { placesOf } from './canary-search.ts'

let centre: LoginCentre
let admin: TestStaff
/** A receiver that answers with what it was sent, as a careless one does. */
const echo = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  response.setHeader('x-seen', 'qzxname').end(body)
})

before(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  centre = await startLoginCentre()
  admin = await loginAs(centre, 'super_admin')
})
after(async () => {
  echo.close()
  await centre.stop()
})

const CUSTOMER = {
  customer_name: 'Qzxname Тестова',
  customer_phone: '+77051239876',
  customer_email: 'qzxmail@example.com',
  description: 'Тур для qzxdescription',
  metadata: { order_id: 'qzxorder', passport: 'qzxpassport' },
}
const CANARIES = ['qzx', '7051239876', 'тестова']

/** Places that hold any of the canaries. */
async function everywhere(): Promise<string[]> {
  return [...(await placesOf(centre, CANARIES)).values()].flat()
}

/** All that must not change: every sum, state and time of the books. */
async function booksOf(ids: readonly string[]): Promise<unknown> {
  const read = (text: string) => centre.sql(text, [ids])
  return Promise.all([
    read(`SELECT to_jsonb(p) - ARRAY['customer_phone', 'customer_email', 'customer_name', 'description',
      'metadata', 'customer_forgotten_at'] AS row FROM payments p WHERE id = ANY ($1::uuid[]) ORDER BY id`),
    read('SELECT * FROM postings WHERE payment_id = ANY ($1::uuid[]) ORDER BY id'),
    read('SELECT * FROM captures WHERE payment_id = ANY ($1::uuid[]) ORDER BY attempt_id'),
    read('SELECT * FROM attempts WHERE payment_id = ANY ($1::uuid[]) ORDER BY id'),
    read('SELECT * FROM payment_history WHERE payment_id = ANY ($1::uuid[]) ORDER BY id'),
    read(`SELECT to_jsonb(r) - 'note' AS row FROM refunds r
      WHERE payment_id = ANY ($1::uuid[]) ORDER BY id`),
    read(`SELECT d.id, sequence, event, state, tries FROM deliveries d
      WHERE payment_id = ANY ($1::uuid[]) ORDER BY id`),
  ])
}

/** A whole life of a payment, its customer named wherever somebody may name one. */
async function livedThrough(): Promise<string> {
  const { port } = echo.address() as AddressInfo
  const source = await centre.addSource({
    defaultWebhookUrl: `http://127.0.0.1:${port}/hook`,
    webhookEvents: [],
  })
  const shop = client(centre.url, source.apiToken)
  const id = await shop.init(1_000_000, CUSTOMER)
  const path = `/api/admin/transactions/${id}`
  assert.equal((await admin.call('POST', `${path}/send-link`, {})).status, 200)
  const started = await shop.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await shop.until(id, 'paid')
  const asked = await ask(admin, id, { amount: 10_000, note: 'Просила qzxnote' })
  assert.equal(asked.status, 200, asked.text)
  const [refund] = asked.body.data.refunds
  centre.simulator.phone.scan({ qr: refund.qr_code })
  await untilState(admin, refund.id, 'succeeded')
  const uuid = uuidOf(id)
  const [{ id: entry }] = await centre.sql(
    `INSERT INTO tasks (kind, payment_id, source_id, facts, opened_at)
     VALUES ('second_payment', $1, $2, jsonb_build_object('order', 'qzxorder', 'other_payment', $1::uuid),
       now()) RETURNING id`,
    [uuid, source.id],
  )
  const desk = (...words: string[]) => byfly(centre.database, ['desk', ...words])
  assert.equal((await desk('note', entry, '--text', 'Звонили qzxdesk')).code, 0)
  const open = await byfly(centre.database, ['customers', 'forget', '--payment', id])
  assert.equal(open.code, 1, 'по открытой записи ещё ждут сотрудника')
  assert.equal((await desk('close', entry, '--reason', 'Ответила qzxclosed')).code, 0)
  const view = { name: 'Она', filters: { search: CUSTOMER.customer_phone } }
  const saved = await admin.call('PUT', '/api/admin/saved-views', view)
  assert.ok(saved.status < 300, saved.text)
  await until(async () => {
    const [{ n }] = await centre.sql(
      `SELECT (SELECT count(*) FROM device_exchanges WHERE payment_id = $1 AND said IS NOT NULL)
         * (SELECT count(*) FROM deliveries d JOIN delivery_tries t ON t.delivery_id = d.id
           WHERE payment_id = $1 AND state = 'delivered')
         * (SELECT count(*) FROM texts WHERE payment_id = $1 AND ended_at IS NOT NULL) AS n`,
      [uuid],
    )
    return Number(n) > 0
  })
  await centre.sql(
    `UPDATE device_exchanges SET said = said || '{"payer": "qzxpayer"}' WHERE payment_id = $1`,
    [uuid],
  )
  return id
}

test('by hand: no column of any table remembers the customer, and the books are what they were', async () => {
  const id = await livedThrough()
  const uuid = uuidOf(id)
  const found = await everywhere()
  for (const place of [
    'audit_log.facts',
    'deliveries.body',
    'delivery_tries.answer',
    'device_exchanges.said',
    'payments.customer_email',
    'payments.customer_name',
    'payments.customer_phone',
    'payments.description',
    'payments.metadata',
    'refunds.note',
    'saved_views.filters',
    'tasks.close_reason',
    'tasks.facts',
  ]) {
    assert.ok(found.includes(place), `канарейки нет в ${place}: ${found}`)
  }
  const books = await booksOf([uuid])
  const ran = await byfly(centre.database, ['customers', 'forget', '--phone', '8 705 123 98 76'])
  assert.equal(ran.code, 0, ran.out)
  assert.match(ran.out, /у платежей: 1/)
  assert.deepEqual(await everywhere(), [])
  assert.deepEqual(await booksOf([uuid]), books)
  const verified = await byfly(centre.database, ['audit', 'verify'])
  assert.equal(verified.code, 0, verified.out)
  const [line] = await centre.sql('SELECT action, facts FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.deepEqual(line, { action: 'customers.forgotten', facts: { by: 'phone', payments: 1 } })

  const { body } = await admin.call('GET', `/api/admin/transactions/${id}`)
  const { customer_email, customer_name, customer_phone, description } = body.data
  assert.deepEqual(
    [customer_email, customer_name, customer_phone, description],
    [null, null, null, null],
  )
  assert.ok(body.data.customer_forgotten_at)
  const bodies = await centre.sql('SELECT body FROM deliveries WHERE payment_id = $1', [uuid])
  for (const { body: text } of bodies) {
    assert.equal(JSON.stringify(JSON.parse(text)), text)
    assert.equal(JSON.parse(text).paid_amount, 1_010_000)
  }
  const again = await byfly(centre.database, ['customers', 'forget', '--payment', id])
  assert.equal(again.code, 1, again.out)
})

test('the audit gives up words and nothing else, once, and only about who was forgotten', async () => {
  const asked = ['reason', 'evidence', 'note']
  const refused = /append-only/
  const [{ seq }] = await centre.sql('SELECT max(seq) AS seq FROM audit_log')
  for (const change of [
    `facts = '{}'`,
    `words_forgotten_at = now()`,
    `words_salt = NULL, words_forgotten_at = now(), actor_name = 'x'`,
    `words_salt = NULL, words_forgotten_at = now(), facts = facts - 'payments'`,
    `words_hash = NULL`,
  ]) {
    await assert.rejects(
      centre.sql(`UPDATE audit_log SET ${change} WHERE seq = $1`, [seq]),
      refused,
    )
  }
  const [gone] = await centre.sql(
    `SELECT seq FROM audit_log WHERE words_forgotten_at IS NOT NULL LIMIT 1`,
  )
  await assert.rejects(
    centre.sql(`UPDATE audit_log SET facts = '{"reason": "x"}' WHERE seq = $1`, [gone.seq]),
    refused,
  )
  const id = await centre.init(1_000_000, CUSTOMER)
  const [{ n }] = await centre.sql('SELECT forget_audit_words($1::uuid[]) AS n', [[uuidOf(id)]])
  assert.equal(n, 0)
  const [{ left }] = await centre.sql(
    'SELECT count(*)::integer AS left FROM audit_log WHERE words_forgotten_at IS NOT NULL AND facts ?| $1',
    [asked],
  )
  assert.equal(left, 0)
  await assert.rejects(
    centre.sql(`UPDATE payments SET customer_name = 'x' WHERE customer_forgotten_at IS NOT NULL`),
    /payments_forgotten_is_gone/,
  )
  // A forged line is found as ever: the words that are left are still hashed.
  await centre.sql(`ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only`)
  await centre.sql(`UPDATE audit_log SET facts = facts || '{"reason": "forged"}' WHERE seq = $1`, [
    seq,
  ])
  const broken = await byfly(centre.database, ['audit', 'verify'])
  assert.equal(broken.code, 1)
  assert.match(broken.out, new RegExp(`${seq}`))
  await centre.sql(`UPDATE audit_log SET facts = facts - 'reason' WHERE seq = $1`, [seq])
  await centre.sql(`ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only`)
  assert.equal((await byfly(centre.database, ['audit', 'verify'])).code, 0)
})

const AFTER_DAYS = 30
const STATES = ['paid', 'cancelled', 'pending', 'partially_paid'] as const
const OPEN_THINGS = ['nothing', 'task', 'delivery', 'closed_task'] as const

test('by the clock: exactly those whose time has come and about whom nothing is open', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
  const arbitrary = fc.record({
    state: fc.constantFrom(...STATES),
    ageDays: fc.constantFrom(0, 1, 29, 31, 60, 100),
    open: fc.constantFrom(...OPEN_THINGS),
  })
  const drawn = fc.sample(arbitrary, { seed, numRuns: 60 })
  await centre.sql(`SELECT ensure_partitions((now() - interval '150 days')::date, 6)`)
  const planted = []
  for (const [n, one] of drawn.entries()) {
    planted.push({ ...one, canary: `wvq${n}x`, id: await plant(one, `wvq${n}x`) })
  }
  const ids = planted.map(({ id }) => id)
  const books = await booksOf(ids)
  const { storage } = centre.running.centre
  await forgetCustomers({ storage, forgetCustomersAfterDays: AFTER_DAYS })
  assert.equal(await forgetCustomers({ storage, forgetCustomersAfterDays: null }), 0)
  const found = await placesOf(
    centre,
    planted.map(({ canary }) => canary),
  )
  for (const { ageDays, canary, open, state } of planted) {
    const isOver = state === 'paid' || state === 'cancelled'
    const isOpen = open === 'task' || open === 'delivery'
    const isGone = isOver && !isOpen && ageDays > AFTER_DAYS
    const places = found.get(canary) ?? []
    const about = `SEED=${seed}: ${state}, ${ageDays} дней, ${open}`
    if (isGone) assert.deepEqual(places, [], about)
    else assert.ok(places.includes('payments.customer_name'), about)
  }
  assert.deepEqual(await booksOf(ids), books)
  const checked = await byfly(centre.database, ['figures', 'check'])
  assert.equal(checked.code, 0, checked.out)
})

interface Planted {
  readonly state: (typeof STATES)[number]
  readonly ageDays: number
  readonly open: (typeof OPEN_THINGS)[number]
}

async function plant({ ageDays, open, state }: Planted, canary: string): Promise<string> {
  const paid = { paid: 1_000, partially_paid: 500, cancelled: 0, pending: 0 }[state]
  const [{ id }] = await centre.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
       cancel_reason, customer_name, description, metadata, paid_tiyn, credited_tiyn, paid_at,
       created_at, expires_at, updated_at)
     SELECT uuid7_at(at), $1, 'KZ', 'KZT', 1000, 0, $2, $3, $4, $4, json_build_object('who', $4::text),
       $5, $5, CASE WHEN $2 = 'paid' THEN at END, at, now() + interval '1 day', at
     FROM (SELECT centre_now() - $6::integer * interval '1 day' AS at) AS t RETURNING id`,
    [centre.source.id, state, state === 'cancelled' ? 'requested' : null, canary, paid, ageDays],
  )
  const closed = open === 'closed_task' ? 'now()' : 'NULL'
  if (open === 'task' || open === 'closed_task') {
    await centre.sql(
      `INSERT INTO tasks (kind, payment_id, source_id, opened_at, closed_at)
       VALUES ('overpaid', $1, $2, now(), ${closed})`,
      [id, centre.source.id],
    )
  }
  if (open === 'delivery') {
    await centre.sql(
      `INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
         created_at) VALUES (new_id(), $1, $2, 'paid', 1, 'https://x.kz', 'https://x.kz',
         json_build_object('description', $3::text)::text, 'held', now())`,
      [id, centre.source.id, canary],
    )
  }
  return id
}
