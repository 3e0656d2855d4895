// A22: texts that break careless readers, from init to the status, the webhook, the console's list and the
// CSV: the same text everywhere, or refused by its field at the door.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const KEPT = [
  '=HYPERLINK("https://x.example","да")',
  '＝1＋1',
  '１２３４',
  'مرحبا и עברית',
  '👩‍👩‍👧‍👦 é é',
  '"; DROP TABLE payments; --',
  '<img src=x onerror=alert(1)>&amp;"\'`',
  '#{7*7} {{7*7}} %s %n \\u0000 \\x00',
  'строка\nдругая\tтаб',
  '\u00a0пробел\u3000\ufeff',
  'метка\u200f\u200e',
  'z\u0300\u0301\u0302\u0303\u0304',
]

const REFUSED = ['a\u0000b', '\ud800', '\udfff конец', 'сумма \u202e00001', '\u2066изоляция\u2069']

let centre: TestCentre
let staff: TestStaff
before(async () => {
  centre = await startTestCentre()
  staff = await loginAs(centre, 'accountant')
})
after(() => centre.stop())

interface Webhook {
  readonly transaction_id: string
  readonly description: string
  readonly metadata: unknown
}

async function webhookOf(id: string): Promise<Webhook> {
  const find = () =>
    centre.simulator.shop
      .webhooks(centre.source.webhookSecret)
      .find(({ body }) => (body as Webhook).transaction_id === id)
  await until(() => find() !== undefined)
  assert.equal(find()?.raw_body_verified, true)
  assert.equal(find()?.parsed_body_verified, true)
  return find()?.body as Webhook
}

test('A22: init → status → webhook → list → CSV: the text is the text', async () => {
  const ids = new Map<string, string>()
  await Promise.all(
    KEPT.map(async (text) => {
      const metadata = { note: text, [text]: 1 }
      const id = await centre.init(100_000, { description: text, metadata })
      ids.set(id, text)
      assert.equal((await centre.status(id)).description, text)
      await centre.call('POST', `/api/payment/${id}/cancel`)
      const webhook = await webhookOf(id)
      assert.equal(webhook.description, text)
      assert.deepEqual(webhook.metadata, metadata)
    }),
  )
  const bearer = { Authorization: `Bearer ${staff.token}` }
  const query = '/api/admin/transactions/export?format=csv'
  const csv = await fetch(centre.url + query, { headers: bearer })
  const [head = [], ...rows] = parse(Buffer.from(await csv.arrayBuffer()), {
    bom: true,
    delimiter: ';',
  }) as string[][]
  const [number, description] = [head.indexOf('Номер платежа'), head.indexOf('Описание')]
  assert.equal(rows.length, KEPT.length)
  for (const row of rows) {
    const text = ids.get(row[number] ?? '') ?? ''
    const shown = row[description] ?? ''
    assert.ok(shown === text || shown === `'${text}`, JSON.stringify([shown, text]))
    assert.doesNotMatch(shown, /^[=+\-@\t\r＝＋－＠]/)
  }
})

test('A22: what cannot be stored, or would turn its neighbours around, is refused by its field', async () => {
  for (const text of REFUSED) {
    // A lone surrogate can only be sent as an escape.
    const body = JSON.stringify({ amount: 100_000, description: text })
    const answer = await centre.call('POST', '/api/payment/init', body)
    assert.equal(answer.status, 400, JSON.stringify(text))
    assert.deepEqual(Object.keys(answer.body.errors), ['description'], JSON.stringify(text))
  }
})
