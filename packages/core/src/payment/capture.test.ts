import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CommissionMode, priceOf } from '../commission.ts'
import {
  accepted,
  balancesOf,
  declined,
  eventsOf,
  GOLD,
  LOAN,
  live,
  lostStart,
  NOW,
  newPayment,
  RED,
  type Story,
  tasksOf,
  tell,
  tenge,
  terms,
  took,
} from '../testing/payments.ts'
import { usedPricing } from './capture.ts'
import { decide } from './decide.ts'
import type { Capture } from './effect.ts'
import { figuresOf } from './figures.ts'
import { planStart } from './start.ts'
import type { Payment } from './state.ts'
import { statusOf } from './status.ts'

function captureOf({ effects }: Story): Capture {
  const found = effects.find((effect) => effect.kind === 'captured')
  assert.ok(found?.kind === 'captured')
  return found.capture
}

function assertIdentity(payment: Payment): void {
  const { amountTiyn, paidTiyn, remainingTiyn } = figuresOf(payment)
  assert.equal(amountTiyn, paidTiyn + remainingTiyn)
}

/** 10 000 due, Gold chosen, 10 100 charged, a loan used. */
const GOLD_PAID_BY_LOAN = [...live('a'), took('a', tenge(10_100), 'kaspi_credit')]

test('M5: the amount is the original before a start and the priced total after it', () => {
  const fresh = newPayment()
  assert.equal(figuresOf(fresh).amountTiyn, tenge(10_000))
  assert.equal(figuresOf(fresh).commissionTiyn, 0n)
  assert.equal(figuresOf(fresh).rateBp, 0)
  const { payment } = tell(fresh, live('a'))
  assert.equal(figuresOf(payment).amountTiyn, tenge(10_100))
  assert.equal(figuresOf(payment).originalTiyn, tenge(10_000))
  assert.equal(figuresOf(payment).commissionTiyn, tenge(100))
  assert.equal(figuresOf(payment).rateBp, 100)
})

test('M6: a loan used instead of Gold credits 8 859,65 and leaves 1 140,35 due', () => {
  const story = tell(newPayment(), GOLD_PAID_BY_LOAN)
  const { payment } = story
  assert.equal(statusOf(payment), 'partially_paid')
  const figures = figuresOf(payment)
  assert.equal(figures.paidTiyn, tenge(10_100))
  assert.equal(figures.creditedTiyn, tenge(8_859, 65))
  assert.equal(figures.remainingCreditTiyn, tenge(1_140, 35))
  assert.equal(figures.overpaidTiyn, 0n)
  assert.deepEqual(eventsOf(story), ['partially_paid'])
})

test('M6: that rest costs 1 152 by Gold, so the amount is 11 252', () => {
  const part = tell(newPayment(), GOLD_PAID_BY_LOAN).payment
  assert.equal(figuresOf(part).remainingTiyn, tenge(1_152))
  assert.equal(figuresOf(part).amountTiyn, tenge(11_252))
  const { payment } = tell(part, [...live('b'), took('b', tenge(1_152))])
  assert.equal(statusOf(payment), 'paid')
  assert.equal(figuresOf(payment).amountTiyn, tenge(11_252))
  assert.equal(figuresOf(payment).remainingTiyn, 0n)
  assert.equal(payment.creditedTiyn, tenge(10_000))
  assert.equal(payment.forgivenTiyn, 0n)
})

test('M6: that rest costs 1 300 by a loan, so the amount is 11 400', () => {
  const part = tell(newPayment(), GOLD_PAID_BY_LOAN).payment
  const { payment } = tell(part, live('b', { terms: LOAN }))
  assert.equal(figuresOf(payment).remainingTiyn, tenge(1_300))
  assert.equal(figuresOf(payment).amountTiyn, tenge(11_400))
  const after = tell(payment, [took('b', tenge(1_300), 'kaspi_credit')]).payment
  assert.equal(statusOf(after), 'paid')
  assert.equal(figuresOf(after).amountTiyn, tenge(11_400))
  assert.equal(after.overpaidTiyn, 0n)
})

