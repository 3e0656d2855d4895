// The list of payments and one payment's story as staff get them (M1, T1, T4, N4, A17).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { localTime } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const PHONE = '+77011234567'
let centre: TestCentre
let admin: TestStaff

before(async () => {
  centre = await startTestCentre({ source: { amountUnit: 'tenge' } })
  admin = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function list(query: string, staff = admin) {
  const answer = await staff.call('GET', `/api/admin/transactions?${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

/** A payment by SQL, of a chosen moment. */
async function createdAt(moment: string): Promise<string> {
  const [{ id }] = await centre.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, created_at,
       expires_at, updated_at)
     VALUES (uuid7_at($1), $2, 'KZ', 'KZT', 1000, 100, $1, now() + interval '1 day', $1) RETURNING id`,
    [moment, centre.source.id],
  )
  return id.replaceAll('-', '').toUpperCase()
}

test('M1: sums are tiyn and say so, though the source speaks tenge; documented names', async () => {
  const id = await centre.init(10_000, {
    customer_phone: PHONE,
    customer_email: 'aigul@example.kz',
    customer_name: 'Айгуль',
    description: 'Тур',
    metadata: { orderId: 'T-77' },
    external_id: 'site-1',
  })
  const started = await centre.kaspi(id)
  // A customer who takes their time: the terminal is asked the same more than once.
  await until(async () => {
    const asked = await centre.sql('SELECT repeats FROM device_exchanges')
    return asked.some(({ repeats }) => repeats > 1)
  })
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const { transactions, ...page } = await list('limit=10')
  assert.deepEqual(page, {
    total: 1,
    limit: 10,
    offset: 0,
    total_exact: true,
    next_cursor: null,
    amount_unit: 'tiyn',
  })
  const [line] = transactions
  assert.equal(line.transaction_id, id)
  assert.equal(line.amount_unit, 'tiyn')
  assert.deepEqual(
    [line.original_amount, line.amount, line.paid_amount, line.remaining_amount],
    [1_000_000, 1_010_000, 1_010_000, 0],
  )
  assert.deepEqual(
    [line.source_name, line.payment_method, line.used_methods, line.terminal_name],
    ['Тестовый сайт', 'kaspi_gold', ['kaspi_gold'], 'Терминал 1'],
  )
  assert.deepEqual(
    [line.customer_phone, line.customer_email, line.customer_name, line.order, line.external_id],
    [PHONE, 'aigul@example.kz', 'Айгуль', 'T-77', 'site-1'],
  )
  assert.equal(line.created_at, localTime(Date.parse(line.created_at_utc), 'Asia/Almaty'))
  assert.equal(line.provider_transaction_ids.length, 1)
})

test('a developer sees customers masked, and a search by them finds nothing', async () => {
  const developer = await loginAs(centre, 'developer', { sources: [centre.source.id] })
  const { transactions } = await list('search=site-1', developer)
  assert.deepEqual(
    [transactions[0].customer_phone, transactions[0].customer_email, transactions[0].customer_name],
    ['+7•••67', 'a•••@example.kz', 'А•••'],
  )
  for (const word of ['4567', encodeURIComponent(PHONE), 'aigul@example.kz', 'айгуль']) {
    assert.equal((await list(`search=${word}`)).total, 1, word)
    assert.equal((await list(`search=${word}`, developer)).total, 0, word)
  }
  const story = await developer.call(
    'GET',
    `/api/admin/transactions/${transactions[0].transaction_id}`,
  )
  assert.ok(!story.text.includes(PHONE) && !story.text.includes('aigul@'))
})

test('one payment’s story: why, what happened in words, what the device said, who was told', async () => {
  const [{ transaction_id: id }] = (await list('search=site-1')).transactions
  let data: Awaited<ReturnType<typeof list>>
  await until(async () => {
    data = (await admin.call('GET', `/api/admin/transactions/${id}`)).body.data
    const [delivery] = data.deliveries
    return delivery?.state === 'delivered' && data.exchanges.at(-1)?.outcome === 'succeeded'
  })
  assert.match(data.why_this_status, /^Зачтено 10\u00a0000\u00a0₸, этого достаточно\.$/)
  const told = data.timeline.map((entry: { what: string; sentence: string }) => entry)
  assert.deepEqual(
    told.map(({ what }: { what: string }) => what),
    [
      'created',
      'terminal_reserved',
      'start_called',
      'start_accepted',
      'waiting_for_scan',
      'qr_read',
      ...told.slice(6, -1).map(({ what }: { what: string }) => what),
      'captured',
    ],
  )
  assert.equal(told[1].sentence, 'Занят терминал «Терминал 1», способ — Kaspi Gold')
  assert.equal(told[3].sentence, 'Терминал принял операцию на 10\u00a0100\u00a0₸')
  const [start, ...asked] = data.exchanges
  assert.deepEqual(
    [start.call, start.http_status, start.outcome, start.repeats],
    ['start', 200, 'accepted', 1],
  )
  assert.equal(start.said.statusCode, 0)
  assert.ok(
    asked.some(({ repeats }: { repeats: number }) => repeats > 1),
    'equal polls are one line',
  )
  assert.equal(asked.at(-1).outcome, 'succeeded')
  const sum = data.postings.reduce(
    (total: number, { amount }: { amount: number }) => total + amount,
    0,
  )
  assert.equal(sum, 0)
  assert.equal(data.captures[0].gross_amount, 1_010_000)
  assert.equal(data.attempts[0].sentence, 'деньги получены')
  assert.deepEqual(data.metadata, { orderId: 'T-77' })
  assert.deepEqual(data.tasks, [])
})

test('T1: days are of Kazakhstan, both inclusive, to the millisecond', async () => {
  const day = localTime(Date.now() - 3 * 86_400_000, 'Asia/Almaty').slice(0, 10)
  const start = Date.parse(`${day}T00:00:00+05:00`)
  const at = (offsetMs: number) => createdAt(new Date(start + offsetMs).toISOString())
  await at(-1)
  const first = await at(0)
  const last = await at(86_400_000 - 1)
  await at(86_400_000)
  const { transactions, total } = await list(`date_from=${day}&date_to=${day}&direction=asc`)
  assert.deepEqual(
    transactions.map((line: { transaction_id: string }) => line.transaction_id),
    [first, last],
  )
  assert.equal(total, 2)
  const paid = await list(`date_from=${day}&date_field=paid_at`)
  assert.equal(paid.total, 1)
  const epoch = await list('date_from=1960-01-01&limit=1')
  assert.ok(epoch.total >= 5)
})

test('T4: faults of a query are named by their fields; unknown fields change nothing', async () => {
  for (const [query, field] of [
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=x', 'limit'],
    ['offset=-1', 'offset'],
    ['status=unknown', 'status'],
    ['status=paid&status=failed', 'status'],
    ['source_id=1;DROP', 'source_id'],
    ['date_from=2026-02-30', 'date_from'],
    ['date_from=01.02.2026', 'date_from'],
    ['date_from=0100-01-01', 'date_from'],
    ['date_to=9999-12-31', 'date_to'],
    ['date_from=2026-02-02&date_to=2026-02-01', 'date_to'],
    ['amount_from=2&amount_to=1', 'amount_to'],
    ['search=a', 'search'],
    ['search=%00aa', 'search'],
    ['sort=phone', 'sort'],
    ['cursor=abc', 'cursor'],
    ['late=1', 'late'],
  ] as const) {
    const answer = await admin.call('GET', `/api/admin/transactions?${query}`)
    assert.equal(answer.status, 400, query)
    assert.deepEqual(Object.keys(answer.body.errors), [field], query)
  }
  const plain = await list('limit=5')
  const odd = await list('limit=5&tolerance_tiyn=1&customer_phone=1&id=1')
  assert.deepEqual(odd, plain)
})

test('T4: a cursor walks every row once while others are added, in each order; it is of one list only', async () => {
  for (let n = 0; n < 25; n += 1) {
    await createdAt(new Date(Date.now() - n * 60_000).toISOString())
  }
  for (const order of ['sort=created_at', 'sort=amount&direction=asc', 'sort=paid_at']) {
    const { total, transactions: whole } = await list(`${order}&limit=1000`)
    const known = new Set<string>(
      whole.map((line: { transaction_id: string }) => line.transaction_id),
    )
    assert.equal(known.size, total)
    const walked: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = `${order}&limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`
      const page: Awaited<ReturnType<typeof list>> = await list(query)
      walked.push(
        ...page.transactions.map((line: { transaction_id: string }) => line.transaction_id),
      )
      cursor = page.next_cursor
      await createdAt(new Date().toISOString())
    }
    assert.equal(new Set(walked).size, walked.length, 'no row twice')
    for (const id of known) assert.ok(walked.includes(id), order)
  }
  const { next_cursor: cursor } = await list('limit=1')
  for (const query of [`cursor=${cursor}&sort=amount`, `cursor=${cursor}&direction=asc`]) {
    const answer = await admin.call('GET', `/api/admin/transactions?${query}`)
    assert.deepEqual(Object.keys(answer.body.errors), ['cursor'], query)
  }
  const both = await admin.call('GET', `/api/admin/transactions?cursor=${cursor}&offset=1`)
  assert.deepEqual(Object.keys(both.body.errors), ['offset'])
})

test('a vague search is counted to a bound and says so; its pages go on', async () => {
  await centre.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       customer_name, created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000, 100, 'Жанна ' || n, now(), now() + interval '1 day', now()
     FROM generate_series(1, 1100) AS n`,
    [centre.source.id],
  )
  const page = await list(`search=${encodeURIComponent('жанна')}&limit=10&offset=1050`)
  assert.deepEqual([page.total, page.total_exact], [1000, false])
  assert.equal(page.transactions.length, 10)
  const exact = await list(`search=${encodeURIComponent('жанна 110')}`)
  assert.deepEqual([exact.total, exact.total_exact], [2, true])
})

test('an unknown payment, and a text that is no number, are 404', async () => {
  for (const id of ['0'.repeat(32), 'x', '1'.repeat(31), '%00']) {
    const answer = await admin.call('GET', `/api/admin/transactions/${id}`)
    assert.equal(answer.status, 404, id)
    assert.equal(answer.body.code, 'payment_not_found', id)
  }
})
