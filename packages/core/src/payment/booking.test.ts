// Money that comes beside other attempts, other money and refunds (M6, M9, M14, S5).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  balancesOf,
  eventsOf,
  LOAN,
  live,
  lostStart,
  NOW,
  newPayment,
  reserve,
  tasksOf,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { request } from '../testing/refunds.ts'
import { isEnough } from './capture.ts'
import { applied } from './change.ts'
import { decide } from './decide.ts'
import type { Capture } from './effect.ts'
import { statusDetailOf } from './status.ts'

const WHOLE = tenge(10_100)

test('M14: a capture is kept and leaves its sets, none of them empty, in one order', () => {
  const { effects, payment } = tell(tell(newPayment(), live('a')).payment, [took('a', WHOLE)])
  const capture: Capture = {
    attemptId: 'a',
    terminalId: 1,
    moneyKind: 'qr',
    providerTransactionId: '3699352521',
    grossTiyn: WHOLE,
    creditTiyn: tenge(10_000),
    overpaidTiyn: 0n,
    usedMethod: 'kaspi_gold',
    productWord: 'kaspi_gold',
    rateBp: 100,
    late: false,
  }
  assert.deepEqual(payment.captures, [capture])
  assert.deepEqual(
    effects.map((effect) => (effect.kind === 'posted' ? effect.set.kind : effect.kind)),
    ['captured', 'capture', 'provider_fee', 'event'],
  )
  assert.deepEqual(effects[0], { kind: 'captured', capture })
})

test('M9: what was forgiven once is not forgiven again with the next money, which is late', () => {
  const beside = [...lostStart('a'), ...live('b', { terminalId: 2 }), accepted('a')]
  const paid = tell(newPayment(), [...beside, took('a', tenge(10_099))]).payment
  assert.equal(paid.forgivenTiyn, 99n)
  const more = tell(paid, [took('b', WHOLE)])
  assert.equal(more.history[0]?.facts['forgiven_tiyn'], '0')
  assert.equal(more.history[0]?.facts['late'], true)
  assert.equal(balancesOf(more)['forgiven'], undefined)
  assert.equal(more.payment.forgivenTiyn, 99n)
  assert.deepEqual(
    more.payment.captures.map(({ attemptId, late }) => [attemptId, late]),
    [
      ['a', true],
      ['b', true],
    ],
  )
})

test('M6, S5: what was charged as quoted is credited as quoted, though more is due by now', () => {
  // 100,33: a part of 50 credits 49,51; the rest of 50,82 costs 52, and then the part is asked back.
  const fresh = newPayment({ originalTiyn: 10_033n })
  const part = [...live('a', { partTiyn: tenge(50) }), took('a', tenge(50))]
  const { payment } = tell(fresh, [...part, ...live('b'), request(), took('b', tenge(52))])
  assert.deepEqual(
    payment.captures.map(({ creditTiyn }) => creditTiyn),
    [4_951n, 5_082n],
  )
})

test('M9: nothing is not enough, whatever the tolerance', () => {
  const small = { originalTiyn: 50n, toleranceTiyn: 100n }
  assert.deepEqual(
    [0n, 1n].map((counted) => isEnough(small, counted)),
    [false, true],
  )
  const exact = { originalTiyn: 100n, toleranceTiyn: 10n }
  assert.deepEqual(
    [89n, 90n].map((counted) => isEnough(exact, counted)),
    [false, true],
  )
})

test('S5: money stops what is at work and nothing else', () => {
  const before = tell(newPayment(), [...lostStart('a'), ...live('b', { terminalId: 2 })]).payment
  const { payment } = tell(before, [took('b', WHOLE)])
  assert.equal(payment.attempts[0], before.attempts[0])
  assert.equal(statusDetailOf(payment), null)
  const late = [...live('b'), took('b', tenge(1)), ...lostStart('a', { terminalId: 2 })]
  const paid = tell(newPayment(), late).payment
  assert.equal(statusDetailOf({ ...paid, paidAtMs: NOW }), null)
})

test('W3: more money in part is news again, though the last news was of money in part', () => {
  const part = [...lostStart('a'), ...live('b', { terminalId: 2 }), took('b', tenge(2_000))]
  const first = tell(newPayment(), part)
  assert.deepEqual(eventsOf(first), ['partially_paid'])
  const more = tell(first.payment, [accepted('a'), took('a', tenge(3_000))])
  assert.deepEqual(eventsOf(more), ['partially_paid'])
  assert.equal(more.payment.sequence, 2)
})

test('S7: another price beside a live attempt waits for it; a stop of a reserved one lets it go', () => {
  const { payment } = tell(newPayment(), live('a'))
  const other = decide(payment, reserve('b', { terms: LOAN, terminalId: 2 }), NOW)
  assert.deepEqual(other, { kind: 'rejected', code: 'attempt_in_progress' })
  const begun = tell(newPayment(), [reserve('a')]).payment
  const released = tell(begun, [{ kind: 'stop', attemptId: 'a' }])
  assert.equal(released.history[0]?.what, 'terminal_released')
  assert.deepEqual(tasksOf(released), [])
})

test('a decision tells of its own attempt, and never takes `paid` back', () => {
  const { payment } = tell(newPayment(), lostStart('a'))
  const second = decide(payment, reserve('b', { terminalId: 2 }), NOW)
  assert.ok(second.kind === 'applied')
  assert.equal(second.attempt?.id, 'b')
  const paid = tell(newPayment(), [...live('a'), took('a', WHOLE)]).payment
  const unpaid = { before: paid, after: { ...paid, paidAtMs: null }, attemptId: null }
  assert.throws(() => applied({ ...unpaid, what: 'expired' }), /«paid» не отменяется/)
})
