// The second factor: how one gets it, what a login asks for then, and that no code of it opens twice.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { freshAddress, type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, bearerClient, loginAs, type TestStaff } from '../support/staff.ts'

const STEP_MS = 30_000
const ROOM_MS = 10_000
let centre: LoginCentre

before(async () => {
  centre = await startLoginCentre()
})
after(() => centre.stop())

/** The code that the app shows, `steps` of its clock from now. */
function appCode(url: string, steps = 0): string {
  const secret = /secret=([A-Z2-7]+)/.exec(url)?.[1] ?? ''
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * STEP_MS })
}

function wrongFor(code: string): string {
  return code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`
}

/** Waits for the next step where this one is nearly over: a test of steps needs them to stand still. */
async function atStepWithRoom(): Promise<void> {
  const leftMs = STEP_MS - (Date.now() % STEP_MS)
  if (leftMs < ROOM_MS) await sleep(leftMs)
}

/** As if the codes that were taken so far had been taken long ago. */
function forgetSteps(id: number): Promise<unknown> {
  return centre.sql('UPDATE admin_totp SET last_step = last_step - 10 WHERE admin_id = $1', [id])
}

interface Enrolled {
  readonly staff: TestStaff
  readonly url: string
  readonly recoveryCodes: readonly string[]
}

async function enrolled(): Promise<Enrolled> {
  const staff = await loginAs(centre, 'accountant')
  const started = await staff.call('POST', '/api/auth/totp/start')
  assert.equal(started.status, 200, started.text)
  const url = started.body.data.otpauth_url
  const confirmed = await staff.call('POST', '/api/auth/totp/confirm', { totp: appCode(url) })
  assert.equal(confirmed.status, 200, confirmed.text)
  return { staff, url, recoveryCodes: confirmed.body.data.recovery_codes }
}

test('it is on once its first code was confirmed, with ten recovery codes shown once', async () => {
  const staff = await loginAs(centre, 'accountant')
  const early = await staff.call('POST', '/api/auth/totp/confirm', { totp: '000000' })
  assert.equal(early.body.code, 'second_factor_not_started')
  await staff.call('POST', '/api/auth/totp/start')
  const { data } = (await staff.call('POST', '/api/auth/totp/start')).body
  assert.match(data.secret, /^[A-Z2-7]{32}$/)
  assert.ok(data.otpauth_url.startsWith('otpauth://totp/ByFly%20Pay:'))
  const code = appCode(data.otpauth_url)
  const wrong = await staff.call('POST', '/api/auth/totp/confirm', { totp: wrongFor(code) })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'wrong_totp'])
  assert.equal((await staff.call('GET', '/api/auth/totp')).body.data.is_on, false)
  const right = await staff.call('POST', '/api/auth/totp/confirm', { totp: code })
  assert.equal(right.status, 200)
  const codes = right.body.data.recovery_codes
  assert.equal(new Set(codes).size, 10)
  for (const each of codes) assert.match(each, /^[0-9a-z]{5}-[0-9a-z]{5}$/)
  assert.deepEqual((await staff.call('GET', '/api/auth/totp')).body.data, {
    is_on: true,
    is_obligatory: false,
    recovery_codes_left: 10,
  })
  for (const path of ['start', 'confirm']) {
    const again = await staff.call('POST', `/api/auth/totp/${path}`, { totp: code })
    assert.equal(again.body.code, 'second_factor_on', path)
  }
  const kept = await centre.sql(
    `SELECT (SELECT json_agg(t) FROM admin_totp t)::text || (SELECT json_agg(c)
       FROM admin_recovery_codes c)::text || (SELECT json_agg(a) FROM audit_log a)::text AS text`,
  )
  for (const secret of [data.secret, ...codes]) assert.ok(!kept[0].text.includes(secret))
})

test('the code of the SMS waits for the second factor, and each try of it counts', async () => {
  const { staff, url } = await enrolled()
  await forgetSteps(staff.id)
  const { phone } = staff
  const code = await centre.codeFor(phone)
  const verify = (more: object) => centre.from(freshAddress())('verify', { phone, code, ...more })
  const asked = await verify({})
  assert.deepEqual([asked.status, asked.body.code], [401, 'second_factor_required'])
  const wrong = await verify({ totp: wrongFor(appCode(url)) })
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'wrong_second_factor'])
  const right = await verify({ totp: appCode(url) })
  assert.equal(right.status, 200, right.text)
  assert.equal((await verify({ totp: appCode(url, 1) })).status, 401, 'код SMS использован')
  const [line] = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'session.opened' AND target_id = $1`,
    [right.body.data.session_id],
  )
  assert.deepEqual(line.facts, { second_factor: 'totp' })

  await centre.letResend(phone)
  const next = await centre.codeFor(phone)
  for (let tries = 0; tries < 5; tries += 1) {
    const refused = await centre.from(freshAddress())('verify', {
      phone,
      code: next,
      totp: wrongFor(appCode(url)),
    })
    assert.equal(refused.body.code, 'wrong_second_factor')
  }
  await forgetSteps(staff.id)
  const late = await centre.from(freshAddress())('verify', {
    phone,
    code: next,
    totp: appCode(url),
  })
  assert.equal(late.body.code, 'wrong_login_code', 'пять попыток на код, с любым вторым фактором')
})

