// Desks over real HTTP: what waits for a person, who may see it and work at it, and what is told of it
// afterwards (L4, I13, I15).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAudit } from '../../packages/server/src/accounts/verify-audit.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
let admin: TestStaff
let accountant: TestStaff

before(async () => {
  centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    limits: { quarantineMs: 60_000 },
  })
  admin = await loginAs(centre, 'country_admin')
  accountant = await loginAs(centre, 'accountant')
})
after(() => centre.stop())

async function desk(name: string, query = '', staff = admin) {
  const answer = await staff.call('GET', `/api/admin/desks/${name}${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

function work(id: number, what: string, body?: object, staff = admin) {
  return staff.call('POST', `/api/admin/desk-entries/${id}/${what}`, body)
}

/** A payment with money that came after its cancel would take minutes: its entry alone is enough here. */
async function entryAbout(kind: string): Promise<number> {
  const id = await centre.init(100_000)
  const [row] = await centre.sql(
    `INSERT INTO tasks (kind, payment_id, source_id, opened_at)
     VALUES ($1, $2, $3, now() - interval '90 minutes') RETURNING id`,
    [kind, uuidOf(id), centre.source.id],
  )
  return Number(row.id)
}

test('an unread sum lies on its desk until its attempt is resolved, and cannot be closed away', async () => {
  centre.simulator.terminal(1).armFault({ fault: 'unreadable_sum' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => (await desk('unknown_results')).entries.length === 1)
  const [entry] = (await desk('unknown_results')).entries
  assert.deepEqual([entry.kind, entry.transaction_id], ['settle_by_hand', id])
  assert.match(entry.known.join('. '), /на 1\u00a0000\u00a0₸\. Денег по нему пока не получено/)
  assert.match(entry.known[0], /^Почему: оплата прошла, но сумму прочитать не удалось$/)
  assert.deepEqual(entry.actions, ['take', 'assign', 'note', 'resolve_attempt'])
  const refused = await work(entry.id, 'close', { reason: 'Надоело' })
  assert.deepEqual([refused.status, refused.body.code], [400, 'entry_not_closable'])
  const word = { evidence: 'Чек на бумаге', reason: 'Сумма не читается' }
  const path = `/api/admin/transactions/${id}/attempts/${entry.attempt_id}/resolve`
  const paid = { outcome: 'paid', amount: 101_000, payment_method: 'kaspi_gold', ...word }
  assert.equal((await admin.call('POST', path, paid)).status, 200)
  assert.deepEqual((await desk('unknown_results')).entries, [])
  const [closed] = (await desk('unknown_results', '?state=closed')).entries
  assert.deepEqual([closed.id, closed.closed_by, closed.actions], [entry.id, null, ['note']])
})

test('what a terminal said of a process that it had forgotten waits there with its words', async () => {
  const id = await centre.init(200_000)
  const started = await centre.kaspi(id)
  centre.simulator.terminal(1).armFault({ fault: 'refuse_code', on: 'status', code: 101 })
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  // Until the word comes, it lies there as a result that nobody knows.
  const heard = async () =>
    (await desk('unknown_results')).entries.find(
      ({ kind }: { kind: string }) => kind === 'settle_by_hand',
    )
  await until(async () => (await heard()) !== undefined)
  const entry = await heard()
  assert.equal(entry.transaction_id, id)
  const told =
    /мог отдать её номер другой\. Он сказал, что прошло 2\u00a0020\u00a0₸, операция банка № \d+$/
  assert.match(entry.known[0], told)
  const word = { evidence: 'Журнал терминала', reason: 'Терминал забывал операцию' }
  const path = `/api/admin/transactions/${id}/attempts/${entry.attempt_id}/resolve`
  const paid = { outcome: 'paid', amount: 202_000, payment_method: 'kaspi_gold', ...word }
  assert.equal((await admin.call('POST', path, paid)).status, 200)
  assert.deepEqual((await desk('unknown_results')).entries, [])
})

test('a terminal in quarantine is an entry until it is ended; once for each time', async () => {
  const lines = ['now()', "now() + interval '1 hour'", 'NULL', 'now()']
  for (const until of lines) {
    await centre.sql(
      `UPDATE terminals SET quarantined_until = ${until}, quarantine_reason = 'terminal_busy'`,
    )
  }
  const { entries } = await desk('terminals')
  assert.deepEqual([entries.length, entries[0].kind], [1, 'quarantined'])
  assert.match(entries[0].known[0], /шла операция, начатая не центром/)
  assert.ok(entries[0].actions.includes('resolve_quarantine'))
  const rows = await centre.sql(`SELECT closed_at FROM tasks WHERE kind = 'quarantined'`)
  assert.equal(rows.length, 2)
  const accountants = (await desk('terminals', '', accountant)).entries[0]
  assert.deepEqual(accountants.actions, [])
  assert.equal((await work(accountants.id, 'take', undefined, accountant)).status, 403)
  await centre.sql('UPDATE terminals SET quarantined_until = NULL, quarantine_reason = NULL')
  assert.deepEqual((await desk('terminals')).entries, [])
})

test('taken, given, noted and closed with a reason: who did what and why is told', async () => {
  const id = await entryAbout('late_money')
  assert.equal((await work(id, 'take')).status, 200)
  assert.equal((await desk('late_money', '?assignee=me')).entries[0].assignee_id, admin.id)
  assert.deepEqual((await desk('late_money', '?assignee=nobody')).entries, [])
  const other = await loginAs(centre, 'country_admin')
  assert.equal((await work(id, 'assign', { admin_id: other.id })).status, 200)
  const stranger = await loginAs(centre, 'country_admin', { countries: ['UZ'] })
  for (const wrong of [accountant.id, stranger.id, 1_000_000]) {
    const refused = await work(id, 'assign', { admin_id: wrong })
    assert.deepEqual([refused.status, Object.keys(refused.body.errors)], [400, ['admin_id']])
  }
  assert.equal((await work(id, 'note', { text: 'Клиент ждёт звонка' }, other)).status, 200)
  assert.equal((await work(id, 'close', { reason: 'Деньги вернули наличными' }, other)).status, 200)
  const again = await work(id, 'close', { reason: 'Ещё раз' })
  assert.deepEqual([again.status, again.body.code], [400, 'entry_closed'])
  const { body } = await admin.call('GET', `/api/admin/desk-entries/${id}`)
  const { history } = body.data
  assert.deepEqual(
    history.map(({ what, text }: { what: string; text: string | null }) => [what, text]),
    [
      ['desk_entry.assigned', null],
      ['desk_entry.assigned', null],
      ['desk_entry.noted', 'Клиент ждёт звонка'],
      ['desk_entry.closed', 'Деньги вернули наличными'],
    ],
  )
  assert.equal(body.data.close_reason, 'Деньги вернули наличными')
  assert.ok(body.data.age_seconds >= 5_400)
  assert.equal((await verifyAudit(centre.running.centre)).kind, 'whole')
})

test('L4: outside the scope an entry does not exist: lists, counts, by number', async () => {
  const id = await entryAbout('overpaid')
  const strangers = [
    await loginAs(centre, 'country_admin', { countries: ['UZ'] }),
    await loginAs(centre, 'country_admin', { countries: [] }),
  ]
  for (const stranger of strangers) {
    assert.deepEqual((await desk('overpaid', '', stranger)).entries, [])
    const counts = (await stranger.call('GET', '/api/admin/desks')).body.data.desks
    assert.ok(counts.every(({ open }: { open: number }) => open === 0))
    assert.equal((await stranger.call('GET', `/api/admin/desk-entries/${id}`)).status, 404)
    assert.equal((await work(id, 'close', { reason: 'Чужое' }, stranger)).status, 404)
  }
  const counts = (await admin.call('GET', '/api/admin/desks')).body.data.desks
  const overpaid = counts.find((count: { desk: string }) => count.desk === 'overpaid')
  assert.deepEqual([overpaid.open, overpaid.unassigned], [1, 1])
  assert.ok(overpaid.oldest_age_seconds >= 5_400)
})

test('pages: every entry once, the oldest first; attacks on texts and paths', async () => {
  const ids = []
  for (let n = 0; n < 5; n += 1) ids.push(await entryAbout('refund_due'))
  const met: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
    const page = await desk('refunds', query)
    met.push(...page.entries.map((entry: { id: number }) => entry.id))
    cursor = page.next_cursor
  }
  assert.deepEqual(met, ids)
  const [id = 0] = ids
  for (const text of ['4111 1111 1111 1111', 'a\u202eb', ' ', 'x'.repeat(2_001)]) {
    assert.equal((await work(id, 'note', { text })).status, 400, text)
  }
  for (const path of ['desks/none', 'desk-entries/0', "desk-entries/1'--"]) {
    assert.equal((await admin.call('GET', `/api/admin/${path}`)).status, 404, path)
  }
  assert.equal((await admin.call('GET', '/api/admin/desks/refunds?limit=1001')).status, 400)
  const cashier = await loginAs(centre, 'cashier', { sources: [centre.source.id] })
  assert.equal((await cashier.call('GET', '/api/admin/desks')).status, 403)
  assert.equal((await centre.call('GET', '/api/admin/desks')).status, 401)
})

function uuidOf(id: string): string {
  return id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
