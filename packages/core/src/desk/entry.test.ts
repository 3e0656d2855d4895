// Desks: every kind lies on one, and is worked by those who may.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasRight, RIGHTS, type Right, ROLES } from '../staff/role.ts'
import { MINUTE_MS } from '../time.ts'
import {
  actionsOn,
  DESK_ACTIONS,
  DESKS,
  type DeskAction,
  DUPLICATE_WITHIN_MS,
  deskOf,
  ENTRY_KINDS,
  FINDINGS,
  isClosableByHand,
  kindsOn,
  rightAtDesk,
} from './entry.ts'

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

test('T9: within ten minutes a customer may have paid twice', () => {
  assert.equal(DUPLICATE_WITHIN_MS, 10 * MINUTE_MS)
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

/** Kind, its desk, who may close it, and what is done about its cause. */
const TABLE = `
  result_unknown       unknown_results  once_attempt_ended  resolve_attempt
  start_lost           unknown_results  once_attempt_ended  resolve_attempt
  settle_by_hand       unknown_results  once_attempt_ended  resolve_attempt
  late_money           late_money       by_hand             -
  overpaid             overpaid         by_hand             -
  refund_due           refunds          by_hand             -
  refund_approval      refunds          by_itself           approve_refund
  refund_unclear       refunds          by_itself           resolve_refund
  quarantined          terminals        by_itself           resolve_quarantine
  not_registered       terminals        by_itself           register_terminal
  certificate_changed  terminals        by_itself           trust_certificate
  books_restored       terminals        by_hand             -
  sale_outside         outside          by_hand             -
  refund_outside       outside          by_hand             -
  terminal_disagrees   outside          by_hand             -
  second_payment       outside          by_hand             -
  possible_duplicate   outside          by_hand             -
  missing_there        statements       by_hand             -
  statement_differs    statements       by_hand             -
  ambiguous            statements       by_hand             -
  unknown_product      other            by_hand             -
  sum_differs          other            by_hand             -
  partially_paid_idle  other            by_hand             cancel_payment
`

const CURES: Readonly<Record<string, Right>> = {
  resolve_attempt: 'payments.resolve',
  cancel_payment: 'payments.cancel',
  approve_refund: 'refunds.approve',
  resolve_refund: 'refunds.approve',
  resolve_quarantine: 'terminals.operate',
  register_terminal: 'terminals.operate',
  trust_certificate: 'terminals.connect',
}

const WORK: Readonly<Record<string, Right>> = {
  unknown_results: 'payments.resolve',
  late_money: 'payments.resolve',
  overpaid: 'payments.resolve',
  refunds: 'payments.resolve',
  terminals: 'terminals.operate',
  outside: 'books.reconcile',
  statements: 'books.reconcile',
  other: 'books.reconcile',
}

const may =
  (...rights: readonly (Right | undefined)[]) =>
  (right: Right) =>
    rights.includes(right)

test('what may be done about each kind, by whose right, while it is open and after', () => {
  const lines = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  assert.deepEqual(
    lines.map(([kind]) => kind),
    ENTRY_KINDS,
  )
  for (const [index, kind] of ENTRY_KINDS.entries()) {
    const [, desk = '', closes, cure = '-'] = lines[index] ?? []
    assert.equal(deskOf(kind), desk)
    const work = WORK[desk]
    assert.equal(rightAtDesk(deskOf(kind)), work)
    const open = { kind, isClosed: false, isAttemptOpen: true }
    const ended = { ...open, isAttemptOpen: false }
    const at: DeskAction[] = ['take', 'assign', 'note']
    const now: DeskAction[] = closes === 'by_hand' ? ['close'] : []
    const later: DeskAction[] = closes === 'by_itself' ? [] : ['close']
    const cures = cure === '-' ? [] : [cure]
    assert.deepEqual(actionsOn(open, may()), [])
    assert.deepEqual(actionsOn(open, may(...RIGHTS)), [...at, ...cures, ...now], kind)
    if (CURES[cure] !== work) {
      assert.deepEqual(actionsOn(open, may(work)), [...at, ...now], kind)
      assert.deepEqual(actionsOn(open, may(CURES[cure])), cures, kind)
    }
    assert.deepEqual(actionsOn({ ...open, isClosed: true }, may(...RIGHTS)), ['note'], kind)
    assert.deepEqual(actionsOn({ ...open, isClosed: true }, may()), [])
    const needsNoWord = cure === 'resolve_attempt' ? [] : cures
    assert.deepEqual(actionsOn(ended, may(...RIGHTS)), [...at, ...needsNoWord, ...later], kind)
  }
  const actions = ['take', 'assign', 'note', 'close', ...Object.keys(CURES)]
  assert.deepEqual(DESK_ACTIONS, actions)
  assert.deepEqual(DESKS, Object.keys(WORK))
  assert.equal(
    FINDINGS.every((finding) => ENTRY_KINDS.includes(finding)),
    true,
  )
})
