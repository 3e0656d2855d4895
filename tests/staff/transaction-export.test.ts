// Exports: what they hold, what a spreadsheet may never calculate, and how they end (A16, A22, M1, T1).

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readExcelFile from 'read-excel-file/node'
import { csvText } from '../../packages/server/src/exports/csv.ts'
import { liveRefund, paidPayment, untilState } from '../refunds/refund-world.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

/** Texts that break what reads them carelessly; a payment may carry any of them (A22). */
const HARD = [
  '=1+1',
  '+7 700',
  '-5',
  '@SUM(A1)',
  '＝1＋1',
  '"кавычки"; и ; точки',
  'две\nстроки',
  ' пробел ',
  "=cmd|' /C calc'!A1",
  'ёЁ 😀 қазақ &<>"\'',
  '１２３',
]

let centre: TestCentre
let admin: TestStaff
const names: string[] = []

before(async () => {
  centre = await startTestCentre()
  admin = await loginAs(centre, 'accountant')
  for (const text of HARD) {
    const answer = await centre.call('POST', '/api/payment/init', {
      amount: 123_456,
      description: text,
      customer_name: text.replaceAll('\n', ' '),
      customer_phone: '+77011234567',
    })
    assert.equal(answer.status, 201, answer.text)
    names.push(answer.body.data.transaction_id)
  }
})
after(() => centre.stop())

async function download(query: string, staff = admin): Promise<Response> {
  return fetch(`${centre.url}/api/admin/transactions/export?${query}`, {
    headers: { Authorization: `Bearer ${staff.token}` },
  })
}

function columnOf(table: readonly (readonly unknown[])[], title: string): unknown[] {
  const place = table[0]?.indexOf(title) ?? -1
  assert.ok(place >= 0, title)
  return table.slice(1).map((row) => row[place])
}

test('A22: what was sent to init comes back from CSV, safe for a spreadsheet', async () => {
  const response = await download('format=csv')
  assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.match(response.headers.get('content-disposition') ?? '', /\.csv"$/)
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  const table = parse(bytes, { bom: true, delimiter: ';' }) as string[][]
  const texts = columnOf(table, 'Описание').reverse() as string[]
  assert.deepEqual(
    texts.map((text) => text.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')),
    HARD,
  )
  for (const row of table) {
    for (const field of row) assert.doesNotMatch(field, /^[=+\-@\t\r＝＋－＠]/)
  }
  assert.deepEqual(
    columnOf(table, 'Исходная сумма, ₸'),
    HARD.map(() => '1234,56'),
  )
  assert.deepEqual(columnOf(table, 'Номер платежа').reverse(), names)
  assert.match(
    String(columnOf(table, 'Создан (Asia/Almaty)')[0]),
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  )
})

test('A16: any text stays what it is and begins no formula', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n;"\'＝＋－＠a ') }),
  )
  fc.assert(
    fc.property(fc.array(texts, { minLength: 2, maxLength: 5 }), (fields) => {
      const [record = []] = parse(`${fields.map(csvText).join(';')}\r\n`, {
        delimiter: ';',
        skip_empty_lines: false,
        record_delimiter: '\r\n',
      }) as string[][]
      for (const [place, field] of record.entries()) {
        assert.doesNotMatch(field, /^[=+\-@\t\r＝＋－＠]/)
        assert.ok(field === fields[place] || field === `'${fields[place]}`)
      }
      assert.equal(record.length, fields.length)
    }),
    { numRuns: 500 },
  )
})

test('XLSX: sums are numbers, times are dates of the named zone, texts are texts', async () => {
  const id = await centre.init(123_456)
  const [{ created_at: created }] = await centre.sql(
    'SELECT created_at FROM payments ORDER BY id DESC LIMIT 1',
  )
  const response = await download('format=xlsx')
  assert.match(response.headers.get('content-type') ?? '', /spreadsheetml/)
  const [sheet] = await readExcelFile(Buffer.from(await response.arrayBuffer()))
  const table = (sheet as unknown as { data: unknown[][] }).data
  assert.equal(columnOf(table, 'Номер платежа')[0], id)
  assert.equal(columnOf(table, 'Исходная сумма, ₸')[0], 1234.56)
  const local = columnOf(table, 'Создан (Asia/Almaty)')[0]
  assert.ok(local instanceof Date)
  const fiveHours = 5 * 3_600_000
  // A sheet keeps a whole second as a fraction of a day, which comes back a hair off.
  assert.equal(
    Math.round(local.getTime() / 1000),
    Math.floor((created.getTime() + fiveHours) / 1000),
  )
  const texts = columnOf(table, 'Описание').slice(1).reverse() as string[]
  assert.deepEqual(
    texts.map((text) => text.trim()),
    HARD.map((text) => text.trim()),
  )
})

