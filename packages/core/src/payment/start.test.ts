import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  EXPIRE,
  GOLD,
  LOAN,
  live,
  lost,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  RED,
  refused,
  reserve,
  tell,
  tenge,
  terms,
  took,
} from '../testing/payments.ts'
import { HOUR_MS, SECOND_MS } from '../time.ts'
import { decide } from './decide.ts'
import type { PaymentInput } from './input.ts'
import { ATTEMPTS_LIMIT, LOST_STARTS_WINDOW_MS, planStart } from './start.ts'
import type { Payment } from './state.ts'

/** The plan in one word: what it is, or why not. */
function planOf(
  payment: Payment,
  changes: { terms?: typeof GOLD; partTiyn?: bigint } = {},
  now = NOW,
): string {
  const request = {
    terms: changes.terms ?? GOLD,
    partTiyn: changes.partTiyn ?? null,
    presence: 'remote',
  } as const
  const plan = planStart(payment, request, now)
  return plan.kind === 'rejected' ? plan.code : plan.kind
}

function quoteOf(payment: Payment, changes: { terms?: typeof GOLD; partTiyn?: bigint } = {}) {
  const { terms: asked = GOLD, partTiyn = null } = changes
  const plan = planStart(payment, { terms: asked, partTiyn, presence: 'remote' }, NOW)
  assert.ok(plan.kind === 'start')
  return plan.quote
}

const AFTER_TERM = NOW + 2 * HOUR_MS
const UNKNOWN: PaymentInput = observed('a', { kind: 'unknown' })

test('S7: pending and failed start with the whole price', () => {
  assert.equal(quoteOf(newPayment()).chargeTiyn, tenge(10_100))
  assert.equal(quoteOf(newPayment()).originalTiyn, tenge(10_000))
  const failed = tell(newPayment(), [...live('a'), declined('a')]).payment
  assert.equal(quoteOf(failed, { terms: LOAN }).chargeTiyn, tenge(11_400))
})

test('S7: partially paid starts the remainder', () => {
  const part = tell(newPayment(), [...live('a'), took('a', tenge(10_100), 'kaspi_credit')]).payment
  assert.equal(quoteOf(part).chargeTiyn, tenge(1_152))
  assert.equal(quoteOf(part, { terms: LOAN }).chargeTiyn, tenge(1_300))
})

test('S7: processing by the same method, or another of the same price, gives the same QR', () => {
  for (const inputs of [[reserve('a')], [reserve('a'), markCalling('a')], live('a')]) {
    const { payment } = tell(newPayment(), inputs)
    assert.equal(planOf(payment), 'same')
    assert.equal(planOf(payment, { terms: RED }), 'same')
  }
})

test('S7: processing for another price stops a live attempt first, and waits for any other', () => {
  const plan = (inputs: PaymentInput[]) =>
    planOf(tell(newPayment(), inputs).payment, { terms: LOAN })
  assert.equal(plan(live('a')), 'stop_first')
  assert.equal(plan([reserve('a')]), 'attempt_in_progress')
  assert.equal(plan([reserve('a'), markCalling('a')]), 'attempt_in_progress')
  assert.equal(plan([...live('a'), UNKNOWN]), 'attempt_in_progress')
  assert.equal(plan([...live('a'), took('a', null)]), 'attempt_in_progress')
})

test('S6, S6b: unknown and held keep the payment even for the same price', () => {
  assert.equal(planOf(tell(newPayment(), [...live('a'), UNKNOWN]).payment), 'attempt_in_progress')
  const held = tell(newPayment(), [...live('a'), took('a', null)]).payment
  assert.equal(planOf(held), 'attempt_in_progress')
})

test('S7: paid, cancelled and expired are refused by name', () => {
  assert.equal(
    planOf(tell(newPayment(), [...live('a'), took('a', tenge(10_100))]).payment),
    'already_paid',
  )
  assert.equal(planOf(tell(newPayment(), [CANCEL]).payment), 'cancelled')
  assert.equal(planOf(tell(newPayment(), [EXPIRE], AFTER_TERM).payment), 'expired')
  assert.equal(planOf(tell(newPayment(), [...live('a'), CANCEL]).payment), 'cancelled')
})

