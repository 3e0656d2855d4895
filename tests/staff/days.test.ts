// A day before it is closed and after: what closing would write down, and its report as a file that says the
// same (A16, M1, L4).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import readExcelFile from 'read-excel-file/node'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const DAY_MS = 86_400_000

let centre: TestCentre
let accountant: TestStaff
const today = dayOf(Date.now())
const yesterday = dayOf(Date.now() - DAY_MS)

before(async () => {
  centre = await startTestCentre()
  accountant = await loginAs(centre, 'accountant')
  for (const amount of [100_000, 250_050]) {
    const id = await centre.init(amount)
    const started = await centre.kaspi(id)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    await centre.until(id, 'paid')
  }
  await centre.sql(`UPDATE captures SET at = at - interval '1 day'`)
  await centre.sql(`UPDATE sources SET name = '=1+1' WHERE id = $1`, [centre.source.id])
})
after(() => centre.stop())

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(ms)
}

function download(query: string, { token }: TestStaff = accountant): Promise<Response> {
  return fetch(`${centre.url}/api/admin/days/${yesterday}/export?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
}

function preview(day: string, staff = accountant) {
  return staff.call('GET', `/api/admin/days/${day}/preview?system=kaspi`)
}

async function grossTiyn(): Promise<number> {
  const [{ gross }] = await centre.sql('SELECT sum(gross_tiyn)::integer AS gross FROM captures')
  return gross
}

test('a preview writes nothing and says what the day is then closed with', async () => {
  assert.equal((await download('system=kaspi&format=csv')).status, 404)
  const now = await preview(today)
  assert.deepEqual(
    [now.body.data.is_over, now.body.data.report.totals.captures],
    [false, 0],
    now.text,
  )
  const seen = await preview(yesterday)
  assert.deepEqual([seen.body.data.is_over, seen.body.data.last_version], [true, 0])
  assert.deepEqual((await accountant.call('GET', '/api/admin/days')).body.data, [])
  const closed = await accountant.call('POST', `/api/admin/days/${yesterday}/close`, {
    system: 'kaspi',
  })
  assert.deepEqual(closed.body.data.report, seen.body.data.report)
  assert.equal(closed.body.data.report.totals.gross, await grossTiyn())
  assert.equal((await preview(yesterday)).body.data.last_version, 1)
  for (const day of ['2026-02-30', 'today']) assert.equal((await preview(day)).status, 404, day)
})

test('a closed day as CSV: its sums in tenge, and no text that a spreadsheet would reckon', async () => {
  const response = await download('system=kaspi&format=csv')
  assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.match(
    response.headers.get('content-disposition') ?? '',
    new RegExp(`"day-${yesterday}-kaspi-KZ-v1.csv"$`),
  )
  const rows: string[][] = parse(await response.text(), {
    bom: true,
    delimiter: ';',
    relax_column_count: true,
  })
  const whole = rows.find(([first]) => first === 'Весь день') ?? []
  const tenge = ((await grossTiyn()) / 100).toFixed(2).replace('.', ',')
  assert.deepEqual(whole.slice(2, 4), ['2', tenge])
  const source = rows.find(([first]) => first === 'Источник') ?? []
  assert.deepEqual(source.slice(1, 4), ["'=1+1", '2', tenge])
  assert.ok(rows.some(([first]) => first === 'Задача'))
})

test('a closed day as XLSX: a sheet for each table, sums as numbers', async () => {
  const bytes = Buffer.from(await (await download('system=kaspi&format=xlsx')).arrayBuffer())
  const sheets = await readExcelFile(bytes)
  assert.deepEqual(
    sheets.map(({ sheet }) => sheet),
    ['Получено', 'Банк', 'Не сошлось'],
  )
  const [taken] = sheets
  const whole = taken?.data.find(([first]) => first === 'Весь день') ?? []
  assert.deepEqual(whole.slice(2, 4), [2, (await grossTiyn()) / 100])
})

test('L4: neither a preview nor a file of another country or system exists; a bad format is 400', async () => {
  const strangers = [
    await loginAs(centre, 'accountant', { countries: ['UZ'] }),
    await loginAs(centre, 'accountant', { systems: [] }),
  ]
  for (const stranger of strangers) {
    assert.equal((await preview(yesterday, stranger)).status, 404)
    assert.equal((await download('system=kaspi&format=csv', stranger)).status, 404)
  }
  for (const query of ['system=kaspi', 'system=kaspi&format=pdf', 'format=csv']) {
    assert.equal((await download(query)).status, 400, query)
  }
  assert.equal((await download('system=kaspi&format=csv&version=7')).status, 404)
})
