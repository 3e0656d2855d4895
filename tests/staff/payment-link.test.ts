// The link of a payment by SMS: to whom, how often, by whose right; the audit learns that, and not where to.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: LoginCentre
let cashier: TestStaff

before(async () => {
  centre = await startLoginCentre()
  cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
})
after(() => centre.stop())

const CUSTOMER = '+77051234567'

function sendLink(id: string, body: object = {}, by: TestStaff = cashier) {
  return by.call('POST', `/api/admin/transactions/${id}/send-link`, body)
}

test('it goes to the customer’s phone, or to another that is named', async () => {
  const id = await centre.init(1_000_000, { customer_phone: CUSTOMER })
  assert.equal((await sendLink(id)).status, 200)
  await until(() => centre.textsTo(CUSTOMER).length === 1)
  assert.equal(
    centre.textsTo(CUSTOMER)[0],
    `Тестовый сайт: оплата по ссылке ${centre.url}/pay/${id}`,
  )
  assert.equal((await sendLink(id, { phone: '8 705 765 43 21' })).status, 200)
  await until(() => centre.textsTo('+77057654321').length === 1)
  const [{ facts }] = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'payment.link_sent' ORDER BY seq LIMIT 1`,
  )
  assert.deepEqual(facts, {})
  const root = await loginAs(centre, 'super_admin')
  const { body } = await root.call('GET', '/api/admin/texts')
  assert.deepEqual(
    body.data.texts.map(({ admin_id: by, kind, phone }: Record<string, unknown>) => [
      kind,
      by,
      phone,
    ]),
    [
      ['payment_link', cashier.id, '+770•••21'],
      ['payment_link', cashier.id, '+770•••67'],
    ],
  )
  const story = await cashier.call('GET', `/api/admin/transactions/${id}`)
  const said = story.body.data.timeline.map(({ sentence }: { sentence: string }) => sentence)
  assert.ok(
    said.some((sentence: string) => sentence.endsWith('отправлена ссылка на оплату по SMS')),
  )
})

test('of one payment three an hour; then it says when again', async () => {
  const id = await centre.init(1_000_000)
  const phones = ['+77011111111', '+77011111112', '+77011111113', '+77011111114']
  const statuses = []
  for (const phone of phones) statuses.push((await sendLink(id, { phone })).status)
  assert.deepEqual(statuses, [200, 200, 200, 429])
  const refused = await sendLink(id, { phone: phones[0] })
  assert.ok(Number(refused.headers.get('retry-after')) > 3_000)
  assert.deepEqual(centre.textsTo('+77011111114'), [])
})

test('one number gets five a day, whoever sends them', async () => {
  const colleague = await loginAs(centre, 'country_admin')
  const phone = '+77022222222'
  const statuses = []
  for (const by of [cashier, colleague, cashier, colleague, cashier, colleague]) {
    statuses.push((await sendLink(await centre.init(1_000_000), { phone }, by)).status)
  }
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
})

test('nothing is sent without a number, for what is over, or past one’s rows', async () => {
  const id = await centre.init(1_000_000)
  const nowhere = await sendLink(id)
  assert.deepEqual([nowhere.status, nowhere.body.errors], [400, { phone: 'Field is required' }])
  const wrong = await sendLink(id, { phone: 'позвоните' })
  assert.deepEqual([wrong.status, wrong.body.errors], [400, { phone: 'Is not a phone number' }])
  const stranger = await loginAs(centre, 'cashier')
  assert.equal((await sendLink(id, { phone: CUSTOMER }, stranger)).status, 404)
  await centre.call('POST', `/api/payment/${id}/cancel`)
  assert.equal((await sendLink(id, { phone: CUSTOMER })).body.code, 'cancelled')
})

test('a login code takes the place of another code, and of no link', async () => {
  // Held back, as while the gateway is asked for another.
  await centre.sql(
    `INSERT INTO texts (id, kind, admin_id, payment_id, sealed_to, sealed_text, masked_to, next_at,
       expires_at)
     VALUES (new_id(), 'payment_link', $1, new_id(), '', '', 'x', now() + interval '1 hour',
       now() + interval '2 hours')`,
    [cashier.id],
  )
  await centre.codeFor(cashier.phone)
  const rows = await centre.sql(`SELECT state FROM texts WHERE admin_id = $1 AND masked_to = 'x'`, [
    cashier.id,
  ])
  assert.deepEqual(rows, [{ state: 'waiting' }])
})
