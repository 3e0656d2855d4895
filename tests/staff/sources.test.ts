// Sources for staff: the documented calls with their words, what may be said of a source, and by whom.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROLES, type Role } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const PATH = '/api/admin/sources'
const DOCUMENTED = {
  name: 'Мой сайт',
  type: 'website',
  description: 'Основной сайт компании',
  is_active: true,
} as const

let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function create(more: Record<string, unknown> = {}) {
  const answer = await root.call('POST', PATH, { ...DOCUMENTED, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data
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

test('T5: the documented calls, word for word', async () => {
  const made = await root.call('POST', PATH, DOCUMENTED)
  assert.equal(made.status, 201)
  const { id, api_token: token, webhook_secret: secret } = made.body.data
  assert.match(token, /^[0-9a-f]{64}$/)
  assert.match(secret, /^whsec_/)
  assert.deepEqual(made.body, {
    success: true,
    message: 'Источник создан',
    data: { id, api_token: token, webhook_secret: secret },
  })
  assert.deepEqual(await read(id), {
    id,
    ...DOCUMENTED,
    country_iso: 'KZ',
    amount_unit: 'tiyn',
    ceiling_tiyn: 10_000_000_000,
    tolerance_tiyn: 100,
    lifetime_seconds: 3600,
    add_commission_to_amount: null,
    overpaid_policy: 'task',
    default_webhook_url: null,
    webhook_events: [],
    allowed_ips: [],
    daily_limit_tiyn: null,
    phone_hourly_limit: null,
    open_attempts_limit: null,
    refunds_allowed: false,
    refund_commission: 'source',
    refund_approval_above_tiyn: null,
    created_at: (await read(id)).created_at,
    created_at_utc: (await read(id)).created_at_utc,
  })
  const changed = await root.call('PUT', `${PATH}/${id}`, {
    name: 'Новое название',
    is_active: false,
  })
  assert.equal(changed.status, 200)
  assert.equal(changed.text, '{"success":true,"message":"Источник обновлен","data":null}')
  const data = await read(id)
  assert.deepEqual(
    [data.name, data.is_active, data.type, data.description],
    ['Новое название', false, 'website', DOCUMENTED.description],
  )
  const listed = await root.call('GET', PATH)
  assert.deepEqual(listed.body.data.at(-1), data)
  const deleted = await root.call('DELETE', `${PATH}/${id}`)
  assert.equal(deleted.text, '{"success":true,"message":"Источник удален","data":null}')
  for (const [method, body] of [['DELETE'], ['GET'], ['PUT', { name: 'x' }]] as const) {
    assert.equal((await root.call(method, `${PATH}/${id}`, body)).status, 404, method)
  }
  assert.equal((await root.call('POST', `${PATH}/${id}/rotate-token`)).status, 404)
})

test('every field is kept, is read back, and can be sent back without a change', async () => {
  const { id } = await create()
  const fields = {
    name: 'Касса',
    type: 'desktop_app',
    description: null,
    country_iso: 'UZ',
    amount_unit: 'tenge',
    ceiling_tiyn: 7_036_874_417_766_400,
    tolerance_tiyn: 0,
    lifetime_seconds: 60,
    add_commission_to_amount: false,
    overpaid_policy: 'keep',
    default_webhook_url: 'https://shop.example.kz/hook',
    webhook_events: ['partially_paid', 'refunded'],
    allowed_ips: ['10.0.0.5', '192.168.0.0/16', '2001:db8::/32'],
    daily_limit_tiyn: 1,
    phone_hourly_limit: 3,
    open_attempts_limit: 1_000_000,
  }
  await change(id, fields)
  const data = await read(id)
  assert.deepEqual({ ...data, ...fields }, data)
  const lines = () => centre.sql('SELECT FROM audit_log')
  const { length } = await lines()
  await change(id, data)
  assert.equal((await lines()).length, length)
  await change(id, { daily_limit_tiyn: null, add_commission_to_amount: null })
  const nulls = await read(id)
  assert.deepEqual([nulls.daily_limit_tiyn, nulls.add_commission_to_amount], [null, null])
  const made = await read((await create(fields)).id)
  assert.deepEqual({ ...made, ...fields }, made)
})

test('A7, M2: what may not be said is refused by its field, on both ways in', async () => {
  const { id } = await create()
  const before = await read(id)
  const rows = await centre.sql('SELECT FROM sources')
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    name: ['', '  ', 'a'.repeat(201), 'a\nb', 'a\u202eb', null, 1],
    type: ['site', null],
    description: ['a\u0007', 'a'.repeat(1001), 1],
    is_active: ['true', null, 1],
    country_iso: ['XX', 'kz', 'Казахстан', null],
    amount_unit: ['usd', null],
    ceiling_tiyn: [0, -1, 1.5, '100', 7_036_874_417_766_401, null],
    tolerance_tiyn: [-1, 100_001, 0.5, null],
    lifetime_seconds: [59, 31_536_001, null],
    add_commission_to_amount: ['false', 0],
    overpaid_policy: ['refund', null],
    default_webhook_url: [
      'http://8.8.8.8/hook',
      'https://192.168.0.1/hook',
      'https://169.254.169.254/latest',
      'https://user@shop.kz/',
      'ftp://shop.kz',
      'shop.kz',
      '',
      `https://shop.kz/${'a'.repeat(2048)}`,
    ],
    webhook_events: [['paid'], ['all'], 'failed', [1], null],
    allowed_ips: [
      ['10.0.0.0/33'],
      ['10.0.0.1/8/8'],
      ['fe80::1%eth0'],
      ['shop.kz'],
      [''],
      [1],
      '::1',
    ],
    daily_limit_tiyn: [0, -5, 1.5],
    phone_hourly_limit: [0, 1_000_001, 1.5],
    open_attempts_limit: [0, 'x'],
  }
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      const body = await change(id, { [field]: value }, 400)
      assert.deepEqual(Object.keys(body.errors), [field], `${field}: ${JSON.stringify(value)}`)
      const made = await root.call('POST', PATH, { ...DOCUMENTED, [field]: value })
      assert.equal(made.status, 400, made.text)
      assert.deepEqual(Object.keys(made.body.errors), [field], made.text)
    }
  }
  assert.deepEqual(await read(id), before)
  assert.equal((await centre.sql('SELECT FROM sources')).length, rows.length)
})