test('M6: partially paid by a deliberate part: 5 000 of 10 100 leaves exactly 5 100', () => {
  const part = live('a', { partTiyn: tenge(5_000) })
  const { payment } = tell(newPayment(), [...part, took('a', tenge(5_000))])
  assert.equal(statusOf(payment), 'partially_paid')
  assert.equal(figuresOf(payment).remainingTiyn, tenge(5_100))
  assert.equal(figuresOf(payment).amountTiyn, tenge(10_100))
  const rest = tell(payment, [...live('b'), took('b', tenge(5_100))])
  assert.equal(statusOf(rest.payment), 'paid')
  assert.equal(rest.payment.creditedTiyn, tenge(10_000))
  assert.equal(rest.payment.overpaidTiyn, 0n)
})

test('M6: partially paid because the terminal took less than asked', () => {
  const story = tell(newPayment(), [...live('a'), took('a', tenge(9_000))])
  assert.equal(statusOf(story.payment), 'partially_paid')
  // 9 000 ÷ 1.01 = 8 910.891…, rounded up to the tiyn.
  assert.equal(story.payment.creditedTiyn, tenge(8_910, 90))
  assert.deepEqual(tasksOf(story), ['sum_differs'])
  const full = tell(newPayment(), [...live('b'), took('b', tenge(10_100))])
  assert.equal(statusOf(full.payment), 'paid')
})

test('M6: as quoted, the credit is the quoted original and the step’s surplus is rounding', () => {
  // 10.33 by Gold is 10.4333, charged 11: the 57 tiyn are rounding, not credit and not overpaid.
  const fresh = newPayment({ originalTiyn: 1_033n })
  const story = tell(fresh, [...live('a'), took('a', 1_100n)])
  assert.equal(story.payment.creditedTiyn, 1_033n)
  assert.equal(story.payment.overpaidTiyn, 0n)
  assert.deepEqual(balancesOf(story), {
    customer: -1_100n,
    source_credit: 1_033n,
    commission_charged: 11n,
    rounding: 56n,
    provider_fee_expected: 11n,
    provider_receivable: -11n,
  })
})

test('M6: another product of the same rate is credited as quoted', () => {
  const { payment } = tell(newPayment(), [...live('a'), took('a', tenge(10_100), 'kaspi_red')])
  assert.equal(statusOf(payment), 'paid')
  assert.equal(payment.creditedTiyn, tenge(10_000))
})

test('M4, M6: a commission that was not added: the gross is the credit, whatever was used', () => {
  const free = { terms: terms('kaspi_gold', { mode: 'none' }) }
  const { payment } = tell(newPayment(), [
    ...live('a', free),
    took('a', tenge(10_000), 'kaspi_credit'),
  ])
  assert.equal(statusOf(payment), 'paid')
  const figures = figuresOf(payment)
  assert.equal(figures.creditedTiyn, tenge(10_000))
  assert.equal(figures.commissionTiyn, 0n)
  assert.equal(figures.rateBp, 100)
})

test('M6, M13: after a gross-up a capture is credited by gross · (1 − rate)', () => {
  const grossUp = { terms: terms('kaspi_credit', { mode: 'gross_up' }) }
  const less = tell(newPayment(), [...live('a', grossUp), took('a', tenge(5_000), 'kaspi_credit')])
  assert.equal(less.payment.creditedTiyn, tenge(4_300))
  const whole = tell(newPayment(), [
    ...live('b', grossUp),
    took('b', tenge(11_628), 'kaspi_credit'),
  ])
  assert.equal(statusOf(whole.payment), 'paid')
  assert.equal(whole.payment.creditedTiyn, tenge(10_000))
})

test('M6, S5: an attempt quoted for more than is due by now is credited what is due, no more', () => {
  // The first start was lost, is learned of late, and took 10 100 by a loan beside the second.
  const part = tell(newPayment(), [
    ...lostStart('a'),
    ...live('b', { terminalId: 2 }),
    accepted('a'),
    took('a', tenge(10_100), 'kaspi_credit'),
  ]).payment
  const story = tell(part, [took('b', tenge(10_100))])
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(captureOf(story).creditTiyn, tenge(1_140, 35))
  assert.equal(captureOf(story).overpaidTiyn, tenge(10_100 - 1_152))
})

