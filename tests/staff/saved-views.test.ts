// Saved views of the list of payments: each member of staff has their own, of filters that the list itself would
// take, with a line of the audit that tells the name and nothing of customers.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { VIEWS_LIMIT } from '../../packages/server/src/accounts/saved-views.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

let centre: TestCentre
let own: TestStaff
let other: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  own = await loginAs(centre, 'accountant')
  other = await loginAs(centre, 'accountant')
})
after(() => centre.stop())

const PATH = '/api/admin/saved-views'
const FILTERS = { status: 'paid', late: 'true', search: '+77011234567' }

async function views(staff: TestStaff) {
  return (await staff.call('GET', PATH)).body.data
}

test('a view is kept under its name, replaced by another of that name, and is nobody else’s', async () => {
  const first = await own.call('PUT', PATH, { name: ' Поздние ', filters: FILTERS })
  assert.equal(first.status, 200, first.text)
  assert.deepEqual(first.body.data.filters, FILTERS)
  const second = await own.call('PUT', PATH, { name: 'Поздние', filters: { late: 'true' } })
  assert.equal(second.body.data.id, first.body.data.id)
  assert.deepEqual(await views(own), [
    { id: first.body.data.id, name: 'Поздние', filters: { late: 'true' } },
  ])
  assert.deepEqual(await views(other), [])
  const path = `${PATH}/${first.body.data.id}`
  assert.equal((await other.call('DELETE', path)).status, 404)
  assert.equal((await own.call('DELETE', path)).status, 200)
  assert.equal((await own.call('DELETE', path)).status, 404)
  const lines = await centre.sql(
    `SELECT action, facts FROM audit_log WHERE action LIKE 'saved_view.%' ORDER BY seq`,
  )
  assert.deepEqual(
    lines.map(({ action, facts }) => [action, facts]),
    ['saved', 'saved', 'removed'].map((what) => [`saved_view.${what}`, { name: 'Поздние' }]),
  )
})

test('what the list would not take is 400, and nothing is kept', async () => {
  for (const body of [
    { name: '', filters: {} },
    { name: 'x'.repeat(61), filters: {} },
    { name: 'a\u202eb', filters: {} },
    { name: 'Мой', filters: { status: 'unheard' } },
    { name: 'Мой', filters: { date_from: '2026-02-30' } },
    { name: 'Мой', filters: { date_from: '2026-02-02', date_to: '2026-02-01' } },
    { name: 'Мой', filters: { cursor: 'abc' } },
    { name: 'Мой' },
  ]) {
    assert.equal((await own.call('PUT', PATH, body)).status, 400, JSON.stringify(body))
  }
  assert.deepEqual(await views(own), [])
})

test('no more than the limit are kept, also of requests at once; one of them may still be replaced', async () => {
  const saves = Array.from({ length: VIEWS_LIMIT + 3 }, (_, n) =>
    own.call('PUT', PATH, { name: `Вид ${n}`, filters: {} }),
  )
  const statuses = (await Promise.all(saves)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, VIEWS_LIMIT, `${statuses}`)
  const kept = await views(own)
  assert.equal(kept.length, VIEWS_LIMIT)
  const again = { name: kept[0].name, filters: { overpaid: 'true' } }
  assert.equal((await own.call('PUT', PATH, again)).status, 200)
  assert.equal((await own.call('PUT', PATH, { name: 'Ещё', filters: {} })).status, 400)
})
