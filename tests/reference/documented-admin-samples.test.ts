// What the samples of the API documentation do as staff, done again: logging in from a browser, transactions,
// sources, terminals. Names, types, messages and statuses are the documented ones (P9).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { localTime } from '@byfly-pay/core'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { bearerClient, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { assertTold } from './told.ts'

const ADMIN_PHONE = '+77780021666'
const LOCAL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

let centre: LoginCentre
let call: TestStaff['call']
before(async () => {
  centre = await startLoginCentre({ env: { BYFLY_ADMIN_PHONE: ADMIN_PHONE } })
  call = bearerClient(centre.url, (await centre.login(ADMIN_PHONE)).body.data.token)
})
after(() => centre.stop())

/** The curl sample: a body of JSON and nothing else. */
async function post(path: string, body: unknown) {
  const { status, headers, text } = await centre.call('POST', path, body, { 'X-API-Token': '' })
  return { status, headers, text, body: JSON.parse(text) }
}

test('send-code: the documented answer, byte for byte', async () => {
  await centre.letResend(ADMIN_PHONE)
  const answer = await post('/api/auth/send-code', { phone: ADMIN_PHONE })
  assertTold('POST /api/auth/send-code', answer)
  assert.equal(answer.status, 200)
  assert.equal(answer.text, '{"success":true,"message":"SMS код отправлен","data":null}')
})

test('the documented error: its message, its field, and only additive fields after them', async () => {
  const answer = await post('/api/auth/send-code', {})
  assertTold('POST /api/auth/send-code', answer)
  assert.equal(answer.status, 400)
  const { success, message, errors, ...additive } = answer.body
  assert.deepEqual([success, message], [false, 'Номер телефона обязателен'])
  assert.deepEqual(errors, { phone: 'Field is required' })
  assert.deepEqual(Object.keys(additive), ['code', 'request_id'])
  assert.deepEqual(Object.keys(answer.body).slice(0, 3), ['success', 'message', 'errors'])
})

