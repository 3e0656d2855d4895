// The live status of a terminal (T6): one word for each state, always 200, and the payment on it
// only for whom it exists.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const open: TestCentre[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

async function world(options: TestCentreOptions = {}) {
  const centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    provider: { limits: { checkMs: 800 } },
    ...options,
  })
  open.push(centre)
  return { centre, root: await loginAs(centre, 'super_admin') }
}

async function statusOf(staff: TestStaff, id = 1) {
  const answer = await staff.call('GET', `/api/admin/terminals/${id}/status`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

async function listed(staff: TestStaff, id = 1) {
  const { body } = await staff.call('GET', '/api/admin/terminals')
  return body.data.find((terminal: { id: number }) => terminal.id === id)
}

test('T6: online, with exactly the decided fields', async () => {
  const { centre, root } = await world()
  const { last_check: at, last_check_utc: utc, latency_ms: latency, ...rest } = await statusOf(root)
  assert.match(at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  assert.ok(Math.abs(Date.parse(utc) - Date.now()) < 60_000)
  assert.ok(Number.isInteger(latency) && latency >= 0)
  assert.deepEqual(rest, {
    id: 1,
    name: 'Терминал 1',
    status: 'online',
    is_busy: false,
    camera_ok: true,
    current_transaction_id: null,
    message: 'Терминал на связи; камера работает.',
  })
  const seen = await listed(root)
  assert.equal(seen.status, 'free')
  assert.ok(seen.last_seen_at_utc !== null)
  assert.deepEqual(await centre.sql("SELECT FROM audit_log WHERE target_kind = 'terminal'"), [])
})

test('T6: offline when nobody answers, at once or at all', async () => {
  const { centre, root } = await world({ terminals: [{ camera: 'none' }, { camera: 'json' }] })
  centre.simulator.terminal(1).armFault({ fault: 'no_answer', on: 'deviceinfo', times: 10 })
  centre.simulator.terminal(2).armFault({ fault: 'refuse_connection', closed_ms: 60_000 })
  centre.simulator.terminal(2).armFault({ fault: 'camera_down', times: 10 })
  const hanging = await statusOf(root, 1)
  assert.deepEqual([hanging.status, hanging.latency_ms, hanging.camera_ok], ['offline', null, null])
  const closed = await statusOf(root, 2)
  assert.deepEqual([closed.status, closed.latency_ms, closed.camera_ok], ['offline', null, false])
})

test('T6: what outlasts the look, an exchange of tokens, is not waited for', async () => {
  const { centre, root } = await world({
    terminals: [{ camera: 'json', https: {}, protection: true }],
    terminal: { tls: 'pinned' },
    timing: { registerMs: 20 },
    provider: { limits: { refreshMs: 7_000 } },
  })
  assert.equal((await root.call('POST', '/api/admin/terminals/1/register', {})).status, 200)
  const terminal = centre.simulator.terminal(1)
  terminal.expireTokens()
  terminal.armFault({ fault: 'no_answer', on: 'revoke' })
  const status = await statusOf(root)
  assert.deepEqual([status.status, status.latency_ms], ['offline', null])
  assert.equal(status.message, 'Терминал не ответил за 5 секунд.')
})

test('T6: an error when the terminal answers and cannot work', async () => {
  const { centre, root } = await world()
  const terminal = centre.simulator.terminal(1)
  for (const [fault, sentence] of [
    [{ fault: 'refuse_code', on: 'deviceinfo', code: 100 }, /нет интернета/],
    [{ fault: 'refuse_code', on: 'deviceinfo', code: 105 }, /об ошибке/],
    [{ fault: 'http_error', on: 'deviceinfo', http_status: 502, times: 2 }, /не терминал Kaspi/],
  ] as const) {
    terminal.armFault(fault)
    const status = await statusOf(root)
    assert.equal(status.status, 'error', status.message)
    assert.match(status.message, sentence)
    terminal.clearFaults()
  }
  assert.equal((await statusOf(root)).status, 'online')
})

test('T6: an error while a person has to act, in the list too', async () => {
  const { root } = await world({ terminals: [{ camera: 'json', https: {}, protection: true }] })
  const untrusted = await statusOf(root)
  assert.equal(untrusted.status, 'error')
  assert.match(untrusted.message, /pinned/)
  await root.call('PUT', '/api/admin/terminals/1', { tls: 'insecure' })
  assert.match((await statusOf(root)).message, /сертификат не проверяется/)
  await root.call('PUT', '/api/admin/terminals/1', { tls: 'pinned' })
  const unknown = await statusOf(root)
  assert.equal(unknown.status, 'error')
  assert.match(unknown.message, /зарегистрируйте/)
  const { status, trouble, trouble_since: since } = await listed(root)
  assert.deepEqual([status, trouble], ['error', 'not_registered'])
  assert.ok(since !== null)
})

test('T6: busy, without a word to the device, and the payment only for whom it exists', async () => {
  const { centre, root } = await world()
  const id = await centre.init(1_000_000)
  assert.equal((await centre.kaspi(id)).status, 200)
  const terminal = centre.simulator.terminal(1)
  terminal.armFault({ fault: 'refuse_code', on: 'deviceinfo' })
  const other = await centre.addSource()
  const viewers: [TestStaff, string | null][] = [
    [root, id],
    [await loginAs(centre, 'country_admin', { countries: ['KZ'] }), id],
    [await loginAs(centre, 'cashier', { sources: [centre.source.id] }), id],
    [await loginAs(centre, 'cashier', { sources: [other.id] }), null],
  ]
  for (const [staff, seen] of viewers) {
    const status = await statusOf(staff)
    assert.equal(status.status, 'busy')
    assert.equal(status.is_busy, true)
    assert.equal(status.camera_ok, true)
    assert.ok(status.latency_ms !== null)
    assert.equal(status.current_transaction_id, seen)
    assert.equal(status.message, 'Идёт операция. Терминал на связи.')
    const row = await listed(staff)
    assert.deepEqual([row.status, row.current_transaction_id], ['busy', seen])
  }
  assert.equal(terminal.faults.list().length, 1, 'deviceinfo was asked')
})

test('S6a, T6: quarantined after a lost start, and after an operation that is not ours', async () => {
  const { centre, root } = await world({ terminals: [{ camera: 'json' }, { camera: 'json' }] })
  const first = centre.simulator.terminal(1)
  first.armFault({ fault: 'answer_lost' })
  const id = await centre.init(1_000_000)
  assert.equal((await centre.kaspi(id)).body.data.terminal_id, 2)
  const lost = await statusOf(root)
  assert.deepEqual([lost.status, lost.is_busy], ['quarantined', true])
  assert.match(lost.message, /ответ на старт потерялся/)
  const row = await listed(root)
  assert.deepEqual([row.status, row.quarantine_reason], ['quarantined', 'start_lost'])

  const { centre: second, root: boss } = await world()
  second.simulator.terminal(1).keySale(500)
  const refused = await second.init(1_000_000)
  assert.equal((await second.kaspi(refused)).status, 503)
  const foreign = await statusOf(boss)
  assert.deepEqual([foreign.status, foreign.is_busy], ['quarantined', false])
  assert.match(foreign.message, /начал не центр/)
  const { quarantine_reason: reason, quarantined_until: end } = await listed(boss)
  assert.equal(reason, 'terminal_busy')
  assert.ok(end !== null)
})

test('S6, T6: quarantined while the result is unknown', async () => {
  const { centre, root } = await world()
  const id = await centre.init(1_000_000)
  assert.equal((await centre.kaspi(id)).status, 200)
  centre.simulator.terminal(1).reboot(0)
  await until(async () => {
    const [row] = await centre.sql("SELECT FROM attempts WHERE state = 'unknown'")
    return row !== undefined
  })
  const status = await statusOf(root)
  assert.equal(status.status, 'quarantined')
  assert.match(status.message, /результат операции неизвестен/)
  assert.equal(status.current_transaction_id, id)
})
