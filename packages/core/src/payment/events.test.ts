// What a source is told, and when: once per piece of news, held while a cancel is not yet certain.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  EXPIRE,
  eventsOf,
  live,
  lost,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  refused,
  reserve,
  resolve,
  success,
  tasksOf,
  tell,
  tenge,
  timesTold,
  took,
} from '../testing/payments.ts'
import { HOUR_MS } from '../time.ts'
import { decide } from './decide.ts'
import { statusDetailOf, statusOf } from './status.ts'

const AFTER_TERM = NOW + 2 * HOUR_MS
const WHOLE = tenge(10_100)

test('W3: the main road tells `paid`, once, as number 1', () => {
  const story = tell(newPayment(), [...live('a'), took('a', WHOLE)])
  assert.deepEqual(eventsOf(story), ['paid'])
  assert.equal(story.payment.sequence, 1)
  assert.equal(story.payment.told, 'paid')
  const again = decide(story.payment, took('a', WHOLE), NOW)
  assert.equal(again.kind, 'unchanged')
})

test('W3: `paid` is told once also when money goes on coming', () => {
  const story = tell(newPayment(), [
    ...lostStart('a'),
    ...live('b', { terminalId: 2 }),
    accepted('a'),
    took('a', WHOLE),
    took('b', WHOLE),
  ])
  assert.equal(timesTold(story, 'paid'), 1)
  assert.equal(story.payment.overpaidTiyn, WHOLE)
  assert.equal(story.payment.paidTiyn, 2n * WHOLE)
})

test('S3: a failure is told; a further start that is refused or lost tells nothing new', () => {
  const failed = tell(newPayment(), [...live('a'), declined('a')])
  assert.deepEqual(eventsOf(failed), ['failed'])
  const refusedNext = tell(failed.payment, [reserve('b'), markCalling('b'), refused('b')])
  assert.deepEqual(eventsOf(refusedNext), [])
  assert.equal(statusOf(refusedNext.payment), 'failed')
  const lostNext = tell(failed.payment, lostStart('b'))
  assert.deepEqual(eventsOf(lostNext), [])
  assert.equal(statusOf(lostNext.payment), 'failed')
  assert.equal(statusDetailOf(lostNext.payment), 'start_lost')
})

test('S3: a second failure is news, since a live attempt lay between', () => {
  const story = tell(newPayment(), [...live('a'), declined('a'), ...live('b'), declined('b')])
  assert.deepEqual(eventsOf(story), ['failed', 'failed'])
  assert.equal(story.payment.sequence, 2)
})

test('S3: a refused start of a fresh payment tells nothing and leaves it pending', () => {
  const story = tell(newPayment(), [reserve('a'), markCalling('a'), refused('a')])
  assert.deepEqual(eventsOf(story), [])
  assert.equal(statusOf(story.payment), 'pending')
})

test('S3: with money already credited a declined attempt leaves `partially_paid`', () => {
  const part = live('a', { partTiyn: tenge(5_000) })
  const story = tell(newPayment(), [...part, took('a', tenge(5_000)), ...live('b'), declined('b')])
  assert.equal(statusOf(story.payment), 'partially_paid')
  assert.ok(!eventsOf(story).includes('failed'))
})

test('S4: a cancel of an idle payment is told at once', () => {
  assert.deepEqual(eventsOf(tell(newPayment(), [CANCEL])), ['cancelled'])
  const failed = tell(newPayment(), [...live('a'), declined('a'), CANCEL])
  assert.deepEqual(eventsOf(failed), ['failed', 'cancelled'])
})

test('S4: a cancel while processing is held, and sent on a final word without money', () => {
  const story = tell(newPayment(), [...live('a'), CANCEL])
  assert.equal(statusOf(story.payment), 'cancelled')
  assert.equal(statusDetailOf(story.payment), 'watched')
  assert.equal(story.payment.attempts[0]?.stopRequested, true)
  assert.equal(story.payment.attempts[0]?.state.kind, 'live')
  assert.deepEqual(eventsOf(story), ['(cancelled)'])
  const ended = tell(story.payment, [declined('a')])
  assert.deepEqual(eventsOf(ended), ['send'])
  assert.equal(statusOf(ended.payment), 'cancelled')
  assert.equal(statusDetailOf(ended.payment), null)
  assert.equal(ended.payment.failureReason, null)
})

