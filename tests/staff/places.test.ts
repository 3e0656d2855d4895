// Countries and payment systems: everybody at work reads them, super admins change them, and nothing that
// anything belongs to can be removed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROLES } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const COUNTRIES = '/api/admin/countries'
const SYSTEMS = '/api/admin/payment-systems'
let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function expect(
  [method, path, body]: readonly [string, string, unknown?],
  status: number,
  said: string,
) {
  const answer = await root.call(method, path, body)
  assert.equal(answer.status, status, `${method} ${path} ${answer.text}`)
  const { message, code, errors } = answer.body
  assert.ok([message, code, ...Object.keys(errors ?? {})].includes(said), answer.text)
}

async function country(iso: string) {
  const { body } = await root.call('GET', COUNTRIES)
  return body.data.find((known: { iso: string }) => known.iso === iso)
}

test('a country comes, changes, and goes', async () => {
  const mn = { iso: 'MN', name: 'Монголия', dial_code: '+976' }
  await expect(['POST', COUNTRIES, mn], 201, 'Страна добавлена')
  assert.deepEqual(await country('MN'), { ...mn, is_active: true })
  await expect(['POST', COUNTRIES, { ...mn, name: 'Другая' }], 400, 'iso')
  await expect(['POST', COUNTRIES, { ...mn, iso: 'MO' }], 400, 'name')
  await expect(['POST', COUNTRIES, { ...mn, iso: 'mn' }], 400, 'iso')
  await expect(['POST', COUNTRIES, { ...mn, iso: 'MO', dial_code: '976' }], 400, 'dial_code')
  await expect(['PUT', `${COUNTRIES}/MN`, { name: 'Казахстан' }], 400, 'name')
  await expect(['PUT', `${COUNTRIES}/MN`, { is_active: false }], 200, 'Страна обновлена')
  assert.deepEqual(await country('MN'), { ...mn, is_active: false })
  await expect(['DELETE', `${COUNTRIES}/MN`], 200, 'Страна удалена')
  await expect(['DELETE', `${COUNTRIES}/MN`], 404, 'not_found')
  await expect(['PUT', `${COUNTRIES}/MN`, { name: 'x' }], 404, 'not_found')
  const lines = await centre.sql(
    "SELECT action FROM audit_log WHERE target_kind = 'country' ORDER BY seq",
  )
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['country.created', 'country.changed', 'country.deleted'],
  )
})

test('a country that anything belongs to stays', async () => {
  const make = async (iso: string) => {
    await expect(
      ['POST', COUNTRIES, { iso, name: `Страна ${iso}`, dial_code: '+1' }],
      201,
      'Страна добавлена',
    )
  }
  const uses: Readonly<Record<string, string>> = {
    AA: `UPDATE sources SET country_iso = 'AA' WHERE id = ${centre.source.id}`,
    AB: "UPDATE terminals SET country_iso = 'AB'",
    AC: "UPDATE payment_methods SET country_iso = 'AC' WHERE code = 'card'",
    AD: `UPDATE admins SET country_iso = 'AD' WHERE id = ${root.id}`,
    AE: `UPDATE admins SET allowed_countries = '{AE}' WHERE id = ${root.id}`,
  }
  for (const [iso, use] of Object.entries(uses)) {
    await make(iso)
    await centre.sql(use)
    await expect(['DELETE', `${COUNTRIES}/${iso}`], 400, 'in_use')
  }
  // A payment keeps the country that its source has left.
  await make('AF')
  await centre.sql("UPDATE sources SET country_iso = 'AF'")
  const { apiToken } = await centre.addSource({ countryIso: 'AF' })
  const paid = await centre.call(
    'POST',
    '/api/payment/init',
    { amount: 10_000 },
    {
      'X-API-Token': apiToken,
    },
  )
  assert.equal(paid.status, 201, paid.text)
  await centre.sql("UPDATE sources SET country_iso = 'KZ'")
  await expect(['DELETE', `${COUNTRIES}/AF`], 400, 'in_use')
})

