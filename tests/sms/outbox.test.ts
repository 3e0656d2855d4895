// The road of an SMS from the row beside its code to the gateway: once, in time, forgotten afterwards; and
// what an operator sees of it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  MOBIZON_KEY,
  type Simulator,
  SMSC_ACCOUNT,
  startSimulator,
} from '../../packages/simulator/src/index.ts'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { addStaff, loginAs } from '../support/staff.ts'
import { until } from '../support/until.ts'

const LIMITS = { connectMs: 1_000, callMs: 1_000 }
let simulator: Simulator
let centre: TestCentre

before(async () => {
  simulator = await startSimulator({ terminals: 1 })
  centre = await startTestCentre({ simulator, env: smsc(), sms: LIMITS })
})
after(async () => {
  await centre.stop()
  await simulator.close()
})

function smsc(url = `${simulator.url}/sms/smsc`) {
  const { login, password } = SMSC_ACCOUNT
  return {
    BYFLY_SMS: 'smsc',
    BYFLY_SMSC_URL: url,
    BYFLY_SMSC_LOGIN: login,
    BYFLY_SMSC_PASSWORD: password,
  }
}

async function ask(phone: string, on = centre) {
  const answer = await fetch(`${on.url}/api/auth/send-code`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ phone }),
  })
  assert.equal(answer.status, 200, await answer.text())
}

async function textOf(adminId: number, on = centre) {
  const [row] = await on.sql('SELECT * FROM texts WHERE admin_id = $1 ORDER BY id DESC', [adminId])
  return row
}

/** Asks for a code and waits until its SMS has come to an end. */
async function sentTo(role: 'cashier' | 'accountant' = 'cashier') {
  const { id, phone } = await addStaff(centre, role)
  await ask(phone)
  await until(async () => (await textOf(id))?.ended_at !== null)
  return { id, phone, row: await textOf(id) }
}

test('the SMS goes out once, and its number and text are forgotten', async () => {
  const { phone, row } = await sentTo()
  const message = simulator.sms.messages.at(-1)
  assert.equal(message?.to, phone)
  assert.match(message?.text ?? '', /^ByFly Pay: код для входа \d{6}\. Никому его не сообщайте\.$/)
  assert.ok((message?.text ?? '').length <= 70, 'одна SMS кириллицей')
  assert.deepEqual(
    [row.state, row.tries, row.provider, row.provider_id, row.fault],
    ['accepted', 1, 'smsc', String(message?.id), null],
  )
  assert.deepEqual([row.sealed_to, row.sealed_text], [null, null])
})

test('a refusal is final and tells the operator what to do', async () => {
  const calls = simulator.sms.callsOf('smsc')
  simulator.sms.arm('smsc', { fault: 'error', code: 3, times: 1, accepts: false })
  const { id, row } = await sentTo()
  assert.deepEqual([row.state, row.fault, row.provider_word], ['refused', 'no_money', 'no money'])
  const boss = await loginAs(centre, 'super_admin')
  const { data } = (await boss.call('GET', '/api/admin/texts?limit=1')).body
  const [shown] = data.texts
  assert.equal(shown.admin_id, id)
  assert.equal(shown.reason, 'no_money')
  assert.equal(shown.advice, 'На счёте у шлюза кончились деньги: пополните его.')
  assert.match(shown.phone, /^\+7\d\d•••\d\d$/)
  assert.ok(!('text' in shown))
  const older = await boss.call('GET', `/api/admin/texts?limit=1&cursor=${data.next_cursor}`)
  assert.notEqual(older.body.data.texts[0].id, shown.id)
  const account = (await boss.call('GET', '/api/admin/sms')).body.data
  assert.deepEqual(
    [account.provider, account.balance, account.balance_fault, account.last_fault.id],
    ['smsc', '1540.25', null, shown.id],
  )
  assert.equal(simulator.sms.callsOf('smsc'), calls + 1)
  for (const path of ['/api/admin/texts', '/api/admin/sms']) {
    assert.equal((await (await loginAs(centre, 'country_admin')).call('GET', path)).status, 403)
    assert.equal((await centre.call('GET', path)).status, 401)
  }
  for (const query of ['limit=0', 'limit=1001', 'cursor=x']) {
    assert.equal((await boss.call('GET', `/api/admin/texts?${query}`)).status, 400, query)
  }
})

test('what may have been taken is not sent again: hang, half, garbage, 500, error 9', async () => {
  for (const fault of ['hang', 'half', 'garbage', 'http_500'] as const) {
    const calls = simulator.sms.callsOf('smsc')
    simulator.sms.arm('smsc', { fault, code: 1, times: 1, accepts: true })
    const { row } = await sentTo()
    assert.deepEqual([row.state, row.tries], ['unknown', 1], fault)
    assert.equal(simulator.sms.callsOf('smsc'), calls + 1, fault)
  }
  simulator.sms.arm('smsc', { fault: 'error', code: 9, times: 1, accepts: false })
  const { row } = await sentTo()
  assert.deepEqual([row.state, row.fault, row.tries], ['unknown', 'repeated', 1])
})

