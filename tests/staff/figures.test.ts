// Figures over HTTP: who may ask, what is refused, and that what is outside one's scope is in no sum.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayNumber, dayText, localTime, ROLES } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

let centre: TestCentre
let chief: TestStaff
let abroad: TestCentre['source']
/** Of the days around this run, which may cross a midnight. */
let range: string

before(async () => {
  centre = await startTestCentre()
  abroad = await centre.addSource()
  await centre.sql("UPDATE sources SET country_iso = 'UZ' WHERE id = $1", [abroad.id])
  chief = await loginAs(centre, 'super_admin')
  const today = dayNumber(localTime(Date.now(), centre.running.centre.zone).slice(0, 10)) ?? 0
  range = `date_from=${dayText(today - 1)}&date_to=${dayText(today + 1)}`
  const paid = await centre.init(1_000_000)
  const { body } = await centre.kaspi(paid)
  await fetch(`${centre.simulator.url}/phone/scan`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ qr: body.data.qr_code, product: 'Gold', outcome: 'confirm' }),
  })
  await centre.until(paid, 'paid')
  await centre.init(500_000)
  // Past the API, which knows a source for a while as it was.
  await centre.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'UZ', 'KZT', 700000, 100, now(), now() + interval '1 hour', now()`,
    [abroad.id],
  )
})
after(() => centre.stop())

async function figures(staff: TestStaff, more = '') {
  const { body, status, text } = await staff.call('GET', `/api/admin/figures?${range}${more}`)
  assert.equal(status, 200, text)
  return body.data
}

test('a paid payment: turnover, commission, fee, net, conversion, all in tiyn', async () => {
  const data = await figures(chief, '&group_by=source')
  assert.equal(data.amount_unit, 'tiyn')
  assert.equal(data.zone, 'Asia/Almaty')
  assert.deepEqual(
    [data.currency, data.date_field, data.group_by],
    ['KZT', 'created_at', ['source']],
  )
  const own = data.lines.find((line: { source_id: number }) => line.source_id === centre.source.id)
  const { average_pay_ms: payMs, ...line } = own
  assert.ok(Number.isInteger(payMs) && payMs > 0)
  assert.deepEqual(line, {
    source_id: centre.source.id,
    turnover: 1_010_000,
    original: 1_500_000,
    count: 2,
    paid_count: 1,
    conversion: 0.5,
    credited: 1_000_000,
    commission: 10_000,
    rounding: 0,
    overpaid: 0,
    forgiven: 0,
    expected_fee: 10_100,
    refunded: 0,
    net: 999_900,
    by_status: { pending: 1, processing: 0, paid: 1, partially_paid: 0, cancelled: 0, failed: 0 },
    attempts_started: 1,
    attempts_succeeded: 1,
    attempt_conversion: 1,
  })
})

test('totals are the sum of the lines, whatever the groups; empty days are lines of zeros', async () => {
  for (const groups of ['day', 'source', 'method', 'product', 'terminal', 'country', 'system']) {
    const { lines, totals } = await figures(chief, `&group_by=${groups}`)
    for (const field of ['turnover', 'count', 'paid_count', 'net', 'attempts_started'] as const) {
      const sum = lines.reduce(
        (all: number, line: Record<string, number>) => all + (line[field] ?? 0),
        0,
      )
      assert.equal(sum, totals[field], `${groups} ${field}`)
    }
    assert.deepEqual([totals.count, totals.paid_count, totals.conversion], [3, 1, 0.3333])
  }
  const { lines } = await figures(chief)
  assert.equal(lines.length, 3)
  const empty = lines.find((line: { count: number }) => line.count === 0)
  assert.deepEqual([empty.turnover, empty.conversion, empty.average_pay_ms], [0, null, null])
  const year = await chief.call('GET', '/api/admin/figures?date_from=2024-02-01&date_to=2025-03-06')
  assert.equal(year.body.data.lines.length, 400)
  assert.equal(year.body.data.lines[28].day, '2024-02-29')
})

test('T1: by the day of money there are paid payments and their money only', async () => {
  const { totals } = await figures(chief, '&date_field=paid_at')
  assert.deepEqual(
    [totals.count, totals.paid_count, totals.turnover, totals.conversion, totals.original],
    [1, 1, 1_010_000, null, 1_000_000],
  )
})

test('filters narrow; two groups make a table', async () => {
  assert.equal((await figures(chief, `&source_id=${abroad.id}`)).totals.count, 1)
  assert.equal((await figures(chief, '&method=kaspi_gold')).totals.count, 1)
  assert.equal((await figures(chief, '&product=kaspi_red')).totals.count, 0)
  assert.equal((await figures(chief, '&system=kaspi&country=KZ')).totals.turnover, 1_010_000)
  assert.equal((await figures(chief, '&terminal_id=999')).totals.count, 0)
  assert.equal((await figures(chief, '&currency=USD')).totals.count, 0)
  const { lines } = await figures(chief, '&group_by=country,method')
  assert.deepEqual(
    lines.map(({ country, method, count }: Record<string, unknown>) => [country, method, count]),
    [
      ['KZ', 'kaspi_gold', 1],
      ['KZ', null, 1],
      ['UZ', null, 1],
    ],
  )
})

test('L4, A6: what is outside the scope is in no line and no total', async () => {
  const counts = async (lists: Parameters<typeof loginAs>[2]) => {
    const data = await figures(await loginAs(centre, 'accountant', lists), '&group_by=country')
    const countries = data.lines.map(({ country }: { country: string }) => country)
    return [countries, data.totals.count, data.totals.turnover]
  }
  assert.deepEqual(await counts({}), [['KZ', 'UZ'], 3, 1_010_000])
  assert.deepEqual(await counts({ countries: ['KZ'] }), [['KZ'], 2, 1_010_000])
  assert.deepEqual(await counts({ countries: ['UZ'] }), [['UZ'], 1, 0])
  assert.deepEqual(await counts({ countries: [] }), [[], 0, 0])
  // N8: what has no system yet is its country's.
  assert.deepEqual(await counts({ systems: ['halyk'] }), [['KZ', 'UZ'], 2, 0])
  const limited = await loginAs(centre, 'accountant', { countries: ['KZ'] })
  const { lines, totals } = await figures(limited, `&source_id=${abroad.id}&group_by=source`)
  assert.deepEqual([lines, totals.count], [[], 0])
})

test('the right decides who may ask; without a token nobody', async () => {
  const path = `/api/admin/figures?${range}`
  for (const role of ROLES) {
    const { status } = await (await loginAs(centre, role)).call('GET', path)
    const may = ['super_admin', 'country_admin', 'accountant'].includes(role)
    assert.equal(status, may ? 200 : 403, role)
  }
  assert.equal((await fetch(`${centre.url}${path}`)).status, 401)
  assert.equal((await centre.call('GET', path)).status, 401)
})

test('nonsense is refused by its field', async () => {
  const refused: readonly (readonly [string, string])[] = [
    ['', 'date_from'],
    ['date_from=2026-02-30&date_to=2026-03-01', 'date_from'],
    ['date_from=2026-03-02&date_to=2026-03-01', 'date_to'],
    ['date_from=2024-02-01&date_to=2025-03-07', 'date_to'],
    [`${range}&group_by=day,day`, 'group_by'],
    [`${range}&group_by=day,source,method`, 'group_by'],
    [`${range}&group_by=phone`, 'group_by'],
    [`${range}&date_field=expires_at`, 'date_field'],
    [`${range}&source_id=1%20OR%201=1`, 'source_id'],
    [`${range}&source_id=1&source_id=2`, 'source_id'],
    [`${range}&method='`, 'method'],
    [`${range}&currency=kzt`, 'currency'],
  ]
  for (const [query, field] of refused) {
    const { body, status } = await chief.call('GET', `/api/admin/figures?${query}`)
    assert.equal(status, 400, query)
    assert.ok(Object.hasOwn(body.errors, field), `${query}: ${JSON.stringify(body.errors)}`)
  }
})

test('a table of more than 1000 lines is refused rather than cut, for its totals would lie', async () => {
  await centre.sql(
    `INSERT INTO figure_days SELECT '2020-01-01'::date + n % 10, NULL, 1000 + n / 10, 'KZ', 'KZT', NULL,
       NULL, NULL, 'pending', 1, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(0, 1009) n`,
  )
  const path = '/api/admin/figures?date_from=2020-01-01&date_to=2020-01-10&group_by='
  const table = await chief.call('GET', `${path}day,source`)
  assert.equal(table.status, 400)
  assert.match(table.body.errors.group_by, /1000/)
  assert.equal((await chief.call('GET', `${path}source`)).body.data.lines.length, 101)
  const narrowed = await chief.call('GET', `${path}day,source&source_id=1000`)
  assert.equal(narrowed.body.data.lines.length, 10)
})
