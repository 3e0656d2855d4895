import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Change, mayHear } from './change.ts'
import { EVERYTHING, type Scope } from './scope.ts'

const KZ: Scope = { countries: ['KZ'], systems: ['kaspi'], sources: null }

const payment = (system: string | null): Change => ({
  kind: 'payment',
  id: 'p',
  version: 1,
  place: { countryIso: 'KZ', system, sourceId: 1 },
})

function task(countryIso: string | null, system: string | null): Change {
  return {
    kind: 'task',
    id: '1',
    place: { of: 'itself', place: { countryIso, system, sourceId: null } },
  }
}

test('N8: a payment without a system is heard of in its country, with one where the system is listed', () => {
  assert.equal(mayHear('country_admin', KZ, payment(null)), true)
  assert.equal(mayHear('country_admin', KZ, payment('kaspi')), true)
  assert.equal(mayHear('country_admin', KZ, payment('halyk')), false)
  assert.equal(mayHear('country_admin', { ...KZ, countries: ['UZ'] }, payment(null)), false)
  assert.equal(mayHear('cashier', { ...KZ, sources: [2] }, payment('kaspi')), false)
})

test('a task that names no country or system is of those alone who see all of them', () => {
  assert.equal(mayHear('super_admin', EVERYTHING, task(null, null)), true)
  assert.equal(mayHear('country_admin', KZ, task(null, null)), false)
  assert.equal(mayHear('country_admin', KZ, task('KZ', null)), false)
  assert.equal(mayHear('country_admin', { ...KZ, systems: null }, task('KZ', null)), true)
  assert.equal(mayHear('country_admin', KZ, task('KZ', 'kaspi')), true)
})

test('nobody hears of what their role has no right to see', () => {
  const place = { countryIso: 'KZ', system: 'kaspi', sourceId: null }
  const terminal: Change = { kind: 'terminal', id: '1', place }
  const alert: Change = { kind: 'alert', id: '1', alert: 'sms_balance_low', place }
  assert.equal(mayHear('developer', EVERYTHING, terminal), false)
  assert.equal(mayHear('cashier', EVERYTHING, terminal), true)
  assert.equal(mayHear('cashier', EVERYTHING, task('KZ', 'kaspi')), false)
  assert.equal(mayHear('country_admin', EVERYTHING, alert), false)
})
