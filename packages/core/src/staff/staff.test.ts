import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasRight, isBoundToSources, RIGHTS, ROLES, rightsOf } from './role.ts'
import { EVERYTHING, isInScope, scopeOf } from './scope.ts'

test('a super admin has every right, and is the only one to manage admins, sources and settings', () => {
  assert.deepEqual(rightsOf('super_admin'), RIGHTS)
  const reserved = [
    'admins.manage',
    'sources.create',
    'settings.write',
    'audit.read',
    'texts.read',
    'terminals.connect',
  ] as const
  for (const right of reserved) {
    assert.deepEqual(
      ROLES.filter((role) => hasRight(role, right)),
      ['super_admin'],
      right,
    )
  }
})

/** Super admin, country admin, accountant, cashier (K), developer: in the order of ROLES. */
const TABLE = `
  payments.read        S C A K D
  payments.create      S C - K -
  payments.cancel      S C - - -
  payments.resolve     S C - - -
  payments.export      S C A - -
  customers.read       S C A K -
  customers.text       S C - K -
  refunds.read         S C A K -
  refunds.create       S C - K -
  refunds.approve      S C A - -
  deliveries.read      S C - - D
  deliveries.resend    S C - - D
  sources.read         S C A - D
  sources.write        S C - - -
  sources.create       S - - - -
  sources.webhooks     S C - - D
  sources.secrets      S C - - D
  terminals.read       S C A K -
  terminals.write      S C - - -
  terminals.connect    S - - - -
  terminals.operate    S C - - -
  methods.read         S C A K D
  methods.write        S C - - -
  figures.read         S C A - -
  desks.read           S C A - -
  books.reconcile      S C A - -
  admins.manage        S - - - -
  audit.read           S - - - -
  texts.read           S - - - -
  settings.write       S - - - -
`

test('who has which right', () => {
  const lines = RIGHTS.map((right) => {
    const letters = ROLES.map((role, index) => (hasRight(role, right) ? 'SCAKD'[index] : '-'))
    return `  ${right.padEnd(21)}${letters.join(' ')}`
  })
  assert.equal(`\n${lines.join('\n')}\n`, TABLE)
  assert.equal(ROLES.join(' '), 'super_admin country_admin accountant cashier developer')
})

test('every right belongs to somebody, none is listed twice', () => {
  for (const role of ROLES) assert.equal(new Set(rightsOf(role)).size, rightsOf(role).length)
  for (const right of RIGHTS) assert.ok(ROLES.some((role) => hasRight(role, right)))
})

test('an accountant writes nothing but a second word on refunds; a cashier and a developer touch no money but their own desk’s', () => {
  for (const right of rightsOf('accountant')) {
    assert.match(right, /\.(read|export|reconcile)$|^refunds\.approve$/)
  }
  assert.deepEqual(
    ROLES.filter((role) => hasRight(role, 'payments.resolve')),
    ['super_admin', 'country_admin'],
  )
  assert.deepEqual(ROLES.filter(isBoundToSources), ['cashier', 'developer'])
})

test('N9: null is all, an empty list is none, a super admin ignores both', () => {
  const none = { countries: [], systems: [], sources: [] }
  assert.deepEqual(scopeOf('super_admin', none), EVERYTHING)
  const kz = { countryIso: 'KZ', system: 'kaspi', sourceId: 1 }
  assert.equal(isInScope(EVERYTHING, kz), true)
  assert.equal(isInScope(scopeOf('country_admin', none), kz), false)
  const all = { countries: null, systems: null, sources: [] }
  assert.equal(isInScope(scopeOf('country_admin', all), kz), true)
  assert.equal(isInScope(scopeOf('cashier', all), kz), false)
  const cashier = scopeOf('cashier', { ...all, sources: [1] })
  assert.equal(isInScope(cashier, kz), true)
  assert.equal(isInScope(cashier, { ...kz, sourceId: null }), true, 'a terminal is no source’s')
})

test('N8: until a system is chosen a payment is its country’s, whatever the system', () => {
  const scope = scopeOf('accountant', { countries: ['KZ'], systems: ['halyk'], sources: [] })
  assert.equal(isInScope(scope, { countryIso: 'KZ', system: null, sourceId: 1 }), true)
  assert.equal(isInScope(scope, { countryIso: 'KZ', system: 'kaspi', sourceId: 1 }), false)
  assert.equal(isInScope(scope, { countryIso: 'UZ', system: null, sourceId: 1 }), false)
  assert.equal(isInScope(scope, { countryIso: 'KZ', system: 'halyk', sourceId: null }), true)
})
