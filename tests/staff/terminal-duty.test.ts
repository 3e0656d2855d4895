// Out of the pool, back into it, out of quarantine: by a person's word, with a reason, in the
// audit. No word frees a terminal that carries an operation.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const WORDS = { reason: 'камера упала', evidence: 'на экране заставка, в журнале пусто' }

const open: TestCentre[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

async function world(options: TestCentreOptions = {}) {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }], ...options })
  open.push(centre)
  return {
    centre,
    staff: await loginAs(centre, 'country_admin'),
    first: centre.simulator.terminal(1),
  }
}

function post(staff: TestStaff, what: string, body: unknown = WORDS) {
  return staff.call('POST', `/api/admin/terminals/1/${what}`, body)
}

async function shown(staff: TestStaff) {
  return (await staff.call('GET', '/api/admin/terminals/1')).body.data
}

function auditOf(centre: TestCentre) {
  return centre.sql(
    `SELECT action, actor_name, facts FROM audit_log WHERE target_kind = 'terminal' ORDER BY seq`,
  )
}

async function startOf(centre: TestCentre) {
  const id = await centre.init(1_000_000)
  return { id, answer: await centre.kaspi(id) }
}

test('a terminal that is taken out takes nothing more, says who and why, and comes back', async () => {
  const { centre, staff } = await world()
  const out = await post(staff, 'take-out', { reason: ' камера упала ' })
  assert.deepEqual(out.body, { success: true, message: 'Терминал выведен из работы', data: null })
  const { is_active: isActive, status, taken_out: takenOut } = await shown(staff)
  assert.deepEqual([isActive, status], [true, 'taken_out'])
  const [{ name }] = await centre.sql('SELECT name FROM admins WHERE id = $1', [staff.id])
  assert.deepEqual([takenOut.by, takenOut.reason], [name, 'камера упала'])
  assert.ok(Math.abs(Date.parse(takenOut.at_utc) - Date.now()) < 60_000)
  const live = await staff.call('GET', '/api/admin/terminals/1/status')
  assert.equal(live.body.data.status, 'online')
  assert.match(live.body.data.message, /Выведен из работы\.$/)

  const refused = await startOf(centre)
  assert.equal(refused.answer.status, 503)
  assert.equal(refused.answer.body.code, 'terminals_unavailable')
  const inPerson = { payment_method: 'kaspi_gold', presence: 'in_person', terminal_id: 1 }
  assert.equal((await centre.kaspi(refused.id, inPerson)).status, 503)

  const again = await post(staff, 'take-out')
  assert.deepEqual([again.status, again.body.code], [400, 'already_taken_out'])
  const back = await post(staff, 'return', { reason: 'починили' })
  assert.deepEqual(back.body, { success: true, message: 'Терминал возвращен в работу', data: null })
  assert.equal((await shown(staff)).taken_out, null)
  const twice = await post(staff, 'return')
  assert.deepEqual([twice.status, twice.body.code], [400, 'not_taken_out'])
  assert.equal((await startOf(centre)).answer.status, 200)
  assert.deepEqual(await auditOf(centre), [
    { action: 'terminal.taken_out', actor_name: name, facts: { reason: 'камера упала' } },
    {
      action: 'terminal.brought_back',
      actor_name: name,
      facts: { reason: 'починили', taken_out_by: name, taken_out_reason: 'камера упала' },
    },
  ])
})

test('what it carries when it is taken out goes on to its end', async () => {
  const { centre, staff } = await world()
  const { answer, id } = await startOf(centre)
  assert.equal((await post(staff, 'take-out')).status, 200)
  assert.equal((await shown(staff)).status, 'busy')
  centre.simulator.phone.scan({ qr: answer.body.data.qr_code })
  await centre.until(id, 'paid')
  assert.equal((await shown(staff)).status, 'taken_out')
})

test('S8: those in line wait for the terminals that work, and for no other', async () => {
  const { centre, staff } = await world({
    terminals: [{ camera: 'json' }, { camera: 'json' }],
    limits: { queueWaitMs: 200 },
  })
  assert.equal((await post(staff, 'take-out')).status, 200)
  assert.equal((await startOf(centre)).answer.body.data.terminal_id, 2)
  const queues = []
  for (let n = 0; n < 2; n += 1) queues.push((await startOf(centre)).answer.body.queue)
  assert.deepEqual(
    queues.map(({ position }) => position),
    [1, 2],
  )
  // One terminal works: the second in line waits twice as long as the first.
  // But for the moments that pass between their calls, and the middle of an hour of customers.
  const [first, second] = queues.map(({ eta_seconds: seconds }) => seconds)
  assert.ok(second >= 1.7 * first && second <= 2.1 * first, `${first} и ${second}`)
})