test('S7: past its term a payment is expired also before the sweeper noticed', () => {
  const { expiresAtMs } = newPayment()
  assert.equal(planOf(newPayment(), {}, expiresAtMs - 1), 'start')
  assert.equal(planOf(newPayment(), {}, expiresAtMs), 'expired')
  const failed = tell(newPayment(), [...live('a'), declined('a')]).payment
  assert.equal(planOf(failed, {}, AFTER_TERM), 'expired')
})

test('S2: past the term an open attempt still gives its QR, and is not stopped for another', () => {
  const { payment } = tell(newPayment(), live('a'))
  assert.equal(planOf(payment, {}, AFTER_TERM), 'same')
  assert.equal(planOf(payment, { terms: LOAN }, AFTER_TERM), 'expired')
})

test('S2: money already taken lifts the term', () => {
  const part = tell(newPayment(), [...live('a'), took('a', tenge(5_000))]).payment
  assert.equal(planOf(part, {}, AFTER_TERM), 'start')
})

test('M12: a method of another currency is refused', () => {
  assert.equal(planOf(newPayment({ currency: 'USD' })), 'currency_not_supported')
})

test('M2: below the minimum of the method an original is refused, a remainder never', () => {
  assert.equal(planOf(newPayment({ originalTiyn: tenge(9, 99) })), 'amount_too_small')
  assert.equal(planOf(newPayment({ originalTiyn: tenge(10) })), 'start')
  const rest = newPayment({ creditedTiyn: tenge(9_998), paidTiyn: tenge(10_098) })
  assert.equal(planOf(rest), 'start')
  assert.equal(quoteOf(rest).chargeTiyn, tenge(3))
})

test('M2: above the maximum of the method is refused', () => {
  const small = terms('kaspi_gold', { maxTiyn: tenge(9_999) })
  assert.equal(planOf(newPayment(), { terms: small }), 'amount_too_large')
  const exact = terms('kaspi_gold', { maxTiyn: tenge(10_000) })
  assert.equal(planOf(newPayment(), { terms: exact }), 'start')
})

test('M8: a deliberate part is a multiple of the step, at least the minimum', () => {
  const part = (partTiyn: bigint) => planOf(newPayment(), { partTiyn })
  assert.equal(part(tenge(10)), 'start')
  assert.equal(part(tenge(9)), 'invalid_part')
  assert.equal(part(tenge(5_000, 50)), 'invalid_part')
  assert.equal(part(0n), 'invalid_part')
  assert.equal(part(-tenge(100)), 'invalid_part')
  const noMinimum = terms('kaspi_gold', { minTiyn: 0n })
  assert.equal(planOf(newPayment(), { terms: noMinimum, partTiyn: 0n }), 'invalid_part')
})

test('M8: a part leaves nothing or at least the minimum', () => {
  const part = (partTiyn: bigint) => planOf(newPayment(), { partTiyn })
  assert.equal(part(tenge(10_100)), 'start')
  assert.equal(part(tenge(10_099)), 'invalid_part')
  assert.equal(part(tenge(10_091)), 'invalid_part')
  assert.equal(part(tenge(10_090)), 'start')
  assert.equal(part(tenge(10_101)), 'invalid_part')
})

test('M8: a part that is the whole price is the whole; its original is what is due', () => {
  const whole = quoteOf(newPayment(), { partTiyn: tenge(10_100) })
  assert.deepEqual(whole, quoteOf(newPayment()))
  const part = quoteOf(newPayment(), { partTiyn: tenge(5_000) })
  assert.equal(part.chargeTiyn, tenge(5_000))
  // 5 000 ÷ 1.01 = 4 950.495…, rounded up.
  assert.equal(part.originalTiyn, tenge(4_950, 50))
})