test('removed while a source moves in: one of the two is refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    await expect(
      ['POST', COUNTRIES, { iso: 'QA', name: 'Гонка', dial_code: '+1' }],
      201,
      'Страна добавлена',
    )
    const [removed, moved] = await Promise.all([
      root.call('DELETE', `${COUNTRIES}/QA`),
      root.call('PUT', `/api/admin/sources/${centre.source.id}`, { country_iso: 'QA' }),
    ])
    assert.deepEqual([removed.status, moved.status].sort(), [200, 400], removed.text + moved.text)
    await root.call('PUT', `/api/admin/sources/${centre.source.id}`, { country_iso: 'KZ' })
    await root.call('DELETE', `${COUNTRIES}/QA`)
  }
})

test('a payment system comes, changes, and goes; its step and currency are fixed by use', async () => {
  const halyk = { code: 'halyk', name: 'Halyk', currency: 'KZT', step: 100 }
  await expect(['POST', SYSTEMS, halyk], 201, 'Платежная система добавлена')
  await expect(['POST', SYSTEMS, halyk], 400, 'code')
  await expect(['POST', SYSTEMS, { ...halyk, code: 'Halyk' }], 400, 'code')
  await expect(['POST', SYSTEMS, { ...halyk, code: 'b', step: 0 }], 400, 'step')
  await expect(['PUT', `${SYSTEMS}/halyk`, { step: 1 }], 200, 'Платежная система обновлена')
  const { body } = await root.call('GET', SYSTEMS)
  assert.deepEqual(
    body.data.map((system: { code: string }) => system.code),
    ['halyk', 'kaspi'],
  )
  assert.deepEqual(body.data[0], { ...halyk, step: 1, amount_unit: 'tiyn' })
  await expect(
    ['PUT', `${SYSTEMS}/kaspi`, { name: 'Kaspi.kz' }],
    200,
    'Платежная система обновлена',
  )
  await expect(['PUT', `${SYSTEMS}/kaspi`, { step: 1 }], 400, 'in_use')
  await expect(['PUT', `${SYSTEMS}/kaspi`, { currency: 'USD' }], 400, 'in_use')
  await expect(['DELETE', `${SYSTEMS}/kaspi`], 400, 'in_use')
  const limited = await loginAs(centre, 'accountant', { systems: ['halyk'] })
  await expect(['DELETE', `${SYSTEMS}/halyk`], 400, 'in_use')
  await centre.sql('UPDATE admins SET allowed_payment_systems = NULL WHERE id = $1', [limited.id])
  await expect(['DELETE', `${SYSTEMS}/halyk`], 200, 'Платежная система удалена')
  await expect(['DELETE', `${SYSTEMS}/halyk`], 404, 'not_found')
})

test('everybody at work reads them, only super admins write, nobody without a token', async () => {
  for (const role of ROLES) {
    const staff = await loginAs(centre, role)
    const writes = [
      ['POST', COUNTRIES, { iso: 'ZZ', name: 'Z', dial_code: '+1' }],
      ['PUT', `${COUNTRIES}/KZ`, { name: 'KZ' }],
      ['DELETE', `${COUNTRIES}/TJ`],
      ['POST', SYSTEMS, { code: 'z', name: 'Z', currency: 'KZT', step: 1 }],
      ['PUT', `${SYSTEMS}/kaspi`, { name: 'K' }],
      ['DELETE', `${SYSTEMS}/z`],
    ] as const
    for (const path of [COUNTRIES, SYSTEMS]) {
      assert.equal((await staff.call('GET', path)).status, 200, role)
      assert.equal((await centre.call('GET', path)).status, 401)
    }
    for (const [method, path, body] of writes) {
      const { status } = await staff.call(method, path, body)
      const allowed = method === 'POST' ? 201 : 200
      assert.equal(status, role === 'super_admin' ? allowed : 403, `${role} ${method} ${path}`)
      assert.equal((await centre.call(method, path, body)).status, 401)
    }
  }
})