test('a reason is asked for, and evidence where money may hang on it', async () => {
  const { staff } = await world()
  for (const [what, body, field] of [
    ['take-out', {}, 'reason'],
    ['take-out', { reason: '   ' }, 'reason'],
    ['take-out', { reason: 'я'.repeat(501) }, 'reason'],
    ['return', {}, 'reason'],
    ['resolve-quarantine', { reason: 'x' }, 'evidence'],
    ['resolve-quarantine', { evidence: 'x' }, 'reason'],
  ] as const) {
    const answer = await post(staff, what, body)
    assert.equal(answer.status, 400, what)
    assert.deepEqual(Object.keys(answer.body.errors), [field])
  }
})

test('S6a: a lost start’s quarantine ends early through the one door, and the next start is the probe', async () => {
  const { centre, first, staff } = await world({
    terminals: [{ camera: 'json' }, { camera: 'json' }],
  })
  first.armFault({ fault: 'request_lost' })
  const { answer, id } = await startOf(centre)
  assert.equal(answer.body.data.terminal_id, 2)
  assert.equal((await shown(staff)).status, 'quarantined')
  const resolved = await post(staff, 'resolve-quarantine')
  assert.deepEqual(resolved.body, { success: true, message: 'Карантин снят', data: null })
  assert.equal((await shown(staff)).status, 'free')
  const [row] = await centre.sql(
    'SELECT needs_probe, quarantined_until, quarantine_reason FROM terminals WHERE id = 1',
  )
  assert.deepEqual(row, { needs_probe: true, quarantined_until: null, quarantine_reason: null })
  const [lost] = await centre.sql('SELECT id, state FROM attempts WHERE terminal_id = 1')
  assert.equal(lost.state, 'abandoned')
  assert.equal((await centre.sql('SELECT FROM reconciliation WHERE closed_at IS NULL')).length, 1)
  const [line] = await auditOf(centre)
  assert.equal(line.action, 'terminal.quarantine_resolved')
  assert.deepEqual(line.facts, { ...WORDS, quarantine: 'start_lost', attempt_id: lost.id })

  centre.simulator.phone.scan({ qr: answer.body.data.qr_code })
  await centre.until(id, 'paid')
  assert.equal((await post(staff, 'resolve-quarantine')).body.code, 'not_quarantined')
  await centre.sql('UPDATE terminals SET is_active = false WHERE id = 2')
  assert.equal((await startOf(centre)).answer.body.data.terminal_id, 1)
  assert.deepEqual(centre.simulator.journal.overlaps(), [])
})

test('rule 3: an operator who is mistaken costs nothing: the probe says so', async () => {
  const { centre, first, staff } = await world()
  first.keySale(500)
  assert.equal((await startOf(centre)).answer.status, 503)
  assert.equal((await shown(staff)).quarantine_reason, 'terminal_busy')
  assert.equal((await post(staff, 'resolve-quarantine')).status, 200)
  assert.equal((await shown(staff)).status, 'free')
  assert.equal((await startOf(centre)).answer.status, 503)
  assert.equal((await shown(staff)).status, 'quarantined')
  assert.deepEqual(centre.simulator.journal.overlaps(), [])
})

test('I1: a terminal with a live operation, or one of unknown end, is freed by nobody', async () => {
  const { centre, first, staff } = await world()
  const { id } = await startOf(centre)
  const states = () => centre.sql('SELECT state FROM attempts')
  const refused = await post(staff, 'resolve-quarantine')
  assert.deepEqual([refused.status, refused.body.code], [400, 'operation_running'])
  assert.deepEqual(await states(), [{ state: 'live' }])

  first.reboot(0)
  await until(async () => (await states())[0]?.state === 'unknown')
  assert.equal((await shown(staff)).status, 'quarantined')
  const unknown = await post(staff, 'resolve-quarantine')
  assert.deepEqual([unknown.status, unknown.body.code], [400, 'operation_running'])
  assert.deepEqual(await states(), [{ state: 'unknown' }])
  assert.equal((await centre.status(id)).status, 'processing')
  assert.deepEqual(await auditOf(centre), [])
})
