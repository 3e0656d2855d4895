// Members of staff: who may manage them, what is checked, and that somebody can always log in.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROLES } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { addStaff, bearerClient, loginAs, sessionFor, type TestStaff } from '../support/staff.ts'

const PATH = '/api/admin/admins'
let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

let lastPhone = 7_051_000_000
function cashier(more: Record<string, unknown> = {}) {
  lastPhone += 1
  return {
    phone: `+7${lastPhone}`,
    name: 'Кассир',
    role: 'cashier',
    allowed_countries: ['Казахстан'],
    allowed_payment_systems: ['kaspi'],
    allowed_source_ids: [centre.source.id],
    ...more,
  }
}

async function add(body: Record<string, unknown>): Promise<number> {
  const answer = await root.call('POST', PATH, body)
  assert.equal(answer.status, 201, answer.text)
  assert.equal(answer.body.message, 'Сотрудник добавлен')
  return answer.body.data.id
}

async function read(id: number) {
  const answer = await root.call('GET', `${PATH}/${id}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

async function change(id: number, body: unknown, status = 200) {
  const answer = await root.call('PUT', `${PATH}/${id}`, body)
  assert.equal(answer.status, status, answer.text)
  return answer.body
}

test('N9: countries are taken as names and as codes, and told as both', async () => {
  const id = await add(
    cashier({
      phone: '8 705 111 22 33',
      country_name: 'узбекистан',
      allowed_countries: ['Казахстан', 'uz'],
    }),
  )
  const data = await read(id)
  assert.equal(data.phone, '+77051112233')
  assert.equal(data.country_code, '+998')
  assert.equal(data.country_iso, 'UZ')
  assert.deepEqual(data.allowed_countries, ['Казахстан', 'Узбекистан'])
  assert.deepEqual(data.allowed_country_codes, ['KZ', 'UZ'])
  assert.deepEqual(data.allowed_payment_systems, ['kaspi'])
  assert.deepEqual(data.allowed_source_ids, [centre.source.id])
  assert.equal(data.is_active, true)
  assert.equal(data.is_super_admin, false)
})

test('T5: only what is sent changes, and what is read can be sent back', async () => {
  const id = await add(cashier())
  const before = await read(id)
  const lines = await centre.sql('SELECT FROM audit_log')
  await change(id, before)
  await change(id, {})
  assert.equal((await centre.sql('SELECT FROM audit_log')).length, lines.length)
  assert.deepEqual(await change(id, { name: 'Кассир 2', allowed_country_codes: null }), {
    success: true,
    message: 'Сотрудник обновлен',
    data: null,
  })
  assert.deepEqual(await read(id), {
    ...before,
    name: 'Кассир 2',
    allowed_countries: null,
    allowed_country_codes: null,
  })
  const [line] = await centre.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.deepEqual(
    [line.action, line.admin_id, line.target_kind, line.target_id],
    ['admin.changed', root.id, 'admin', String(id)],
  )
  assert.deepEqual(line.facts, {
    name: { before: 'Кассир', after: 'Кассир 2' },
    countries: { before: ['KZ'], after: null },
  })
})

test('every fault is named by its field, and nothing is written', async () => {
  const taken = cashier()
  const id = await add(taken)
  const rows = () => centre.sql('SELECT * FROM admins ORDER BY id')
  const before = await rows()
  const faults: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ phone: taken.phone }, 'phone'],
    [{ phone: '12345' }, 'phone'],
    [{ phone: 'звоните' }, 'phone'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\u202eb' }, 'name'],
    [{ role: 'root' }, 'role'],
    [{ role: undefined }, 'role'],
    [{ is_super_admin: true }, 'is_super_admin'],
    [{ allowed_countries: undefined }, 'allowed_countries'],
    [{ allowed_payment_systems: undefined }, 'allowed_payment_systems'],
    [{ allowed_countries: ['Атлантида'] }, 'allowed_countries'],
    [{ allowed_country_codes: ['UZ'] }, 'allowed_country_codes'],
    [{ allowed_payment_systems: ['visa'] }, 'allowed_payment_systems'],
    [{ allowed_source_ids: [9_999] }, 'allowed_source_ids'],
    [{ allowed_source_ids: ['1'] }, 'allowed_source_ids'],
    [{ country_iso: 'XX' }, 'country_iso'],
    [{ country_iso: 'KZ', country_name: 'Узбекистан' }, 'country_iso'],
  ]
  for (const [more, field] of faults) {
    const { status, body, text } = await root.call('POST', PATH, cashier(more))
    assert.equal(status, 400, `${JSON.stringify(more)} ${text}`)
    assert.deepEqual(Object.keys(body.errors), [field], text)
  }
  const other = await add(cashier())
  const twice = await change(other, { phone: taken.phone }, 400)
  assert.deepEqual(Object.keys(twice.errors), ['phone'])
  assert.deepEqual((await rows()).slice(0, -1), before)
  await change(id, { phone: taken.phone })
})

test('one phone, added ten times at once, is one admin', async () => {
  const body = cashier()
  const answers = await Promise.all(Array.from({ length: 10 }, () => root.call('POST', PATH, body)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(9).fill(400)])
})

test('A28: blocked is out at once and stays out of that session when let in again', async () => {
  const ways: readonly (readonly [string, unknown])[] = [
    ['PUT', { is_active: false }],
    ['DELETE', undefined],
  ]
  for (const [method, body] of ways) {
    const staff = await loginAs(centre, 'accountant')
    assert.equal((await staff.call('GET', '/api/admin/me')).status, 200)
    const blocked = await root.call(method, `${PATH}/${staff.id}`, body)
    assert.equal(blocked.status, 200, blocked.text)
    assert.equal((await staff.call('GET', '/api/admin/me')).status, 401)
    assert.equal((await read(staff.id)).is_active, false)
    const again = await root.call(method, `${PATH}/${staff.id}`, body)
    assert.equal(again.status, 200)
    await change(staff.id, { is_active: true })
    assert.equal((await staff.call('GET', '/api/admin/me')).status, 401)
    const fresh = await sessionFor(centre, staff.id)
    assert.equal((await fresh.call('GET', '/api/admin/me')).status, 200)
    const lines = await centre.sql(
      "SELECT action FROM audit_log WHERE target_kind = 'admin' AND target_id = $1 ORDER BY seq",
      [String(staff.id)],
    )
    assert.deepEqual(
      lines.map(({ action }) => action),
      ['admin.created', 'admin.blocked', 'admin.unblocked'],
    )
  }
})

test('whoever loses their phone loses their sessions', async () => {
  const staff = await loginAs(centre, 'cashier')
  await change(staff.id, { phone: '+77059998877' })
  assert.equal((await staff.call('GET', '/api/admin/me')).status, 401)
})

test('the last super admin stays, whatever two of them do to each other', async () => {
  for (const attack of [{ is_active: false }, { role: 'accountant' }, null]) {
    const rival = await loginAs(centre, 'super_admin')
    const strike = (by: TestStaff, at: TestStaff) =>
      attack === null
        ? by.call('DELETE', `${PATH}/${at.id}`)
        : by.call('PUT', `${PATH}/${at.id}`, attack)
    const answers = await Promise.all([strike(root, rival), strike(rival, root)])
    const statuses = answers.map(({ status }) => status)
    // The slower one may be out before its request is looked at.
    assert.equal(statuses.filter((status) => status === 200).length, 1, JSON.stringify(statuses))
    const [{ count }] = await centre.sql(
      "SELECT count(*)::integer AS count FROM admins WHERE role = 'super_admin' AND is_active",
    )
    assert.equal(count, 1)
    root = statuses[0] === 200 ? root : rival
    const alone = await strike(root, root)
    assert.equal(alone.status, 400)
    assert.equal(alone.body.code, 'last_super_admin')
  }
})

test('the last super admin stays when the losers are already past the door', async () => {
  const { changeAdmin } = await import('../../packages/server/src/accounts/change-admin.ts')
  const rivals = await Promise.all([1, 2, 3, 4].map(() => addStaff(centre, 'super_admin')))
  const acting = {
    actor: { kind: 'system', name: 'test' },
    scope: { countries: null, systems: null, sources: null },
  } as const
  const all = [root, ...rivals]
  const outcomes = await Promise.all(
    all.map(({ id }) => changeAdmin(centre.running.centre, acting, id, { isActive: false })),
  )
  assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), [
    ...Array(4).fill('changed'),
    'refused',
  ])
  const [left] = await centre.sql("SELECT id FROM admins WHERE role = 'super_admin' AND is_active")
  root = { ...root, ...(await sessionFor(centre, left.id)) }
})

test('L4: only super admins; nobody without a token', async () => {
  for (const role of ROLES) {
    if (role === 'super_admin') continue
    const staff = await loginAs(centre, role)
    const calls = [
      staff.call('GET', PATH),
      staff.call('GET', `${PATH}/${root.id}`),
      staff.call('POST', PATH, cashier()),
      staff.call('PUT', `${PATH}/${staff.id}`, { role: 'super_admin' }),
      staff.call('DELETE', `${PATH}/${root.id}`),
    ]
    for (const { status, body } of await Promise.all(calls)) {
      assert.equal(status, 403, role)
      assert.equal(body.code, 'forbidden')
    }
  }
  const nobody = bearerClient(centre.url, 'x.y.z')
  assert.equal((await nobody('GET', PATH)).status, 401)
  assert.equal((await nobody('POST', PATH, cashier())).status, 401)
})

test('T4: the list goes on after an id; no admin, no limit beyond 1000', async () => {
  const all = (await root.call('GET', PATH)).body.data
  const page = await root.call('GET', `${PATH}?limit=2&after_id=${all[1].id}`)
  assert.deepEqual(page.body.data, all.slice(2, 4))
  for (const query of ['limit=0', 'limit=1001', 'after_id=x']) {
    assert.equal((await root.call('GET', `${PATH}?${query}`)).status, 400, query)
  }
  for (const id of ['999999', 'abc', '0', '-1', '1.5', '99999999999999']) {
    assert.equal((await root.call('GET', `${PATH}/${id}`)).status, 404, id)
    assert.equal((await root.call('PUT', `${PATH}/${id}`, { name: 'x' })).status, 404, id)
  }
})