test('without the code of the SMS nobody learns that there is a second factor', async () => {
  const { staff, url } = await enrolled()
  await forgetSteps(staff.id)
  const { phone } = staff
  const code = await centre.codeFor(phone)
  for (const more of [{}, { totp: appCode(url) }, { totp: '000000' }, { recovery_code: 'x' }]) {
    const answer = await centre.from(freshAddress())('verify', {
      phone,
      code: wrongFor(code),
      ...more,
    })
    assert.equal(answer.body.code, 'wrong_login_code')
  }
})

test('a step of the app opens once, not even twice at a time; nor does an earlier one after it', async () => {
  await atStepWithRoom()
  const { staff, url } = await enrolled()
  const { phone } = staff
  const replayed = await centre.login(phone, { totp: appCode(url) })
  assert.equal(replayed.body.code, 'wrong_second_factor', 'этим кодом фактор включили')
  const ahead = await centre.login(phone, { totp: appCode(url, 1) })
  assert.equal(ahead.status, 200, ahead.text)
  const back = await centre.login(phone, { totp: appCode(url) })
  assert.equal(back.body.code, 'wrong_second_factor')
  const far = await centre.login(phone, { totp: appCode(url, 3) })
  assert.equal(far.body.code, 'wrong_second_factor', 'через шаг от соседнего — уже чужой')

  await forgetSteps(staff.id)
  await centre.letResend(phone)
  const code = await centre.codeFor(phone)
  const totp = appCode(url)
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => centre.from(freshAddress())('verify', { phone, code, totp })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401])
})

test('a recovery code opens once, however it is written', async () => {
  const { staff, recoveryCodes } = await enrolled()
  const [first = '', second = ''] = recoveryCodes
  const { phone } = staff
  const spelt = ` ${first.toUpperCase().replace('-', ' ').replaceAll('0', 'O')} `
  assert.equal((await centre.login(phone, { recovery_code: spelt })).status, 200)
  const again = await centre.login(phone, { recovery_code: first })
  assert.equal(again.body.code, 'wrong_second_factor')
  const foreign = await enrolled()
  const [theirs = ''] = foreign.recoveryCodes
  const stolen = await centre.login(phone, { recovery_code: theirs })
  assert.equal(stolen.body.code, 'wrong_second_factor', 'чужой код')
  assert.equal((await centre.login(phone, { recovery_code: second })).status, 200)
  assert.equal((await staff.call('GET', '/api/auth/totp')).body.data.recovery_codes_left, 8)
})