test('S4: on money the held cancel is superseded and only the later event goes out', () => {
  const held = tell(newPayment(), [...live('a'), CANCEL]).payment
  const paid = tell(held, [took('a', WHOLE)])
  assert.deepEqual(eventsOf(paid), ['supersede', 'paid'])
  assert.equal(statusOf(paid.payment), 'paid')
  assert.equal(paid.payment.late, true)
  assert.deepEqual(tasksOf(paid), ['late_money'])
  const partly = tell(held, [took('a', tenge(5_000))])
  assert.deepEqual(eventsOf(partly), ['supersede', 'partially_paid'])
})

test('S4: unknown and held keep a cancel held until somebody knows', () => {
  const unknown = tell(newPayment(), [...live('a'), CANCEL, observed('a', { kind: 'unknown' })])
  assert.deepEqual(eventsOf(unknown), ['(cancelled)'])
  const byHand = tell(newPayment(), [...live('a'), CANCEL, took('a', null)])
  assert.deepEqual(eventsOf(byHand), ['(cancelled)'])
  const noMoney = tell(byHand.payment, [resolve('a', { kind: 'no_money' })])
  assert.deepEqual(eventsOf(noMoney), ['send'])
  const money = resolve('a', { kind: 'money', success: success(WHOLE) })
  assert.deepEqual(eventsOf(tell(byHand.payment, [money])), ['supersede', 'paid'])
})

test('S4: a reserved terminal is let go at once and the cancel told at once', () => {
  const story = tell(newPayment(), [reserve('a'), CANCEL])
  assert.equal(story.payment.attempts[0]?.state.kind, 'released')
  assert.deepEqual(eventsOf(story), ['cancelled'])
  const late = decide(story.payment, markCalling('a'), NOW)
  assert.deepEqual(late, { kind: 'rejected', code: 'cancelled' })
})

test('S4: a start that comes alive after a cancel is watched, its QR is not given out', () => {
  const calling = [reserve('a'), markCalling('a')]
  const story = tell(newPayment(), [...calling, CANCEL, accepted('a')])
  assert.equal(statusOf(story.payment), 'cancelled')
  assert.equal(story.payment.attempts[0]?.stopRequested, true)
  assert.equal(story.payment.chosen, null)
  const read = tell(story.payment, [
    { kind: 'qr_read', attemptId: 'a', qr: { text: 't', url: 'u', expiresAtMs: NOW } },
  ])
  assert.equal(read.payment.qr, null)
})

test('S4: a start refused after a cancel sends it; one lost is no final word but holds nothing', () => {
  const calling = tell(newPayment(), [reserve('a'), markCalling('a'), CANCEL])
  assert.deepEqual(eventsOf(calling), ['(cancelled)'])
  assert.deepEqual(eventsOf(tell(calling.payment, [refused('a')])), ['send'])
  const gone = tell(calling.payment, [lost('a')])
  assert.deepEqual(eventsOf(gone), ['send'])
  assert.equal(gone.payment.attempts[0]?.state.kind, 'lost')
})

test('S4: cancelling twice is the same as once; a paid payment is not cancelled', () => {
  const cancelled = tell(newPayment(), [CANCEL]).payment
  assert.equal(decide(cancelled, CANCEL, NOW).kind, 'unchanged')
  const paid = tell(newPayment(), [...live('a'), took('a', WHOLE)]).payment
  assert.deepEqual(decide(paid, CANCEL, NOW), { kind: 'rejected', code: 'already_paid' })
})

