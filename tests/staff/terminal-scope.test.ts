// Who may do what with a terminal, and for whom it exists at all (L4, N8, A6).

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { ROLES } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const TERMINAL = { name: 'Терминал 1', ip_address: '10.0.0.1' }

let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1, env: { BYFLY_DEVICE_NETWORKS: '10.0.0.0/8' } })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())
beforeEach(() => centre.sql('DELETE FROM terminals WHERE id > 1'))

async function added(more: Record<string, unknown> = {}): Promise<number> {
  const answer = await root.call('POST', '/api/admin/terminals', { ...TERMINAL, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.id
}

async function shown(id: number) {
  const { body, status } = await root.call('GET', `/api/admin/terminals/${id}`)
  assert.equal(status, 200)
  return body.data
}

test('L4: each role does what its rights say, on every call', async () => {
  const id = await added()
  const path = `/api/admin/terminals/${id}`
  const reason = { reason: 'проверка' }
  const calls: [string, string, unknown, string][] = [
    ['GET', '/api/admin/terminals', undefined, 'super_admin country_admin accountant cashier'],
    ['GET', path, undefined, 'super_admin country_admin accountant cashier'],
    ['GET', `${path}/status`, undefined, 'super_admin country_admin accountant cashier'],
    ['POST', '/api/admin/terminals', TERMINAL, 'super_admin'],
    ['PUT', path, { name: 'Касса' }, 'super_admin country_admin'],
    ['PUT', path, { port: 131 }, 'super_admin'],
    ['POST', `${path}/self-test`, undefined, 'super_admin country_admin'],
    ['POST', `${path}/register`, { name: '!' }, 'super_admin country_admin'],
    ['POST', `${path}/trust-certificate`, undefined, 'super_admin country_admin'],
    ['POST', `${path}/take-out`, reason, 'super_admin country_admin'],
    ['POST', `${path}/return`, reason, 'super_admin country_admin'],
    ['POST', `${path}/resolve-quarantine`, reason, 'super_admin country_admin'],
    ['DELETE', '/api/admin/terminals/999', undefined, 'super_admin country_admin'],
  ]
  await centre.sql("UPDATE terminals SET host = '10.255.255.1', port = 1 WHERE id = $1", [id])
  for (const role of ROLES) {
    const staff = await loginAs(centre, role)
    for (const [method, url, body, roles] of calls) {
      // The device itself is asked only by who may not, and by one who may: it hangs.
      if (/self-test|status|trust/.test(url) && roles.includes(role)) continue
      const answer = await staff.call(method, url, body)
      const isAllowed = roles.split(' ').includes(role)
      assert.equal(answer.status === 403, !isAllowed, `${role} ${method} ${url}: ${answer.text}`)
      if (!isAllowed) assert.equal(answer.body.message, 'Доступ запрещен')
    }
  }
  for (const [method, url, body] of calls) {
    const nobody = await centre.call(method, url, body)
    assert.equal(nobody.status, 401, `${method} ${url}`)
  }
})

test('L4, A6: another country’s or system’s terminal does not exist', async () => {
  const id = await added({ country_iso: 'UZ' })
  const kz = await loginAs(centre, 'country_admin', { countries: ['KZ'] })
  const other = await loginAs(centre, 'country_admin', { systems: ['halyk'] })
  const reason = { reason: 'x', evidence: 'y' }
  for (const staff of [kz, other]) {
    const seen = (await staff.call('GET', '/api/admin/terminals')).body.data
    assert.ok(!seen.some((terminal: { id: number }) => terminal.id === id))
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/status', undefined],
      ['PUT', '', { name: 'Моя' }],
      ['DELETE', '', undefined],
      ['POST', '/self-test', undefined],
      ['POST', '/register', {}],
      ['POST', '/trust-certificate', undefined],
      ['POST', '/take-out', reason],
      ['POST', '/return', reason],
      ['POST', '/resolve-quarantine', reason],
    ] as const) {
      const answer = await staff.call(method, `/api/admin/terminals/${id}${path}`, body)
      assert.equal(answer.status, 404, `${method} ${path}: ${answer.text}`)
    }
  }
  assert.equal((await shown(id)).name, TERMINAL.name)
})

test('N8: nobody moves a terminal to where they could not see it', async () => {
  const id = await added()
  const kz = await loginAs(centre, 'country_admin', { countries: ['KZ'] })
  const answer = await kz.call('PUT', `/api/admin/terminals/${id}`, { country_iso: 'UZ' })
  assert.equal(answer.status, 400)
  assert.deepEqual(Object.keys(answer.body.errors), ['country_iso'])
  assert.equal((await shown(id)).country_iso, 'KZ')
})