test('a session alone does not take it off, and ten guesses an hour are all there are', async () => {
  const { staff, url, recoveryCodes } = await enrolled()
  const disable = (body: object) => staff.call('POST', '/api/auth/totp/disable', body)
  assert.deepEqual((await disable({})).body.errors, { totp: 'Field is required' })
  await forgetSteps(staff.id)
  // The confirmation was the first of the ten.
  for (let tries = 1; tries < 10; tries += 1) {
    const { body } = await disable({ totp: wrongFor(appCode(url)) })
    assert.equal(body.code, 'wrong_totp')
  }
  assert.equal((await disable({ totp: appCode(url) })).status, 429)
  await centre.sql(`DELETE FROM login_budgets WHERE key LIKE 'second factor%'`)
  const off = await disable({ recovery_code: recoveryCodes[0] })
  assert.equal(off.status, 200, off.text)
  assert.equal((await disable({ recovery_code: recoveryCodes[1] })).body.code, 'second_factor_off')
  assert.equal((await centre.login(staff.phone)).status, 200, 'снова хватает SMS')
})

test('obligatory: whoever has none may get one, and nothing else', async () => {
  const boss = await loginAs(centre, 'super_admin')
  const cashier = await loginAs(centre, 'cashier')
  const path = `/api/admin/admins/${cashier.id}/second-factor`
  assert.equal((await cashier.call('PUT', path, { is_obligatory: true })).status, 403)
  assert.equal((await boss.call('PUT', path, { is_obligatory: 'yes' })).status, 400)
  const missing = '/api/admin/admins/999999/second-factor'
  assert.equal((await boss.call('PUT', missing, { is_obligatory: true })).status, 404)
  assert.equal((await boss.call('PUT', path, { is_obligatory: true })).status, 200)

  const me = await cashier.call('GET', '/api/admin/me')
  assert.deepEqual([me.status, me.body.code], [403, 'second_factor_setup_required'])
  assert.equal((await cashier.call('GET', '/api/auth/sessions')).status, 403)
  const login = await centre.login(cashier.phone)
  assert.equal(login.body.data.must_set_second_factor, true)
  const fresh = bearerClient(centre.url, login.body.data.token)
  assert.equal((await fresh('GET', '/api/admin/me')).status, 403)
  const { data } = (await fresh('POST', '/api/auth/totp/start')).body
  assert.equal((await fresh('GET', '/api/admin/me')).status, 403, 'секрет ещё не фактор')
  const totp = appCode(data.otpauth_url)
  assert.equal((await fresh('POST', '/api/auth/totp/confirm', { totp })).status, 200)
  assert.equal((await fresh('GET', '/api/admin/me')).status, 200)
  assert.equal((await fresh('GET', '/api/auth/totp')).body.data.is_obligatory, true)

  const standing = { is_on: true, is_obligatory: true, recovery_codes_left: 10 }
  assert.deepEqual((await boss.call('GET', path)).body.data, standing)
  assert.equal((await boss.call('GET', missing)).status, 404)
  assert.equal((await cashier.call('GET', path)).status, 403)
  assert.equal((await boss.call('DELETE', path)).status, 200)
  assert.equal((await boss.call('DELETE', path)).status, 404)
  assert.equal((await fresh('GET', '/api/admin/me')).status, 403, 'сброшен, а обязан')
})

test('obligatory for all: at once, for everybody, until it is not', async () => {
  const boss = await loginAs(centre, 'super_admin')
  const { staff: safe } = await enrolled()
  const path = '/api/admin/second-factor'
  assert.equal((await safe.call('GET', path)).status, 403)
  assert.deepEqual((await boss.call('GET', path)).body.data, { is_obligatory: false })
  assert.equal((await boss.call('PUT', path, { is_obligatory: true })).status, 200)
  try {
    assert.equal((await safe.call('GET', '/api/admin/me')).status, 200)
    assert.equal((await boss.call('GET', path)).status, 403, 'и для того, кто включил')
    const { data } = (await boss.call('POST', '/api/auth/totp/start')).body
    const totp = appCode(data.otpauth_url)
    await boss.call('POST', '/api/auth/totp/confirm', { totp })
  } finally {
    assert.equal((await boss.call('PUT', path, { is_obligatory: false })).status, 200)
  }
  const lines = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'settings.changed' ORDER BY seq`,
  )
  assert.deepEqual(
    lines.map(({ facts }) => facts.second_factor_for_all.after),
    [true, false],
  )
  const { phone } = await addStaff(centre, 'cashier')
  assert.equal((await centre.login(phone)).body.data.must_set_second_factor, false)
})
