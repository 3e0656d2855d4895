// The bank's statement against money that simulated terminals took: what agrees, what is missing on either
// side, what differs; fees and payouts in the books; closed days (I3, I4, M14, T9, L4).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { transactionIdOf } from '@byfly-pay/core'
import { verifyAudit } from '../../packages/server/src/accounts/verify-audit.ts'
import { checkFigures } from '../../packages/server/src/payments/check-figures.ts'
import { findDoubles } from '../../packages/server/src/reconciliation/find-doubles.ts'
import { reconcileAgain } from '../../packages/server/src/reconciliation/reconcile-again.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, type Line, nameColumns, upload } from '../support/statement.ts'

const DAY_MS = 86_400_000

let centre: TestCentre
let accountant: TestStaff
/** Each with its number at the bank. */
let taken: Taken[]

interface Taken extends Line {
  readonly id: string
  readonly attemptId: string
  readonly number: string
}

before(async () => {
  centre = await startTestCentre()
  accountant = await loginAs(centre, 'accountant')
  for (let n = 0; n < 4; n += 1) await pay(100_000 + n * 1_000)
  taken = await captures()
})
after(() => centre.stop())

async function pay(amount: number, more: Record<string, unknown> = {}): Promise<string> {
  const id = await centre.init(amount, more)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  return id
}

async function captures(): Promise<Taken[]> {
  const rows = await centre.sql(
    `SELECT c.attempt_id, c.payment_id, c.provider_transaction_id, c.gross_tiyn, a.created_at
     FROM captures c JOIN attempts a ON a.id = c.attempt_id ORDER BY c.attempt_id`,
  )
  return rows.map((row) => ({
    id: row.payment_id,
    attemptId: row.attempt_id,
    number: row.provider_transaction_id,
    tiyn: Number(row.gross_tiyn),
    at: row.created_at.getTime(),
    product: 'Kaspi Gold',
  }))
}

async function desk(name: string) {
  const { body, status, text } = await accountant.call('GET', `/api/admin/desks/${name}`)
  assert.equal(status, 200, text)
  return body.data.entries
}

async function unbalanced() {
  return centre.sql('SELECT set_id FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0')
}

test('columns are named once: a guess is shown, a wrong name refused, the file read after', async () => {
  const file = csvOf(taken.slice(0, 1))
  const first = await upload(centre, accountant, file)
  assert.equal(first.status, 200, first.text)
  const { guess, heading, sample, state, statement } = first.body.data
  assert.deepEqual([state, statement, heading[1]], ['needs_columns', null, 'Номер заказа'])
  assert.deepEqual([guess.at, guess.amount, guess.fee], ['Дата и время', 'Сумма', 'Комиссия'])
  assert.deepEqual(sample.rows[0].slice(1, 2), [taken[0]?.number])
  // The bank's words of products, to be told which methods they are, beside what stands below the table.
  assert.deepEqual([heading[5], sample.words[5]], ['Продукт', ['Kaspi Gold']])
  for (const more of [
    { columns: { at: 'Дата и время', amount: 'Нет такого' } },
    { columns: { amount: 'Сумма' } },
    { products: { Gold: 'no_method' } },
  ]) {
    assert.equal((await nameColumns(accountant, more)).status, 400)
  }
  assert.equal((await nameColumns(accountant)).status, 200)
  const known = await accountant.call('GET', '/api/admin/statement-columns')
  assert.equal(known.body.data[0].columns.number, 'Номер заказа')
})

