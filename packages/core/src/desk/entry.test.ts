// Desks: every kind lies on one, and is worked by those who may.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasRight, ROLES } from '../staff/role.ts'
import { actionsOn, DESKS, deskOf, ENTRY_KINDS, isClosableByHand, kindsOn } from './entry.ts'

test('every desk has kinds, every kind one desk', () => {
  for (const desk of DESKS) assert.ok(kindsOn(desk).length > 0, desk)
  assert.equal(DESKS.flatMap(kindsOn).length, ENTRY_KINDS.length)
})

test('an unknown result cannot be closed away while its attempt is open, a quarantine never', () => {
  const unknown = { kind: 'result_unknown', isClosed: false } as const
  assert.equal(isClosableByHand({ ...unknown, isAttemptOpen: true }), false)
  assert.equal(isClosableByHand({ ...unknown, isAttemptOpen: false }), true)
  const quarantine = { kind: 'quarantined', isClosed: false, isAttemptOpen: false } as const
  assert.equal(isClosableByHand(quarantine), false)
  assert.equal(isClosableByHand({ ...quarantine, kind: 'overpaid', isClosed: true }), false)
})

test('who may: by role, of every kind', () => {
  for (const kind of ENTRY_KINDS) {
    for (const role of ROLES) {
      const entry = { kind, isClosed: false, isAttemptOpen: true }
      const actions = actionsOn(entry, (right) => hasRight(role, right))
      if (role === 'super_admin') assert.ok(actions.includes('take'), kind)
      if (role === 'cashier' || role === 'developer') assert.deepEqual(actions, [], kind)
      if (role === 'accountant') {
        const isOfBooks = ['outside', 'statements', 'other'].includes(deskOf(kind))
        assert.equal(actions.includes('close'), isOfBooks, kind)
      }
    }
  }
})
