// Logging in by SMS as documented, and what a session is afterwards (L1, L2, T3, T8).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshAddress, type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, bearerClient, loginAs } from '../support/staff.ts'

let centre: LoginCentre

before(async () => {
  centre = await startLoginCentre()
})
after(() => centre.stop())

test('send-code: the documented answer, byte for byte', async () => {
  const { phone } = await addStaff(centre, 'cashier')
  const answer = await centre.from(freshAddress())('send-code', { phone })
  assert.equal(answer.status, 200)
  assert.equal(answer.text, '{"success":true,"message":"SMS код отправлен","data":null}')
})

test('T3: without a phone the documented error, with only additive fields after it', async () => {
  const call = centre.from(freshAddress())
  for (const path of ['send-code', 'verify']) {
    for (const body of [{}, undefined, { phone: null }, { phone: '' }, { code: '123456' }]) {
      const { status, text } = await call(path, body)
      assert.equal(status, 400)
      const documented =
        '{"success":false,"message":"Номер телефона обязателен","errors":{"phone":"Field is required"}'
      assert.ok(text.startsWith(documented), text)
      assert.deepEqual(Object.keys(JSON.parse(text)).slice(3), ['code', 'request_id'])
    }
  }
})

test('verify: the documented fields in the documented order, the token begins with its type', async () => {
  const { id, phone } = await addStaff(centre, 'super_admin', { name: 'Айгерим' })
  const { status, body } = await centre.login(phone)
  assert.equal(status, 200)
  assert.equal(body.message, 'Авторизация успешна')
  const { data } = body
  assert.deepEqual(Object.keys(data).slice(0, 3), ['token', 'expires_at', 'admin'])
  assert.ok(data.token.startsWith('eyJ0eXAiOiJKV1Qi'))
  assert.deepEqual(Object.keys(data.admin).slice(0, 8), [
    'id',
    'phone',
    'name',
    'country_code',
    'country_name',
    'is_super_admin',
    'allowed_countries',
    'allowed_payment_systems',
  ])
  assert.deepEqual(
    [data.admin.id, data.admin.phone, data.admin.name, data.admin.is_super_admin],
    [id, phone, 'Айгерим', true],
  )
  assert.equal(data.must_set_second_factor, false)
  const [session] = await centre.sql(
    `SELECT extract(epoch FROM expires_at - created_at)::integer AS seconds,
       floor(extract(epoch FROM expires_at))::integer AS expires_at
     FROM admin_sessions WHERE id = $1`,
    [data.session_id],
  )
  assert.equal(session.seconds, 12 * 3_600)
  assert.equal(data.expires_at, session.expires_at)
  const me = await bearerClient(centre.url, data.token)('GET', '/api/admin/me')
  assert.equal(me.status, 200)
})

test('T8: one phone, however it is written; a text that is none is a fault of the field', async () => {
  const { phone } = await addStaff(centre, 'cashier', { phone: '+77011112233' })
  const spellings = ['87011112233', '7 701 111 22 33', '+7 (701) 111-22-33', phone]
  for (const spelling of spellings) {
    await centre.letResend(phone)
    const code = await centre.codeFor(phone)
    const { status } = await centre.from(freshAddress())('verify', { phone: spelling, code })
    assert.equal(status, 200, spelling)
  }
  for (const wrong of ['abc', '+7', '12345']) {
    const { body, status } = await centre.from(freshAddress())('send-code', { phone: wrong })
    assert.equal(status, 400)
    assert.deepEqual(body.errors, { phone: 'Must be a phone number' })
  }
  for (const code of [123456, '12345', '１２３４５６', '12345a', undefined]) {
    const { body, status } = await centre.from(freshAddress())('verify', { phone, code })
    assert.equal(status, 400)
    assert.deepEqual(Object.keys(body.errors), ['code'])
  }
})

test('L1: a code is used once, ends with the next one, and after five minutes', async () => {
  const { phone } = await addStaff(centre, 'cashier')
  const verify = (code: string) => centre.from(freshAddress())('verify', { phone, code })
  const first = await centre.codeFor(phone)
  assert.equal((await verify(first)).status, 200)
  const again = await verify(first)
  assert.equal(again.status, 401)
  assert.equal(again.body.code, 'wrong_login_code')

  await centre.letResend(phone)
  const second = await centre.codeFor(phone)
  await centre.letResend(phone)
  const third = await centre.codeFor(phone)
  if (second !== third) assert.equal((await verify(second)).status, 401)
  await centre.sql('UPDATE login_phones SET code_expires_at = centre_now()')
  assert.equal((await verify(third)).status, 401)
})