test('I4: matched by number; a sum and a product that differ, money missing here and there', async () => {
  const [one, two, three, four] = taken
  assert.ok(one && two && three && four)
  const stranger = { at: two.at, number: '777000777', tiyn: 55_500 }
  const lines = [
    one,
    { ...two, tiyn: two.tiyn - 100 },
    { ...three, product: 'Kaspi Red' },
    stranger,
  ]
  const covers = `&date_from=${dayOf(Date.now() - 9 * DAY_MS)}&date_to=${dayOf(Date.now())}`
  const answer = await upload(centre, accountant, csvOf(lines), { query: covers })
  assert.equal(answer.status, 200, answer.text)
  const { opened, state, statement } = answer.body.data
  assert.deepEqual([state, opened, statement.operations], ['read', 4, 4])
  const verdicts = Object.fromEntries(
    statement.verdicts.map((row: { verdict: string; operations: number }) => [
      row.verdict,
      row.operations,
    ]),
  )
  assert.deepEqual(verdicts, { matched: 1, different: 2, missing_here: 1 })

  const [outside] = await desk('outside')
  assert.equal(outside.kind, 'sale_outside')
  assert.match(outside.known[0], /продажа № 777000777 на 555\u00a0₸/)
  const entries = await desk('statements')
  const kinds = entries.map(({ kind }: { kind: string }) => kind).sort()
  assert.deepEqual(kinds, ['missing_there', 'statement_differs', 'statement_differs'])
  const known = entries.flatMap((entry: { known: string[] }) => entry.known).join('\n')
  assert.match(known, /Сумма другая: здесь 1\u00a0020,10\u00a0₸|Сумма другая: здесь 1\u00a0021/)
  assert.match(known, /Продукт другой: здесь kaspi_gold, в выписке kaspi_red/)
  assert.match(known, /Деньги получены .*, а в выписке за это время их нет/)

  for (const wrong of ['&date_from=2020-01-01&date_to=2099-12-31', '&date_to=2020-01-01']) {
    assert.equal(
      (await upload(centre, accountant, csvOf([stranger]), { query: wrong })).status,
      400,
    )
  }
  const again = await upload(centre, accountant, csvOf(lines), { query: covers })
  assert.deepEqual(
    [again.body.data.state, again.body.data.statement.id],
    ['repeated', statement.id],
  )
  const listed = await accountant.call(
    'GET',
    `/api/admin/statements/${statement.id}/operations?verdict=missing_here`,
  )
  assert.deepEqual(
    listed.body.data.operations.map(({ number }: { number: string }) => number),
    ['777000777'],
  )
  // What waits because of it, and money of that time that the bank has not shown.
  assert.equal(listed.body.data.operations[0].entry_id, outside.id)
  const missing = await accountant.call(
    'GET',
    `/api/admin/statements/${statement.id}/missing-there`,
  )
  assert.deepEqual(
    missing.body.data.entries.map((entry: { transaction_id: string }) => entry.transaction_id),
    [transactionIdOf(four.id)],
  )
})

test('later evidence closes an entry by itself; a file that overlaps doubles nothing', async () => {
  const four = taken[3]
  assert.ok(four)
  const { body, status, text } = await upload(centre, accountant, csvOf([taken[0] ?? four, four]))
  assert.equal(status, 200, text)
  const { explained, opened, statement } = body.data
  assert.deepEqual([explained, opened, statement.repeated], [1, 0, 1])
  const kinds = (await desk('statements')).map(({ kind }: { kind: string }) => kind)
  assert.deepEqual(kinds, ['statement_differs', 'statement_differs'])
  const rows = await centre.sql('SELECT count(*)::integer AS count FROM bank_operations')
  assert.equal(rows[0].count, 5)
})

test('M14: the real fee and the payout are booked once, against the expected one, to zero', async () => {
  const [one, , , four] = taken
  assert.ok(one && four)
  const lines = [
    { ...one, fee: 1_500, payout: one.tiyn - 1_500 },
    { ...four, fee: 1_031, payout: four.tiyn - 1_031 },
  ]
  const first = await upload(centre, accountant, csvOf(lines))
  assert.deepEqual(
    [first.body.data.fees_booked, first.body.data.payouts_booked],
    [2, 2],
    first.text,
  )
  const later = lines.map((line) => ({ ...line, payout: line.payout - 1 }))
  const second = await upload(centre, accountant, csvOf(later))
  assert.deepEqual([second.body.data.fees_booked, second.body.data.payouts_booked], [0, 0])
  assert.deepEqual(await unbalanced(), [])
  assert.deepEqual((await checkFigures(centre.running.centre)).differences, [])
  const rows = await centre.sql(
    `SELECT account, sum(tiyn)::integer AS tiyn FROM postings WHERE attempt_id = $1
       AND account LIKE 'p%' GROUP BY account ORDER BY account`,
    [one.attemptId],
  )
  const books = Object.fromEntries(rows.map(({ account, tiyn }) => [account, tiyn]))
  assert.equal(books.provider_fee_expected + books.provider_fee_difference, 1_500)
  assert.equal(books.payout_received, one.tiyn - 1_500)
  assert.equal(books.provider_receivable, -one.tiyn, 'the bank owes nothing more of it')
  const differs = (await desk('statements')).filter(
    ({ attempt_id: attempt }: { attempt_id: string }) => attempt === one.attemptId,
  )
  assert.match(differs[0].known.join('. '), /Комиссия банка другая/)
})

test('a sale keyed past the centre names the payments that it may have been', async () => {
  const id = await centre.init(250_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome: 'decline' })
  await centre.until(id, 'failed')
  const at = Date.now()
  const charge = started.body.data.charge_amount
  const answer = await upload(centre, accountant, csvOf([{ at, number: '888', tiyn: charge }]))
  assert.equal(answer.body.data.opened, 1, answer.text)
  const [entry] = (await desk('outside')).slice(-1)
  assert.ok(entry.known.includes(`Похоже на попытки платежей: ${id}`), entry.known.join('\n'))

  // An operator settles it by that statement: the entry has nothing to wait for.
  const admin = await loginAs(centre, 'country_admin')
  const { body } = await admin.call('GET', `/api/admin/transactions/${id}`)
  const word = { evidence: 'Выписка, № 888', reason: 'Терминал сказал «отказ»' }
  const path = `/api/admin/transactions/${id}/attempts/${body.data.attempts[0].id}/resolve`
  const paid = { outcome: 'paid', amount: charge, payment_method: 'kaspi_gold', ...word }
  const resolved = await admin.call('POST', path, { ...paid, provider_transaction_id: '888' })
  assert.equal(resolved.status, 200, resolved.text)
  await reconcileAgain(centre.running.centre)
  const left = (await desk('outside')).filter(
    ({ id: entryId }: { id: number }) => entryId === entry.id,
  )
  assert.deepEqual(left, [])
})