test('the JavaScript sample: verify, keep the token, greet by name', async () => {
  await centre.letResend(ADMIN_PHONE)
  const code = await centre.codeFor(ADMIN_PHONE)
  const response = await fetch(`${centre.url}/api/auth/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ phone: ADMIN_PHONE, code }),
  })
  assert.equal(response.status, 200)
  const data = (await response.json()) as Awaited<ReturnType<typeof post>>['body']
  assert.ok(data.success)
  assert.equal(data.message, 'Авторизация успешна')
  const { admin, expires_at: expiresAt, token } = data.data
  assert.deepEqual(Object.keys(data.data).slice(0, 3), ['token', 'expires_at', 'admin'])
  assert.ok(token.startsWith('eyJ0eXAiOiJKV1QiLCJhbGc'), token)
  const left = expiresAt - Date.now() / 1_000
  assert.ok(Number.isInteger(expiresAt) && left > 11 * 3_600 && left <= 12 * 3_600)
  assert.deepEqual(Object.keys(admin).slice(0, 8), [
    'id',
    'phone',
    'name',
    'country_code',
    'country_name',
    'is_super_admin',
    'allowed_countries',
    'allowed_payment_systems',
  ])
  assert.equal(typeof admin.id, 'number')
  assert.equal(typeof admin.name, 'string')
  assert.deepEqual(
    [admin.phone, admin.country_code, admin.country_name, admin.is_super_admin],
    [ADMIN_PHONE, '+7', 'Казахстан', true],
  )
  assert.deepEqual([admin.allowed_countries, admin.allowed_payment_systems], [null, null])
  const me = await bearerClient(centre.url, token)('GET', '/api/admin/me')
  assert.equal(me.status, 200)
})

/** Days of the centre, this one and its neighbours: a run may cross a midnight. */
function dayFromToday(days: number): string {
  const at = Date.now() + days * 86_400_000
  return localTime(at, centre.running.centre.zone).slice(0, 10)
}

async function transactions(query: string) {
  const answer = await call('GET', `/api/admin/transactions${query}`)
  assertTold('GET /api/admin/transactions', answer)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

test('transactions: the documented list, each of its six filters, and a page after another', async () => {
  const paid = await centre.init(1_000_000, { description: 'Тур в Дубай' })
  const { body } = await centre.kaspi(paid)
  centre.simulator.phone.scan({ qr: body.data.qr_code })
  await centre.until(paid, 'paid')
  const pending = await centre.init(500_000)

  const idsOf = async (query: string): Promise<string[]> =>
    (await transactions(query)).transactions.map(
      (line: { transaction_id: string }) => line.transaction_id,
    )
  assert.deepEqual(await idsOf('?status=paid&limit=50'), [paid])
  assert.deepEqual(await idsOf(''), [pending, paid])
  assert.deepEqual(await idsOf(`?source_id=${centre.source.id}`), [pending, paid])
  assert.deepEqual(await idsOf('?source_id=999999'), [])
  const around = `?date_from=${dayFromToday(-1)}&date_to=${dayFromToday(1)}`
  assert.deepEqual(await idsOf(around), [pending, paid])
  assert.deepEqual(await idsOf(`?date_from=${dayFromToday(2)}`), [])
  assert.deepEqual(await idsOf(`?date_to=${dayFromToday(-2)}`), [])
  assert.deepEqual(await idsOf('?limit=1&offset=1'), [paid])

  const page = await transactions('')
  assert.deepEqual(Object.keys(page).slice(0, 4), ['transactions', 'total', 'limit', 'offset'])
  const tooMany = await call('GET', '/api/admin/transactions?limit=1001')
  assert.deepEqual([tooMany.status, Object.keys(tooMany.body.errors)], [400, ['limit']])
  assert.deepEqual([page.limit, page.offset, page.total], [100, 0, 2])
  const line = page.transactions[1]
  assert.deepEqual(
    [line.status, line.amount, line.paid_amount, line.currency, line.description],
    ['paid', 1_010_000, 1_010_000, 'KZT', 'Тур в Дубай'],
  )
  assert.deepEqual([line.source_id, line.amount_unit], [centre.source.id, 'tiyn'])
  assert.match(line.created_at, LOCAL_TIME)
  assert.match(line.paid_at, LOCAL_TIME)
})

test('sources: the documented calls one after another', async () => {
  const created = await call('POST', '/api/admin/sources', {
    name: 'Мой сайт',
    type: 'website',
    description: 'Основной сайт компании',
    is_active: true,
  })
  assertTold('POST /api/admin/sources', created)
  assert.equal(created.status, 201)
  assert.deepEqual(Object.keys(created.body), ['success', 'message', 'data'])
  assert.equal(created.body.message, 'Источник создан')
  const { id, api_token: token } = created.body.data
  assert.deepEqual(Object.keys(created.body.data).slice(0, 2), ['id', 'api_token'])
  assert.equal(typeof id, 'number')
  assert.match(token, /^[0-9a-f]{64}$/)
  // What an instance remembers of a token is younger than a second (A28).
  const untilSourceGets = (status: number) =>
    until(async () => {
      const headers = { 'X-API-Token': token }
      const answer = await centre.call('GET', '/api/payment-methods', undefined, headers)
      return answer.status === status
    })
  await untilSourceGets(200)

  const listed = await call('GET', '/api/admin/sources')
  assertTold('GET /api/admin/sources', listed)
  assert.ok(Array.isArray(listed.body.data))
  const own = listed.body.data.find((source: { id: number }) => source.id === id)
  assert.deepEqual(
    [own.name, own.type, own.description, own.is_active],
    ['Мой сайт', 'website', 'Основной сайт компании', true],
  )
  assert.match(own.created_at, LOCAL_TIME)
  assert.ok(!listed.text.includes(token), 'токен показан второй раз')

  const path = `/api/admin/sources/${id}`
  const changed = await call('PUT', path, { name: 'Новое название', is_active: false })
  assertTold('PUT /api/admin/sources/:id', changed)
  assert.equal(changed.text, '{"success":true,"message":"Источник обновлен","data":null}')
  await untilSourceGets(403)

  const deleted = await call('DELETE', path)
  assertTold('DELETE /api/admin/sources/:id', deleted)
  assert.deepEqual([deleted.status, deleted.body.success], [200, true])
  await untilSourceGets(401)
  const again = await call('DELETE', path)
  assertTold('DELETE /api/admin/sources/:id', again)
  assert.equal(again.status, 404)
})

test('terminals: the documented fields are taken, kept and shown; its status is told', async () => {
  const [device] = centre.simulator.terminals
  assert.ok(device)
  const sample = {
    name: 'Терминал 1',
    ip_address: `http://${device.host}`,
    port: device.port,
    camera_id: 4,
    camera_url: device.cameraUrl,
    is_active: true,
  }
  const added = await call('POST', '/api/admin/terminals', sample)
  assertTold('POST /api/admin/terminals', added)
  assert.equal(added.status, 201, added.text)
  const { id } = added.body.data
  const listed = await call('GET', '/api/admin/terminals')
  assertTold('GET /api/admin/terminals', listed)
  assert.ok(Array.isArray(listed.body.data))
  const own = listed.body.data.find((terminal: { id: number }) => terminal.id === id)
  for (const [field, value] of Object.entries(sample)) assert.deepEqual(own[field], value, field)

  const status = await call('GET', `/api/admin/terminals/${id}/status`)
  assertTold('GET /api/admin/terminals/:id/status', status)
  assert.equal(status.status, 200)
  assert.deepEqual([status.body.data.id, status.body.data.name], [id, 'Терминал 1'])
  assert.equal(status.body.data.status, 'online', status.text)
})

test('documented statuses: 401 without a token, 403 without the right, 404 for what is not there', async () => {
  const stranger = await bearerClient(centre.url, 'your_jwt_token_here')(
    'GET',
    '/api/admin/sources',
  )
  assert.deepEqual([stranger.status, stranger.body.message], [401, 'Требуется авторизация'])
  const absent = await call('GET', '/api/admin/sources/999999')
  assert.deepEqual([absent.status, absent.body.message], [404, 'Не найдено'])
})
