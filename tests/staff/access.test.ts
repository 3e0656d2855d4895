// Who is let into the administration, and what a token is worth (L2, A3, A28).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RIGHTS, ROLES, rightsOf } from '@byfly-pay/core'
import { SignJWT } from 'jose'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { bearerClient, loginAs } from '../support/staff.ts'

const PHONE = '+77780021666'
let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: 1, env: { BYFLY_ADMIN_PHONE: PHONE } })
})
after(() => centre.stop())

test('L3: the configured phone is the first super admin, once', async () => {
  const admins = await centre.sql('SELECT phone, role, is_active FROM admins')
  assert.deepEqual(admins, [{ phone: PHONE, role: 'super_admin', is_active: true }])
  const second = await startTestCentre({
    database: centre.database,
    simulator: centre.simulator,
    env: { BYFLY_ADMIN_PHONE: '+77780021667' },
  })
  await second.stop()
  assert.equal((await centre.sql('SELECT FROM admins')).length, 1)
})

test('N9: me tells the documented fields, their codes, and the rights of the role', async () => {
  const staff = await loginAs(centre, 'accountant', { countries: ['KZ', 'UZ'], systems: [] })
  const { status, body } = await staff.call('GET', '/api/admin/me')
  assert.equal(status, 200)
  const { data } = body
  assert.equal(data.country_code, '+7')
  assert.equal(data.country_name, 'Казахстан')
  assert.equal(data.is_super_admin, false)
  assert.deepEqual(data.allowed_countries, ['Казахстан', 'Узбекистан'])
  assert.deepEqual(data.allowed_country_codes, ['KZ', 'UZ'])
  assert.deepEqual(data.allowed_payment_systems, [])
  assert.deepEqual(data.rights, rightsOf('accountant'))
  assert.equal(data.session_id, staff.sessionId)
  assert.equal(data.zone, 'Asia/Almaty')
})

test('every role has its rights and no other', async () => {
  for (const role of ROLES) {
    const staff = await loginAs(centre, role)
    assert.deepEqual((await staff.call('GET', '/api/admin/me')).body.data.rights, rightsOf(role))
    const audit = await staff.call('GET', '/api/admin/audit')
    assert.equal(audit.status, role === 'super_admin' ? 200 : 403, role)
    if (role !== 'super_admin') {
      assert.equal(audit.body.code, 'forbidden')
      assert.equal(audit.body.message, 'Доступ запрещен')
    }
  }
  assert.ok(RIGHTS.length > 0)
})

test('A3: no token, a source’s token, and every forged one are 401', async () => {
  const { token, sessionId, id } = await loginAs(centre, 'super_admin')
  const claims = () =>
    new SignJWT()
      .setIssuer('byfly-pay')
      .setAudience('byfly-pay/staff')
      .setSubject(String(id))
      .setJti(sessionId)
      .setExpirationTime('1h')
  const header = { typ: 'JWT', alg: 'HS256' }
  const shown = [centre.source.apiToken, centre.source.webhookSecret, token]
  const forged = await Promise.all(
    shown.map((secret) => claims().setProtectedHeader(header).sign(Buffer.from(secret))),
  )
  const [head = '', payload = '', signature = ''] = token.split('.')
  const none = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url')
  const rows = [
    ...forged,
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${head}.${payload}.${signature.slice(0, -2)}AA`,
    centre.source.apiToken,
    'null',
    'a.b.c',
  ]
  for (const wrong of rows) {
    const answer = await bearerClient(centre.url, wrong)('GET', '/api/admin/me')
    assert.equal(answer.status, 401, wrong)
    assert.equal(answer.body.message, 'Требуется авторизация')
    assert.equal(answer.body.code, 'staff_unauthorized')
  }
  const own = await centre.call('GET', '/api/admin/me')
  assert.equal(own.status, 401)
})

test('A28: revoked, blocked, expired: dead at the next request, on another instance too', async () => {
  const second = await startTestCentre({
    database: centre.database,
    simulator: centre.simulator,
  })
  try {
    const ends = [
      'UPDATE admin_sessions SET revoked_at = now() WHERE id = $1',
      'UPDATE admin_sessions SET expires_at = now() WHERE id = $1',
      'UPDATE admins SET is_active = false WHERE id = (SELECT admin_id FROM admin_sessions WHERE id = $1)',
    ]
    for (const end of ends) {
      const staff = await loginAs(centre, 'accountant')
      const elsewhere = bearerClient(second.url, staff.token)
      assert.equal((await elsewhere('GET', '/api/admin/me')).status, 200)
      await centre.sql(end, [staff.sessionId])
      assert.equal((await staff.call('GET', '/api/admin/me')).status, 401)
      assert.equal((await elsewhere('GET', '/api/admin/me')).status, 401)
    }
  } finally {
    await second.stop()
  }
})

test('L2: rights are of this moment, not of the token', async () => {
  const staff = await loginAs(centre, 'super_admin')
  assert.equal((await staff.call('GET', '/api/admin/audit')).status, 200)
  await centre.sql("UPDATE admins SET role = 'cashier' WHERE id = $1", [staff.id])
  assert.equal((await staff.call('GET', '/api/admin/audit')).status, 403)
})