test('T9: a second paid payment of one order, and the same sum twice in minutes, are found once', async () => {
  const phone = { customer_phone: '+77011234567' }
  const first = await pay(50_000, { external_id: 'T-500', ...phone })
  const second = await pay(60_000, { metadata: { order_id: 'T-500' } })
  const twice = [await pay(70_000, phone), await pay(70_000, phone)]
  for (let n = 0; n < 2; n += 1) await findDoubles(centre.running.centre)
  const found = (await desk('outside')).filter(({ kind }: { kind: string }) =>
    ['second_payment', 'possible_duplicate'].includes(kind),
  )
  const pairs = found.map((entry: { kind: string; transaction_id: string }) => [
    entry.kind,
    entry.transaction_id,
  ])
  assert.deepEqual(pairs.sort(), [
    ['possible_duplicate', twice[1]],
    ['second_payment', second],
  ])
  assert.match(
    found.map((entry: { known: string[] }) => entry.known[0]).join('\n'),
    new RegExp(first),
  )
})

test('a day: closed with its report, read again to the byte, closed again only with a reason', async () => {
  const yesterday = dayOf(Date.now() - DAY_MS)
  await centre.sql(`UPDATE captures SET at = at - interval '1 day'`)
  const close = (day: string, more: object = {}, staff = accountant) =>
    staff.call('POST', `/api/admin/days/${day}/close`, { system: 'kaspi', ...more })
  assert.equal((await close(dayOf(Date.now()))).body.code, 'day_not_over')
  const first = await close(yesterday)
  assert.equal(first.status, 200, first.text)
  const { report, report_sha256: hash, version } = first.body.data
  const [{ gross, count }] = await centre.sql(
    'SELECT sum(gross_tiyn)::integer AS gross, count(*)::integer AS count FROM captures',
  )
  assert.deepEqual([version, report.totals.captures, report.totals.gross], [1, count, gross])
  for (const by of ['by_method', 'by_terminal', 'by_source']) {
    const sum = report[by].reduce((total: number, line: { gross: number }) => total + line.gross, 0)
    assert.equal(sum, gross, by)
  }
  assert.equal(report.totals.real_fee, 1_500 + 1_031)
  assert.equal((await close(yesterday)).status, 400)
  assert.equal((await close(yesterday, { reason: 'Пришла поздняя выписка' })).body.data.version, 2)
  const path = `/api/admin/days/${yesterday}?system=kaspi`
  const old = await accountant.call('GET', `${path}&version=1`)
  assert.deepEqual([old.body.data.report, old.body.data.report_sha256], [report, hash])
  assert.equal((await accountant.call('GET', path)).body.data.version, 2)
  await assert.rejects(centre.sql(`UPDATE closed_days SET report = '{}'`), /append-only/)
  assert.equal((await verifyAudit(centre.running.centre)).kind, 'whole')
})

test('L4: statements, their operations and days of another country or system do not exist', async () => {
  const [statement] = (await accountant.call('GET', '/api/admin/statements')).body.data.statements
  const day = dayOf(Date.now() - DAY_MS)
  const strangers = [
    await loginAs(centre, 'accountant', { countries: ['UZ'] }),
    await loginAs(centre, 'accountant', { systems: [] }),
  ]
  for (const stranger of strangers) {
    const listed = await stranger.call('GET', '/api/admin/statements')
    assert.deepEqual(listed.body.data.statements, [])
    assert.deepEqual((await stranger.call('GET', '/api/admin/days')).body.data, [])
    assert.equal((await upload(centre, stranger, csvOf(taken))).status, 404)
    for (const path of [
      `/api/admin/statements/${statement.id}`,
      `/api/admin/statements/${statement.id}/operations`,
      `/api/admin/days/${day}?system=kaspi`,
    ]) {
      assert.equal((await stranger.call('GET', path)).status, 404, path)
    }
    const closed = await stranger.call('POST', `/api/admin/days/${day}/close`, {
      system: 'kaspi',
      reason: 'Чужое',
    })
    assert.equal(closed.status, 404)
  }
  const cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  assert.equal((await upload(centre, cashier, csvOf(taken))).status, 403)
  assert.equal((await upload(centre, { token: 'a.b.c' }, csvOf(taken))).status, 401)
})

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(ms)
}