test('filters are the list’s; who may not export gets 403, without a kind of file 400', async () => {
  const table = parse(await (await download('format=csv&search=нет')).text(), {
    bom: true,
    delimiter: ';',
  })
  assert.equal(table.length, 1)
  assert.equal((await download('format=pdf')).status, 400)
  assert.equal((await download('')).status, 400)
  const cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  assert.equal((await download('format=csv', cashier)).status, 403)
})

test('a reader who leaves stops the reading; two at once is all, and a place comes free again', async () => {
  await centre.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, description,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000, 100, repeat('длинное описание ', 50), now(),
       now() + interval '1 day', now()
     FROM generate_series(1, 30000)`,
    [centre.source.id],
  )
  const calls = await Promise.all(
    ['csv', 'xlsx'].map(async (format) => {
      const call = get(`${centre.url}/api/admin/transactions/export?format=${format}`, {
        headers: { Authorization: `Bearer ${admin.token}` },
      })
      const [response] = await once(call, 'response')
      assert.equal(response.statusCode, 200)
      await once(response, 'readable')
      return call
    }),
  )
  const third = await download('format=csv')
  assert.equal(third.status, 503)
  assert.match(await third.text(), /"code":"exports_busy"/)
  // Nobody reads, so nobody asks the database: the wide connections are idle.
  const busy = () =>
    centre.sql(
      `SELECT FROM pg_stat_activity
       WHERE application_name = 'byfly-pay wide reads' AND state = 'active'`,
    )
  await until(async () => (await busy()).length === 0)
  for (const call of calls) call.destroy()
  await until(async () => {
    const both = await Promise.all([1, 2].map(() => download('format=csv&search=нет')))
    return both.every(({ status }) => status === 200)
  })
})

test('what went back of each payment, when last, and in all as much as the figures say', async () => {
  const chief = await loginAs(centre, 'super_admin')
  const giveBack = async (id: string, amount: number) => {
    const { id: refundId, qr_code: qr } = await liveRefund(chief, id, { amount })
    centre.simulator.phone.scan({ qr })
    await untilState(chief, refundId, 'succeeded')
  }
  const [once, twice] = [await paidPayment(centre), await paidPayment(centre, 200_000)]
  await giveBack(once, 10_000)
  await giveBack(twice, 20_000)
  await giveBack(twice, 30_000)
  // One that is only asked for has given nothing back.
  const asked = { reason: 'customer_request', amount: 1_000, start: false }
  await chief.call('POST', `/api/admin/transactions/${once}/refunds`, asked)
  const response = await download('format=xlsx', chief)
  const [sheet] = await readExcelFile(Buffer.from(await response.arrayBuffer()))
  const table = (sheet as unknown as { data: unknown[][] }).data
  const sums = columnOf(table, 'Возвращено, ₸') as number[]
  const moments = columnOf(table, 'Последний возврат (Asia/Almaty)') as (Date | null)[]
  assert.deepEqual(sums.slice(0, 3), [500, 100, 0])
  const [{ last }] = await centre.sql('SELECT max(refunded_at) AS last FROM refunds')
  const fiveHours = 5 * 3_600_000
  assert.equal(
    Math.round((moments[0]?.getTime() ?? 0) / 1000),
    Math.floor((last.getTime() + fiveHours) / 1000),
  )
  assert.deepEqual(
    moments.map((moment) => moment !== null),
    sums.map((sum) => sum > 0),
  )
  const day = (shift: number) =>
    new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)
  const path = `/api/admin/figures?date_from=${day(-1)}&date_to=${day(1)}`
  const { body } = await chief.call('GET', path)
  assert.equal(sums.reduce((all, sum) => all + sum, 0) * 100, body.data.totals.refunded)
})
