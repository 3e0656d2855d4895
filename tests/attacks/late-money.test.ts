// A13: money that comes after everybody has given up is kept and flagged, however late it comes (S5).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figuresOf } from '../../packages/core/src/payment/figures.ts'
import { statusOf } from '../../packages/core/src/payment/status.ts'
import {
  CANCEL,
  declined,
  EXPIRE,
  eventsOf,
  live,
  NOW,
  newPayment,
  type Story,
  tasksOf,
  tell,
  tenge,
  took,
} from '../../packages/core/src/testing/payments.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../packages/core/src/time.ts'

const WHOLE = tenge(10_100)
const AFTER_TERM = NOW + 2 * HOUR_MS
const DELAYS = { 'a second': SECOND_MS, 'an hour': HOUR_MS, 'two days': 2 * DAY_MS }

function givenUp(): readonly (readonly [how: string, story: Story])[] {
  const cancelled = tell(newPayment(), [...live('a'), CANCEL])
  const declinedOnce = tell(newPayment(), [...live('a'), declined('a')])
  const expired = tell(declinedOnce.payment, [EXPIRE], AFTER_TERM)
  return [
    ['cancelled', cancelled],
    ['expired', expired],
  ]
}

for (const [name, delayMs] of Object.entries(DELAYS)) {
  test(`A13: ${name} late, after a cancel and after the term: booked whole, flagged, a task for staff`, () => {
    for (const [how, { payment }] of givenUp()) {
      const late = tell(payment, [took('a', WHOLE)], AFTER_TERM + delayMs)
      assert.equal(statusOf(late.payment), 'paid', how)
      assert.equal(figuresOf(late.payment).paidTiyn, WHOLE, how)
      // A cancel that was still held is never told.
      assert.deepEqual(eventsOf(late), how === 'cancelled' ? ['supersede', 'paid'] : ['paid'], how)
      assert.equal(late.payment.late, true, how)
      assert.ok(tasksOf(late).includes('late_money'), how)
    }
  })
}