test('M9: what is missing within the tolerance is forgiven, posted, and told in the history', () => {
  // 10 099 asked by nobody: the terminal took 1 ₸ less, so 0,99 of the original stays unpaid.
  const story = tell(newPayment(), [...live('a'), took('a', tenge(10_099))])
  assert.equal(statusOf(story.payment), 'paid')
  assert.equal(story.payment.creditedTiyn, tenge(9_999, 1))
  assert.equal(story.payment.forgivenTiyn, 99n)
  assert.equal(balancesOf(story)['forgiven'], -99n)
  assert.equal(balancesOf(story)['source_credit'], tenge(10_000))
  assert.equal(story.history.at(-1)?.facts['forgiven_tiyn'], '99')
  assert.equal(figuresOf(story.payment).remainingTiyn, 0n)
  assertIdentity(story.payment)
})

test('M9: a tiyn beyond the tolerance is not forgiven', () => {
  const exact = newPayment({ toleranceTiyn: 99n })
  assert.equal(statusOf(tell(exact, [...live('a'), took('a', tenge(10_099))]).payment), 'paid')
  const short = newPayment({ toleranceTiyn: 98n })
  const story = tell(short, [...live('a'), took('a', tenge(10_099))])
  assert.equal(statusOf(story.payment), 'partially_paid')
  assert.equal(balancesOf(story)['forgiven'], undefined)
  assert.equal(story.payment.forgivenTiyn, 0n)
})

test('M9: a tolerance above the original does not make an untouched payment paid', () => {
  const tiny = newPayment({ originalTiyn: 50n, toleranceTiyn: 100n })
  assert.equal(statusOf(tiny), 'pending')
  const story = tell(tiny, [...live('a', { terms: terms('kaspi_gold', { minTiyn: 0n }) })])
  assert.equal(statusOf(story.payment), 'processing')
})

test('M10: Gold used where a loan was charged is paid, with 1 300 overpaid and a task', () => {
  const story = tell(newPayment(), [...live('a', { terms: LOAN }), took('a', tenge(11_400))])
  assert.equal(statusOf(story.payment), 'paid')
  const figures = figuresOf(story.payment)
  assert.equal(figures.overpaidTiyn, tenge(1_300))
  assert.equal(figures.remainingTiyn, 0n)
  assert.equal(figures.amountTiyn, tenge(11_400))
  assert.deepEqual(tasksOf(story), ['overpaid'])
  assert.equal(balancesOf(story)['overpaid'], tenge(1_300))
  assert.equal(balancesOf(story)['commission_charged'], tenge(100))
})

test('M10: a source that keeps what is overpaid gets no task, but the same books', () => {
  const keeps = newPayment({ overpaidPolicy: 'keep' })
  const story = tell(keeps, [...live('a', { terms: LOAN }), took('a', tenge(11_400))])
  assert.equal(story.payment.overpaidTiyn, tenge(1_300))
  assert.deepEqual(tasksOf(story), [])
})

test('M10: money on a payment that is paid already is all overpaid, and late', () => {
  const { payment } = tell(newPayment(), [
    ...live('a'),
    declined('a'),
    ...live('b'),
    took('b', tenge(10_100)),
  ])
  const story = tell(payment, [took('a', tenge(10_100))], NOW + 1_000)
  assert.equal(captureOf(story).creditTiyn, 0n)
  assert.equal(captureOf(story).overpaidTiyn, tenge(10_100))
  assert.equal(captureOf(story).late, true)
  assert.equal(story.payment.overpaidTiyn, tenge(10_100))
  assert.equal(story.payment.paidAtMs, NOW)
  assert.deepEqual(eventsOf(story), [])
  assert.deepEqual(tasksOf(story), ['late_money', 'overpaid'])
  assertIdentity(story.payment)
})

