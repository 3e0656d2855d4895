// S5, M15: too much is what a terminal could give back. Nobody is sent after less than its step.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countedOf, figuresOf } from '../payment/figures.ts'
import type { Payment } from '../payment/state.ts'
import {
  CANCEL,
  GOLD,
  LOAN,
  live,
  newPayment,
  type Story,
  tasksOf,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { ask, gaveBack, LIVE, request } from '../testing/refunds.ts'
import { planRefund } from './plan.ts'
import { COMMISSION_BEARERS } from './state.ts'

const STEP = GOLD.stepTiyn
const whole = { attemptId: null, amountTiyn: null, bearer: 'source' } as const

/** All that is due is paid with one attempt, as its terminal was asked. */
function payTheRest(payment: Payment, attemptId: string): Payment {
  const { remainingTiyn } = figuresOf(payment)
  if (remainingTiyn < GOLD.minTiyn) return payment
  const begun = tell(payment, live(attemptId)).payment
  const charge = begun.attempts.at(-1)?.quote.chargeTiyn ?? 0n
  return tell(begun, [took(attemptId, charge)]).payment
}

function checkTasks(before: Payment, { payment, ...story }: Story): void {
  const over = countedOf(payment) - payment.originalTiyn
  const due = tasksOf({ effects: story.effects }).filter((task) => task === 'refund_due')
  assert.deepEqual(due, over >= STEP ? ['refund_due'] : [], `${over} tiyn more than was due`)
  if (due.length > 0) assert.equal(planRefund(payment, whole).kind, 'planned')
  assert.ok(over <= 0n || payment.late || before.late, 'the database refuses it else')
}

test('a refund called off after the rest was paid: a task from a step upwards, none below', () => {
  const seen = { below: 0, above: 0 }
  fc.assert(
    fc.property(
      fc.bigInt({ min: tenge(60), max: tenge(100_000) }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(...COMMISSION_BEARERS),
      fc.constantFrom(GOLD, LOAN),
      (originalTiyn, steps, bearer, terms) => {
        const part = tell(newPayment({ originalTiyn }), [
          ...live('a', { terms, partTiyn: tenge(50) }),
          took('a', tenge(50), terms.method),
          request(BigInt(steps) * STEP, { bearer }),
        ]).payment
        const paid = payTheRest(part, 'b')
        const story = tell(paid, [ask({ kind: 'cancel' })])
        checkTasks(paid, story)
        const over = countedOf(story.payment) - originalTiyn
        if (over >= STEP) seen.above += 1
        else if (over > 0n) seen.below += 1
      },
    ),
    { numRuns: 400 },
  )
  assert.ok(seen.below > 0 && seen.above > 0, JSON.stringify(seen))
})

test('a cancelled payment whose money went back already is nobody’s to give back once more', () => {
  const part = tell(newPayment(), [...live('a', { partTiyn: tenge(50) }), took('a', tenge(50))])
  const asked = tell(part.payment, [request()]).payment
  // One that is only asked for may come to nothing.
  assert.deepEqual(tasksOf(tell(asked, [CANCEL])), ['refund_due'])
  const given = [...LIVE.map((step) => ask(step)), ask(gaveBack(tenge(50)))]
  assert.deepEqual(tasksOf(tell(tell(asked, given).payment, [CANCEL])), [])
})