test('S4, S2: cancelling an expired payment is 200 again, also before the sweeper noticed', () => {
  const expired = tell(newPayment(), [EXPIRE], AFTER_TERM).payment
  assert.equal(decide(expired, CANCEL, AFTER_TERM).kind, 'unchanged')
  const story = tell(newPayment(), [CANCEL], AFTER_TERM)
  assert.equal(story.payment.cancelReason, 'expired')
  assert.deepEqual(eventsOf(story), ['cancelled'])
})

test('S4: cancelling what is partly paid opens a refund task for what was taken', () => {
  const part = tell(newPayment(), [...live('a'), took('a', tenge(5_000))]).payment
  const story = tell(part, [CANCEL])
  assert.deepEqual(tasksOf(story), ['refund_due'])
  assert.deepEqual(eventsOf(story), ['cancelled'])
  assert.deepEqual(tasksOf(tell(newPayment(), [CANCEL])), [])
})

test('S4: a cancel that money lifted can be made again, and is told again', () => {
  const story = tell(newPayment(), [...live('a'), CANCEL, took('a', tenge(5_000)), CANCEL])
  assert.deepEqual(eventsOf(story), ['(cancelled)', 'supersede', 'partially_paid', 'cancelled'])
  assert.equal(story.payment.sequence, 3)
})

test('S2: an expiry is one `cancelled` with its reason', () => {
  const story = tell(newPayment(), [EXPIRE], AFTER_TERM)
  assert.equal(story.payment.cancelReason, 'expired')
  assert.deepEqual(eventsOf(story), ['cancelled'])
  assert.equal(decide(story.payment, EXPIRE, AFTER_TERM).kind, 'unchanged')
})

test('S2: expiry never touches an open attempt, and takes effect when that ends without money', () => {
  const calling = [reserve('a'), markCalling('a')]
  const opens = [
    [reserve('a')],
    calling,
    live('a'),
    [...live('a'), observed('a', { kind: 'unknown' })],
    [...live('a'), took('a', null)],
  ]
  for (const inputs of opens) {
    const { payment } = tell(newPayment(), inputs)
    assert.equal(decide(payment, EXPIRE, AFTER_TERM).kind, 'unchanged')
    assert.equal(statusOf(payment), 'processing')
  }
  const released = tell(
    tell(newPayment(), [reserve('a')]).payment,
    [{ kind: 'release', attemptId: 'a' }],
    AFTER_TERM,
  )
  const ends = [
    released,
    tell(tell(newPayment(), calling).payment, [refused('a')], AFTER_TERM),
    tell(tell(newPayment(), calling).payment, [lost('a')], AFTER_TERM),
    tell(tell(newPayment(), live('a')).payment, [declined('a')], AFTER_TERM),
  ]
  for (const story of ends) {
    assert.equal(statusOf(story.payment), 'cancelled')
    assert.equal(story.payment.cancelReason, 'expired')
    assert.deepEqual(eventsOf(story), ['cancelled'], 'one event, not a failure and a cancel')
    assert.equal(story.history.length, 1)
  }
})

test('S2: what is partly paid does not expire', () => {
  const part = tell(newPayment(), [...live('a'), took('a', tenge(5_000))]).payment
  assert.equal(decide(part, EXPIRE, AFTER_TERM).kind, 'unchanged')
  const declinedLater = tell(tell(part, live('b')).payment, [declined('b')], AFTER_TERM)
  assert.equal(statusOf(declinedLater.payment), 'partially_paid')
})

test('I10: every change has one line of history with the status before and after', () => {
  const story = tell(newPayment(), [...live('a'), CANCEL, took('a', WHOLE)])
  assert.deepEqual(
    story.history.map(({ what, statusBefore, statusAfter }) => [what, statusBefore, statusAfter]),
    [
      ['terminal_reserved', 'pending', 'processing'],
      ['start_called', 'processing', 'processing'],
      ['start_accepted', 'processing', 'processing'],
      ['cancelled', 'processing', 'cancelled'],
      ['captured', 'cancelled', 'paid'],
    ],
  )
})