test('L1: five tries, then even the right code is wrong', async () => {
  const { phone } = await addStaff(centre, 'cashier')
  const code = await centre.codeFor(phone)
  const verify = (guess: string) => centre.from(freshAddress())('verify', { phone, code: guess })
  for (let tries = 0; tries < 5; tries += 1) {
    assert.equal((await verify(code === '000000' ? '000001' : '000000')).status, 401)
  }
  assert.equal((await verify(code)).status, 401)
})

test('L1: at least a minute between two codes, and the wait is told', async () => {
  const { phone } = await addStaff(centre, 'cashier')
  const call = centre.from(freshAddress())
  assert.equal((await call('send-code', { phone })).status, 200)
  const second = await call('send-code', { phone })
  assert.equal(second.status, 429)
  const wait = Number(second.headers.get('retry-after'))
  assert.ok(wait >= 1 && wait <= 60, String(wait))
})

test('A28: out is out at once; a session of another is nobody’s business but a super admin’s', async () => {
  const { id, phone } = await addStaff(centre, 'cashier')
  const { token } = (await centre.login(phone)).body.data
  const other = (await centre.login(phone)).body.data
  const own = bearerClient(centre.url, token)
  const listed = await own('GET', '/api/auth/sessions')
  assert.deepEqual(
    listed.body.data.map((row: { is_current: boolean }) => row.is_current),
    [false, true],
  )
  const stranger = await loginAs(centre, 'cashier')
  const boss = await loginAs(centre, 'super_admin')
  const path = `/api/auth/sessions/${other.session_id}`
  assert.equal((await stranger.call('DELETE', path)).status, 404)
  assert.equal((await boss.call('DELETE', path)).status, 404)
  const asAdmin = `/api/admin/admins/${id}/sessions`
  assert.equal((await stranger.call('GET', asAdmin)).status, 403)
  assert.equal((await bearerClient(centre.url, 'a.b.c')('GET', asAdmin)).status, 401)
  assert.equal((await boss.call('GET', '/api/admin/admins/999999/sessions')).status, 404)
  assert.equal((await boss.call('GET', asAdmin)).body.data.length, 2)
  assert.equal((await boss.call('DELETE', `${asAdmin}/${other.session_id}`)).status, 200)
  assert.equal((await boss.call('DELETE', `${asAdmin}/${other.session_id}`)).status, 404)
  assert.equal((await boss.call('DELETE', `${asAdmin}/nonsense`)).status, 404)
  const dead = bearerClient(centre.url, other.token)
  assert.equal((await dead('GET', '/api/admin/me')).status, 401)

  const out = await own('POST', '/api/auth/logout')
  assert.equal(out.text, '{"success":true,"message":"Вы вышли","data":null}')
  for (const [method, route] of [
    ['GET', '/api/admin/me'],
    ['GET', '/api/auth/sessions'],
    ['POST', '/api/auth/logout'],
  ] as const) {
    assert.equal((await own(method, route)).status, 401, route)
  }
  const lines = await centre.sql(
    `SELECT action FROM audit_log WHERE target_kind = 'session' AND facts ->> 'admin' = $1`,
    [String(id)],
  )
  assert.deepEqual(lines, [{ action: 'session.closed' }, { action: 'session.closed' }])
})

test('a blocked admin gets no code, and none that was on its way lets them in', async () => {
  const { id, phone } = await addStaff(centre, 'cashier')
  const code = await centre.codeFor(phone)
  await centre.sql('UPDATE admins SET is_active = false WHERE id = $1', [id])
  const { status } = await centre.from(freshAddress())('verify', { phone, code })
  assert.equal(status, 401)
  await centre.letResend(phone)
  assert.equal((await centre.from(freshAddress())('send-code', { phone })).status, 200)
  assert.equal((await centre.sql('SELECT FROM texts WHERE admin_id = $1', [id])).length, 1)
})

test('without a sender the centre is ready and says to the operator why nobody can log in', async () => {
  const mute = await startLoginCentre({ simulator: centre.simulator, env: { BYFLY_SMS: 'none' } })
  try {
    const { body, headers, status } = await mute.from('10.0.0.1')('send-code', {
      phone: '+77011234567',
    })
    assert.equal(status, 503)
    assert.equal(body.code, 'login_unavailable')
    assert.equal(headers.get('retry-after'), '60')
    assert.equal((await fetch(`${mute.url}/readyz`)).status, 200)
  } finally {
    await mute.stop()
  }
})
