// A6: what random staff see of random sources and methods, in lists and by their numbers, is what core's
// one rule says they see.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isInScope, scopeOf } from '@byfly-pay/core'
import fc from 'fast-check'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'

const COUNTRIES = ['KZ', 'UZ', 'RU'] as const
const SYSTEMS = ['kaspi', 'halyk'] as const
const SOURCES = [1, 2, 3, 4, 5, 6] as const

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  await centre.sql(`
    INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100);
    UPDATE payment_methods SET payment_system = 'halyk' WHERE id % 2 = 0;
    UPDATE payment_methods SET country_iso = (ARRAY['KZ', 'UZ', 'RU'])[1 + id % 3]`)
  for (const number of SOURCES.slice(1)) {
    await centre.addSource({ countryIso: COUNTRIES[number % 3] ?? 'KZ' })
  }
})
after(() => centre.stop())

function listOf<T>(values: readonly T[]) {
  return fc.option(fc.uniqueArray(fc.constantFrom(...values)), { nil: null })
}

const staffs = fc.record({
  role: fc.constantFrom('super_admin', 'country_admin', 'accountant', 'developer'),
  countries: listOf(COUNTRIES),
  systems: listOf(SYSTEMS),
  sources: fc.uniqueArray(fc.constantFrom(...SOURCES)),
})

test('A6: sources and methods, listed and by number', async () => {
  const sources = await centre.sql('SELECT id, country_iso FROM sources ORDER BY id')
  const methods = await centre.sql(
    'SELECT id, country_iso, payment_system FROM payment_methods ORDER BY id',
  )
  assert.equal(sources.length, SOURCES.length)
  await fc.assert(
    fc.asyncProperty(staffs, async ({ role, ...lists }) => {
      const staff = await loginAs(centre, role, lists)
      const scope = scopeOf(role, lists)
      const check = async (noun: string, rows: typeof sources, isSeen: (row: never) => boolean) => {
        const { body } = await staff.call('GET', `/api/admin/${noun}`)
        const seen = rows.filter((row) => isSeen(row as never)).map(({ id }) => id)
        assert.deepEqual(
          body.data.map(({ id }: { id: number }) => id),
          seen,
        )
        for (const { id } of rows) {
          const { status } = await staff.call('GET', `/api/admin/${noun}/${id}`)
          assert.equal(status, seen.includes(id) ? 200 : 404)
        }
      }
      await check('sources', sources, ({ id, country_iso: countryIso }) =>
        isInScope(scope, { countryIso, system: null, sourceId: id }),
      )
      await check(
        'payment-methods',
        methods,
        ({ country_iso: countryIso, payment_system: system }) =>
          isInScope(scope, { countryIso, system, sourceId: null }),
      )
    }),
    { numRuns: 40 },
  )
})