test('M11: a product that nobody knows is credited at the highest rate and opens a task', () => {
  const story = tell(newPayment(), [...live('a'), took('a', tenge(10_100), null)])
  assert.equal(captureOf(story).rateBp, 1_400)
  assert.equal(captureOf(story).productWord, 'Platinum')
  assert.equal(captureOf(story).usedMethod, null)
  assert.equal(story.payment.creditedTiyn, tenge(8_859, 65))
  assert.deepEqual(tasksOf(story), ['unknown_product'])
})

test('M11: a known product without a rate row is as unknown, and opens the same task', () => {
  const few = terms('kaspi_gold', { rates: { kaspi_gold: 100, kaspi_credit: 1_400 } })
  const story = tell(newPayment(), [
    ...live('a', { terms: few }),
    took('a', tenge(10_100), 'kaspi_installment_24'),
  ])
  assert.equal(captureOf(story).rateBp, 1_400)
  assert.deepEqual(tasksOf(story), ['unknown_product'])
})

test('M11: a capture is credited at the rate it was quoted, not at the table’s', () => {
  const [attempt] = tell(newPayment(), live('a', { terms: terms('kaspi_gold', { rateBp: 250 }) }))
    .payment.attempts
  assert.ok(attempt)
  const gold = { methodCode: 'kaspi_gold', word: 'Gold' }
  assert.equal(usedPricing(attempt.quote, gold).rateBp, 250)
  const red = { methodCode: 'kaspi_red', word: 'Red' }
  assert.equal(usedPricing(attempt.quote, red).rateBp, 100)
})

test('M7: amount = paid + remaining also after a failure, a cancel and an expiry', () => {
  const part = tell(newPayment(), GOLD_PAID_BY_LOAN).payment
  const cancelled = tell(part, [{ kind: 'cancel' }]).payment
  assert.equal(statusOf(cancelled), 'cancelled')
  assert.equal(figuresOf(cancelled).remainingTiyn, tenge(1_152), 'kept as it was')
  assertIdentity(cancelled)
  const failed = tell(newPayment(), [...live('a', { terms: LOAN }), declined('a')]).payment
  assert.equal(statusOf(failed), 'failed')
  assert.equal(figuresOf(failed).remainingTiyn, tenge(11_400), 'kept as it was')
  assertIdentity(failed)
})

const methods = fc.record({
  method: fc.constantFrom(GOLD, RED, LOAN, terms('card'), terms('kaspi_installment_12')),
  mode: fc.constantFrom<CommissionMode>('none', 'markup', 'gross_up'),
  stepTiyn: fc.constantFrom(1n, 100n, 500n),
})

test('M14: any capture splits its gross without a remainder, and rounding is less than a step', () => {
  const cases = fc.record({
    originalTiyn: fc.bigInt({ min: tenge(10), max: tenge(1_000_000) }),
    toleranceTiyn: fc.constantFrom(0n, 100n, 1_000n),
    chosen: methods,
    used: fc.constantFrom('kaspi_gold', 'kaspi_red', 'kaspi_credit', 'card', null),
    shift: fc.oneof(fc.constant(0n), fc.bigInt({ min: -500_000n, max: 500_000n })),
  })
  fc.assert(
    fc.property(cases, ({ originalTiyn, toleranceTiyn, chosen, used, shift }) => {
      const asked = { ...chosen.method, mode: chosen.mode, stepTiyn: chosen.stepTiyn }
      const begun = tell(newPayment({ originalTiyn, toleranceTiyn }), live('a', { terms: asked }))
      const charge = begun.payment.attempts[0]?.quote.chargeTiyn ?? 0n
      const gross = charge + shift
      fc.pre(gross > 0n)
      const story = tell(begun.payment, [took('a', gross, used)])
      const { payment } = story
      const books = balancesOf(story)
      const of = (account: string) => books[account] ?? 0n
      assert.equal(of('customer'), -payment.paidTiyn)
      assert.equal(of('source_credit'), payment.creditedTiyn + payment.forgivenTiyn)
      assert.equal(of('forgiven'), -payment.forgivenTiyn)
      assert.equal(of('overpaid'), payment.overpaidTiyn)
      assert.ok(of('rounding') >= 0n && of('rounding') < chosen.stepTiyn, 'rounding')
      assert.ok(of('commission_charged') >= 0n)
      assert.equal(of('provider_fee_expected'), -of('provider_receivable'))
      for (const effect of story.effects) {
        if (effect.kind !== 'posted') continue
        assert.equal(
          effect.set.postings.reduce((sum, { tiyn }) => sum + tiyn, 0n),
          0n,
        )
        assert.ok(effect.set.postings.every(({ tiyn }) => tiyn !== 0n))
      }
      assert.ok(payment.creditedTiyn <= originalTiyn)
      assert.ok(payment.forgivenTiyn <= toleranceTiyn)
      assertIdentity(payment)
    }),
    { numRuns: 2_000 },
  )
})