test('M1: the unit is fixed once the source has a payment', async () => {
  const { id, api_token: token } = await create()
  await change(id, { amount_unit: 'tenge' })
  await change(id, { amount_unit: 'tiyn' })
  const headers = { 'X-API-Token': token }
  const paid = await centre.call('POST', '/api/payment/init', { amount: 10_000 }, headers)
  assert.equal(paid.status, 201, paid.text)
  const refused = await change(id, { amount_unit: 'tenge', name: 'не тронуто' }, 400)
  assert.deepEqual(Object.keys(refused.errors), ['amount_unit'])
  assert.equal((await read(id)).name, DOCUMENTED.name)
  await change(id, { amount_unit: 'tiyn', name: 'тронуто' })
})

test('a country that is switched off takes in no source, and keeps those it has', async () => {
  const { id } = await create({ country_iso: 'RU' })
  await root.call('PUT', '/api/admin/countries/RU', { is_active: false })
  await change(id, { name: 'Остаётся' })
  const refused = await root.call('POST', PATH, { ...DOCUMENTED, country_iso: 'RU' })
  assert.deepEqual(Object.keys(refused.body.errors), ['country_iso'])
})

const WRITES: readonly (readonly [string, string, unknown, readonly Role[]])[] = [
  ['POST', '', DOCUMENTED, ['super_admin']],
  ['PUT', '/{id}', { name: 'Другое' }, ['super_admin', 'country_admin']],
  ['PUT', '/{id}', { webhook_events: ['failed'] }, ['super_admin', 'country_admin', 'developer']],
  ['PUT', '/{id}', { webhook_events: [], ceiling_tiyn: 5 }, ['super_admin', 'country_admin']],
  ['POST', '/{id}/rotate-token', {}, ['super_admin', 'country_admin', 'developer']],
  ['POST', '/{id}/rotate-secret', {}, ['super_admin', 'country_admin', 'developer']],
  ['DELETE', '/{id}', undefined, ['super_admin']],
]
const READERS: readonly Role[] = ['super_admin', 'country_admin', 'accountant', 'developer']

