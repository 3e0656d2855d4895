// A registration over HTTP: it waits for the tap on the screen, one at a time, and says what came
// of it and what to do. A certificate is trusted by a person's word.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const ASKING = [{ camera: 'json', https: {}, protection: true, permission: 'ask' }] as const

const open: TestCentre[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

async function world(options: TestCentreOptions = {}) {
  const centre = await startTestCentre({
    terminals: ASKING,
    terminal: { tls: 'pinned' },
    timing: { registerMs: 20 },
    ...options,
  })
  open.push(centre)
  const staff = await loginAs(centre, 'country_admin')
  return { centre, staff, terminal: centre.simulator.terminal(1) }
}

function register(staff: TestStaff, body: unknown = {}) {
  return staff.call('POST', '/api/admin/terminals/1/register', body)
}

function trust(staff: TestStaff) {
  return staff.call('POST', '/api/admin/terminals/1/trust-certificate')
}

function lines(centre: TestCentre, action: string) {
  return centre.sql('SELECT facts FROM audit_log WHERE action = $1 ORDER BY seq', [action])
}

test('waits for the tap; a second one is refused meanwhile, on another instance too', async () => {
  const { centre, staff, terminal } = await world()
  const { database, simulator } = centre
  const second = await startTestCentre({ database, simulator })
  open.unshift(second)
  const elsewhere = await loginAs({ ...second }, 'country_admin')
  const registering = register(staff, { name: 'Касса центра' })
  await until(async () => terminal.screen().state === 'asks_permission')
  for (const other of [staff, elsewhere]) {
    const refused = await register(other)
    assert.deepEqual([refused.status, refused.body.code], [400, 'registration_in_progress'])
  }
  terminal.press('allow')
  const answer = await registering
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body.data, {
    outcome: 'registered',
    message: 'Терминал зарегистрирован, токен сохранён и обновляется сам',
    cure: null,
  })
  const one = (await staff.call('GET', '/api/admin/terminals/1')).body.data
  assert.equal(one.registered_name, 'Касса центра')
  assert.ok(Date.parse(one.token_expires_at_utc) > Date.now())
  assert.equal(one.certificate_fingerprint, terminal.certificateFingerprint)
  assert.deepEqual(await lines(centre, 'terminal.registered'), [
    { facts: { name: 'Касса центра' } },
  ])
  assert.deepEqual(await centre.sql("SELECT FROM leases WHERE name LIKE 'register%'"), [])
})

test('every other outcome says what to do, and writes nothing', async () => {
  const { centre, staff, terminal } = await world()
  const registering = register(staff)
  await until(async () => terminal.screen().state === 'asks_permission')
  terminal.press('forbid')
  const refused = (await registering).body.data
  assert.equal(refused.outcome, 'refused')
  assert.match(refused.cure, /«Запретить»/)

  terminal.armFault({ fault: 'refuse_code', on: 'register', code: 107 })
  assert.equal((await register(staff)).body.data.outcome, 'busy')
  terminal.armFault({ fault: 'request_lost', on: 'register' })
  const silent = (await register(staff)).body.data
  assert.equal(silent.outcome, 'no_answer')
  assert.match(silent.cure, /«Разрешить»/)
  await terminal.changeCertificate()
  const changed = (await register(staff)).body.data
  assert.equal(changed.outcome, 'certificate_changed')
  assert.match(changed.cure, /подтвердите/)
  terminal.armFault({ fault: 'refuse_connection', closed_ms: 60_000 })
  assert.equal((await register(staff)).body.data.outcome, 'not_connected')
  assert.deepEqual(await lines(centre, 'terminal.registered'), [])
  assert.equal((await centre.sql('SELECT FROM terminals WHERE registered_name IS NULL')).length, 1)
})

test('a name that a terminal cannot show is refused before it is asked', async () => {
  const { staff, terminal } = await world()
  for (const name of ['', '!', 'a&b', 'я'.repeat(65), 7]) {
    const answer = await register(staff, { name })
    assert.equal(answer.status, 400, String(name))
    assert.deepEqual(Object.keys(answer.body.errors), ['name'])
  }
  assert.notEqual(terminal.screen().state, 'asks_permission')
})

test('a tap is kept although nobody waits for its outcome any more', async () => {
  const { centre, staff, terminal } = await world()
  const gone = new AbortController()
  const url = `${centre.url}/api/admin/terminals/1/register`
  const headers = { Authorization: `Bearer ${staff.token}`, 'Content-Type': 'application/json' }
  const call = fetch(url, { method: 'POST', headers, body: '{}', signal: gone.signal })
  await until(async () => terminal.screen().state === 'asks_permission')
  gone.abort()
  await assert.rejects(call)
  terminal.press('allow')
  await until(async () => (await lines(centre, 'terminal.registered')).length === 1)
  assert.equal(terminal.registeredNames().length, 1)
})

test('a certificate is trusted by a person’s word, and the audit has both', async () => {
  const { centre, staff, terminal } = await world({ terminals: [{ camera: 'json', https: {} }] })
  const first = (await trust(staff)).body.data
  const before = terminal.certificateFingerprint
  assert.deepEqual([first.outcome, first.fingerprint], ['trusted', before])
  await terminal.changeCertificate()
  const status = await staff.call('GET', '/api/admin/terminals/1/status')
  assert.equal(status.body.data.status, 'error')
  const again = (await trust(staff)).body.data
  const after = terminal.certificateFingerprint
  assert.equal(again.fingerprint, after)
  assert.deepEqual(await lines(centre, 'terminal.certificate_trusted'), [
    { facts: { fingerprint: { before: null, after: before } } },
    { facts: { fingerprint: { before, after } } },
  ])
  assert.deepEqual(await centre.sql('SELECT FROM tasks WHERE closed_at IS NULL'), [])
})

test('a terminal without a certificate has none to trust', async () => {
  const { centre, staff } = await world({ terminals: [{ camera: 'json' }] })
  const { cure, fingerprint, outcome } = (await trust(staff)).body.data
  assert.deepEqual([outcome, fingerprint], ['no_certificate', null])
  assert.match(cure, /https/)
  assert.deepEqual(await lines(centre, 'terminal.certificate_trusted'), [])
})