test('what certainly reached nobody is sent again, until somebody is there', async () => {
  const gateway = await startSimulator({ terminals: 1 })
  const port = Number(new URL(gateway.url).port)
  await gateway.close()
  const lonely = await startTestCentre({
    simulator,
    sms: LIMITS,
    env: smsc(`http://127.0.0.1:${port}/sms/smsc`),
  })
  let back: Simulator | null = null
  try {
    const { id, phone } = await addStaff(lonely, 'cashier')
    await ask(phone, lonely)
    await until(async () => (await textOf(id, lonely))?.fault === 'not_connected')
    back = await startSimulator({ terminals: 1, port })
    await until(async () => (await textOf(id, lonely))?.ended_at !== null)
    const row = await textOf(id, lonely)
    assert.deepEqual([row.state, row.fault], ['accepted', null])
    assert.ok(row.tries >= 2)
    assert.equal(back.sms.messages.length, 1)
  } finally {
    await lonely.stop()
    await back?.close()
  }
})

test('late, replaced and interrupted ones end without being sent', async () => {
  // Nobody listens there: a text waits two seconds after its first try, and stands still meanwhile.
  const idle = await startTestCentre({
    simulator,
    sms: LIMITS,
    env: smsc('http://127.0.0.1:9'),
  })
  const waits = async (id: number) => {
    const row = await textOf(id, idle)
    return row?.state === 'waiting' && row.fault === 'not_connected'
  }
  const { texts } = idle.running.centre.storage
  try {
    const { id, phone } = await addStaff(idle, 'cashier')
    await ask(phone, idle)
    await until(() => waits(id))
    const [sealed] = await idle.sql('SELECT sealed_to, sealed_text FROM texts')
    assert.ok(!sealed.sealed_to.includes(phone) && !sealed.sealed_text.includes('ByFly'))
    await idle.sql(`UPDATE login_phones SET sent_at = sent_at - interval '61 seconds'`)
    await ask(phone, idle)
    const states = await idle.sql('SELECT state FROM texts ORDER BY id')
    assert.equal(states[0].state, 'superseded')

    await idle.sql(
      `UPDATE texts SET expires_at = centre_now(), next_at = centre_now(), state = 'waiting',
         sending_since = NULL
       WHERE ended_at IS NULL`,
    )
    const { tries } = await textOf(id, idle)
    await texts.closeOverdue()
    const late = await textOf(id, idle)
    assert.deepEqual([late.state, late.tries, late.sealed_text], ['expired', tries, null])

    const other = await addStaff(idle, 'cashier')
    await ask(other.phone, idle)
    await until(() => waits(other.id))
    await idle.sql(
      `UPDATE texts SET state = 'sending', next_at = NULL,
         sending_since = centre_now() - interval '2 minutes'
       WHERE ended_at IS NULL`,
    )
    await texts.closeOverdue()
    const cut = await textOf(other.id, idle)
    assert.deepEqual([cut.state, cut.fault, cut.sealed_to], ['unknown', 'interrupted', null])
  } finally {
    await idle.stop()
  }
})

const run = (env: Record<string, string>, ...words: string[]) => byfly(centre.database, words, env)

test('the command line: who sends, what is left, and one SMS to see', async () => {
  const status = await run(smsc(), 'sms', 'status')
  assert.equal(status.code, 0, status.out)
  assert.match(status.out, /smsc[\s\S]*1540\.25/)
  const sent = await run(smsc(), 'sms', 'test', '+7 701 222 33 44')
  assert.equal(sent.code, 0, sent.out)
  assert.equal(simulator.sms.messages.at(-1)?.to, '+77012223344')
  const mobizon = {
    BYFLY_SMS: 'mobizon',
    BYFLY_MOBIZON_URL: `${simulator.url}/sms/mobizon`,
    BYFLY_MOBIZON_KEY: MOBIZON_KEY,
  }
  assert.match((await run(mobizon, 'sms', 'status')).out, /4043\.0656 KZT/)
  const wrong = { ...mobizon, BYFLY_MOBIZON_KEY: 'nobody’s' }
  const refused = await run(wrong, 'sms', 'test', '+77012223344')
  assert.equal(refused.code, 1)
  assert.match(refused.out, /Access denied/)
  const silent = await run({ BYFLY_SMS: 'none' }, 'sms', 'status')
  assert.match(silent.out, /задайте BYFLY_SMS/)
  assert.equal((await run(smsc(), 'sms', 'test', 'abc')).code, 1)
})

test('the command line lets somebody in again whose tries or app are lost', async () => {
  const { id, phone } = await addStaff(centre, 'cashier')
  const free = await run(smsc(), 'login', 'unlock', phone)
  assert.equal(free.code, 0, free.out)
  await ask(phone)
  const unlocked = await run(smsc(), 'login', 'unlock', phone)
  assert.match(unlocked.out, /Готово/)
  await ask(phone)
  const reset = await run(smsc(), 'login', 'reset-second-factor', phone)
  assert.match(reset.out, /не был включён/)
  assert.equal((await run(smsc(), 'login', 'unlock', '+77770000001')).code, 1)
  const lines = await centre.sql(
    `SELECT actor_kind, action, target_id FROM audit_log WHERE action = 'login.unlocked'`,
  )
  assert.deepEqual(lines, [{ actor_kind: 'cli', action: 'login.unlocked', target_id: String(id) }])
})