test('L4: what each role may do, and nobody without a token', async () => {
  for (const role of ROLES) {
    const { id } = await create()
    const staff = await loginAs(centre, role, { sources: [id] })
    for (const path of [PATH, `${PATH}/${id}`]) {
      const { status } = await staff.call('GET', path)
      assert.equal(status, READERS.includes(role) ? 200 : 403, `${role} ${path}`)
      assert.equal((await centre.call('GET', path)).status, 401)
    }
    for (const [method, path, body, roles] of WRITES) {
      const whole = PATH + path.replace('{id}', String(id))
      assert.equal((await centre.call(method, whole, body)).status, 401)
      const { status, text } = await staff.call(method, whole, body)
      const allowed = method === 'POST' && path === '' ? 201 : 200
      assert.equal(
        status,
        roles.includes(role) ? allowed : 403,
        `${role} ${method} ${path} ${text}`,
      )
    }
  }
})

test('A6: sources of other countries, and such as are not listed, do not exist', async () => {
  const kz = (await create()).id
  const uz = (await create({ country_iso: 'UZ' })).id
  const outside: readonly (readonly [TestStaff, number, number])[] = [
    [await loginAs(centre, 'country_admin', { countries: ['KZ'] }), kz, uz],
    [await loginAs(centre, 'country_admin', { countries: ['UZ'] }), uz, kz],
    [await loginAs(centre, 'developer', { sources: [kz] }), kz, uz],
    [await loginAs(centre, 'developer', { countries: ['UZ'], sources: [uz, kz] }), uz, kz],
  ]
  for (const [staff, own, other] of outside) {
    const ids = (await staff.call('GET', PATH)).body.data.map(({ id }: { id: number }) => id)
    assert.ok(ids.includes(own) && !ids.includes(other))
    assert.equal((await staff.call('GET', `${PATH}/${own}`)).status, 200)
    const before = await centre.sql('SELECT * FROM sources ORDER BY id')
    const keys = await centre.sql('SELECT count(*) FROM source_tokens')
    const attacks = [
      staff.call('GET', `${PATH}/${other}`),
      staff.call('PUT', `${PATH}/${other}`, { webhook_events: ['failed'] }),
      staff.call('PUT', `${PATH}/${other}`, {}),
      staff.call('POST', `${PATH}/${other}/rotate-token`, { overlap_hours: 0 }),
      staff.call('POST', `${PATH}/${other}/rotate-secret`, { overlap_hours: 0 }),
    ]
    for (const answer of await Promise.all(attacks)) {
      assert.equal(answer.status, 404, answer.text)
      assert.equal(answer.body.code, 'not_found')
    }
    assert.deepEqual(await centre.sql('SELECT * FROM sources ORDER BY id'), before)
    assert.deepEqual(await centre.sql('SELECT count(*) FROM source_tokens'), keys)
  }
})

test('A6: a country admin moves no source to where they cannot see it', async () => {
  const { id } = await create()
  const staff = await loginAs(centre, 'country_admin', { countries: ['KZ', 'KG'] })
  assert.equal((await staff.call('PUT', `${PATH}/${id}`, { country_iso: 'KG' })).status, 200)
  const away = await staff.call('PUT', `${PATH}/${id}`, { country_iso: 'UZ' })
  assert.equal(away.status, 400)
  assert.deepEqual(Object.keys(away.body.errors), ['country_iso'])
  assert.equal((await read(id)).country_iso, 'KG')
})

test('A24: no token, hash or secret is in the audit or in any answer but the one that made it', async () => {
  const { id, api_token: token, webhook_secret: secret } = await create()
  const fresh = (await root.call('POST', `${PATH}/${id}/rotate-token`)).body.data.api_token
  const sealed = (await root.call('POST', `${PATH}/${id}/rotate-secret`)).body.data.webhook_secret
  const lines = await centre.sql('SELECT * FROM audit_log WHERE target_id = $1 ORDER BY seq', [
    String(id),
  ])
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['source.created', 'source.token_rotated', 'source.secret_rotated'],
  )
  const told = JSON.stringify([lines, await read(id), (await root.call('GET', PATH)).body])
  for (const canary of [token, secret, fresh, sealed]) assert.ok(!told.includes(canary))
})

test('T4: the list goes on after an id, up to 1000 at once', async () => {
  const all = (await root.call('GET', PATH)).body.data
  const page = await root.call('GET', `${PATH}?limit=2&after_id=${all[0].id}`)
  assert.deepEqual(page.body.data, all.slice(1, 3))
  for (const query of ['limit=0', 'limit=1001', 'limit=x', 'after_id=-1']) {
    assert.equal((await root.call('GET', `${PATH}?${query}`)).status, 400, query)
  }
})