test('M8: a part that leaves nothing of the credit, or is the whole of a small rest, may be asked for', () => {
  const rest = newPayment({ creditedTiyn: tenge(9_998), paidTiyn: tenge(10_098) })
  assert.equal(planOf(rest, { partTiyn: tenge(3) }), 'start')
  // 1 ₸ costs 1,01, so 2 in whole tenge; 1 ₸ of it is credited as 1 ₸, rounded up.
  const one = terms('kaspi_gold', { minTiyn: tenge(1) })
  const tiny = newPayment({ originalTiyn: tenge(1) })
  assert.equal(planOf(tiny, { terms: one, partTiyn: tenge(1) }), 'start')
})

test('M8: a live part asked for again is the same; the whole price is another', () => {
  const { payment } = tell(newPayment(), live('a', { partTiyn: tenge(5_000) }))
  assert.equal(planOf(payment, { partTiyn: tenge(5_000) }), 'same')
  assert.equal(planOf(payment), 'stop_first')
})

test('S6a: a lost start goes on with the next terminal, two in 300 s wait', () => {
  const one = tell(newPayment(), lostStart('a')).payment
  assert.equal(planOf(one), 'start')
  const two = tell(one, lostStart('b', { terminalId: 2 }), NOW + SECOND_MS).payment
  assert.equal(planOf(two, {}, NOW + 2 * SECOND_MS), 'terminals_unavailable')
  // The window runs from each loss, and lets one more through as soon as the first has left it.
  assert.equal(planOf(two, {}, NOW + LOST_STARTS_WINDOW_MS - 1), 'terminals_unavailable')
  assert.equal(planOf(two, {}, NOW + LOST_STARTS_WINDOW_MS), 'start')
})

test('S6a: a process learned late, and one given up, still count as lost starts', () => {
  const both = [...lostStart('a'), ...lostStart('b', { terminalId: 2 })]
  const { payment } = tell(newPayment(), [
    ...both,
    accepted('a'),
    { kind: 'abandon', attemptId: 'b' },
  ])
  assert.equal(planOf(payment), 'terminals_unavailable')
})

test('S6a: a live attempt is not stopped for a start that the limit forbids', () => {
  const { payment } = tell(newPayment(), [...lostStart('a'), ...lostStart('b', { terminalId: 2 })])
  const beside = {
    ...payment,
    attempts: [...payment.attempts, ...tell(newPayment(), live('c')).payment.attempts],
  }
  assert.equal(planOf(beside), 'same')
  assert.equal(planOf(beside, { terms: LOAN }), 'terminals_unavailable')
})

test('S9: refused starts do not count as lost; the number of attempts is bounded', () => {
  let payment = newPayment()
  for (let n = 0; n < ATTEMPTS_LIMIT; n += 1) {
    assert.equal(planOf(payment), 'start')
    payment = tell(payment, [reserve(`a${n}`), markCalling(`a${n}`), refused(`a${n}`)]).payment
  }
  assert.equal(planOf(payment), 'too_many_attempts')
})

test('S7: refusals come in a fixed order: the payment’s state, the price, the limits', () => {
  const paid = tell(newPayment(), [...live('a'), took('a', tenge(10_100))]).payment
  const dollars = terms('kaspi_gold', { currency: 'USD' })
  assert.equal(planOf(paid, { terms: dollars }), 'already_paid')
  assert.equal(planOf(newPayment(), { terms: dollars }, AFTER_TERM), 'expired')
  const twice = tell(newPayment(), [
    ...lostStart('a'),
    reserve('b', { terminalId: 2 }),
    markCalling('b'),
    lost('b'),
  ]).payment
  assert.equal(planOf(twice, { terms: dollars }), 'currency_not_supported')
})

test('S7: the first price wanted again withdraws a stop that did not happen, but not after a cancel', () => {
  const stop: PaymentInput = { kind: 'stop', attemptId: 'a' }
  const resume: PaymentInput = { kind: 'resume', attemptId: 'a' }
  const resumed = tell(newPayment(), [...live('a'), stop, resume])
  assert.equal(resumed.payment.attempts[0]?.stopRequested, false)
  assert.equal(planOf(resumed.payment), 'same')
  const { payment: cancelled } = tell(newPayment(), [...live('a'), CANCEL])
  assert.equal(decide(cancelled, resume, NOW).kind, 'unchanged')
})