test('M10: what is overpaid is the gross above the price of what was due, at the product used', () => {
  const cases = fc.record({
    dueTiyn: fc.bigInt({ min: tenge(10), max: tenge(100_000) }),
    chosen: methods,
    used: fc.constantFrom('kaspi_gold', 'kaspi_credit', null),
    grossTiyn: fc.bigInt({ min: 1n, max: tenge(150_000) }),
  })
  fc.assert(
    fc.property(cases, ({ dueTiyn, chosen, used, grossTiyn }) => {
      const asked = { ...chosen.method, mode: chosen.mode, stepTiyn: chosen.stepTiyn }
      const begun = tell(newPayment({ originalTiyn: dueTiyn }), live('a', { terms: asked }))
      const quote = begun.payment.attempts[0]?.quote
      assert.ok(quote)
      const { overpaidTiyn } = tell(begun.payment, [took('a', grossTiyn, used)]).payment
      const price = priceOf(dueTiyn, usedPricing(quote, { methodCode: used, word: 'x' }))
      assert.equal(overpaidTiyn, grossTiyn > price ? grossTiyn - price : 0n)
    }),
  )
})

test('M6, M8: any row of payments of what is asked ends in paid, never a tiyn overpaid', () => {
  const cases = fc.record({
    originalTiyn: fc.bigInt({ min: tenge(10), max: tenge(1_000_000) }),
    steps: fc.array(fc.record({ terms: methods, part: fc.bigInt({ min: 10n, max: 20_000n }) }), {
      maxLength: 5,
    }),
  })
  fc.assert(
    fc.property(cases, ({ originalTiyn, steps }) => {
      let payment = newPayment({ originalTiyn, toleranceTiyn: 0n })
      const wanted = [
        ...steps,
        { terms: { method: GOLD, mode: 'markup', stepTiyn: 100n }, part: null },
      ]
      wanted.forEach(({ terms: chosen, part }, index) => {
        const asked = {
          ...chosen.method,
          mode: chosen.mode,
          stepTiyn: chosen.stepTiyn,
        } as typeof GOLD
        const partTiyn = part === null ? null : part * tenge(1)
        const request = { terms: asked, partTiyn, presence: 'remote' } as const
        if (planStart(payment, request, NOW).kind !== 'start') return
        const id = `a${index}`
        const changes = partTiyn === null ? { terms: asked } : { terms: asked, partTiyn }
        const begun = tell(payment, live(id, changes)).payment
        const charge = begun.attempts.at(-1)?.quote.chargeTiyn ?? 0n
        payment = tell(begun, [took(id, charge, asked.method)]).payment
        assertIdentity(payment)
      })
      assert.equal(statusOf(payment), 'paid')
      assert.equal(payment.creditedTiyn, originalTiyn)
      assert.equal(payment.overpaidTiyn, 0n)
    }),
  )
})

test('S6b: a success whose sum cannot be read, is 0 or is below 0 books nothing', () => {
  const begun = tell(newPayment(), live('a')).payment
  for (const gross of [null, 0n, -50_500n]) {
    const decision = decide(begun, took('a', gross), NOW)
    assert.ok(decision.kind === 'applied')
    assert.equal(decision.payment.paidTiyn, 0n)
    assert.deepEqual(decision.attempt?.state, { kind: 'held', reason: 'sum_unreadable' })
    assert.deepEqual(tasksOf(decision), ['settle_by_hand'])
  }
})
