import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type CommissionMode,
  commissionOf,
  creditOf,
  MAX_RATE_BP,
  netOf,
  type Pricing,
  percentOf,
  priceOf,
  providerFeeOf,
  rateOf,
} from './commission.ts'

const TENGE = 100n

function pricing(mode: CommissionMode, rateBp: number, stepTiyn = TENGE): Pricing {
  return { mode, rateBp, stepTiyn }
}

/** What a price is worth, as numerator ÷ denominator: an exact fraction of BigInts. */
function factorOf({ mode, rateBp }: Pricing): { over: bigint; under: bigint } {
  const rate = BigInt(rateBp)
  if (mode === 'markup') return { over: 10_000n + rate, under: 10_000n }
  if (mode === 'gross_up') return { over: 10_000n, under: 10_000n - rate }
  return { over: 1n, under: 1n }
}

const modes = fc.constantFrom<CommissionMode>('none', 'markup', 'gross_up')
const pricings = fc.record({
  mode: modes,
  rateBp: fc.integer({ min: 0, max: MAX_RATE_BP }),
  stepTiyn: fc.constantFrom(1n, 5n, 100n, 500n, 10_000n),
})
const sums = fc.oneof(
  fc.bigInt({ min: 1n, max: 100_000n }),
  fc.bigInt({ min: 1n, max: 10_000_000_000n }),
)

test('M3: the documented numbers: 10 000 by Gold costs 10 100, commission 100, 1 %', () => {
  const gold = pricing('markup', 100)
  assert.equal(priceOf(10_000n * TENGE, gold), 10_100n * TENGE)
  assert.equal(priceOf(10_000n * TENGE, gold) - 10_000n * TENGE, 100n * TENGE)
  assert.equal(percentOf(100), 1)
})

test('M3: the documented numbers: 10 000 by a loan costs 11 400, commission 1 400, 14 %', () => {
  const loan = pricing('markup', 1400)
  assert.equal(priceOf(10_000n * TENGE, loan), 11_400n * TENGE)
  assert.equal(commissionOf(10_000n * TENGE, loan), 1_400n * TENGE)
  assert.equal(percentOf(1400), 14)
  assert.equal(percentOf(1450), 14.5)
  assert.equal(percentOf(29), 0.29)
})

test('M3: the total is rounded up to whole tenge, to the tiyn where a provider takes them', () => {
  assert.equal(priceOf(1n, pricing('markup', 100)), 100n)
  assert.equal(priceOf(1_033n, pricing('markup', 100)), 1_100n)
  assert.equal(priceOf(1_033n, pricing('markup', 100, 1n)), 1_044n)
  assert.equal(priceOf(0n, pricing('markup', 1400)), 0n)
})

test('M4: a commission that is not added leaves the original, rounded up to the step', () => {
  const free = pricing('none', 1400)
  assert.equal(priceOf(10_000n * TENGE, free), 10_000n * TENGE)
  assert.equal(priceOf(1_000_050n, free), 1_000_100n)
  assert.equal(commissionOf(1_000_050n, free), 0n)
  assert.equal(creditOf(1_000_100n, free), 1_000_100n)
})

test('M13: a gross-up of 10 000 at 14 % is 11 628, of which the bank leaves the 10 000', () => {
  const grossUp = pricing('gross_up', 1400)
  const price = priceOf(10_000n * TENGE, grossUp)
  assert.equal(price, 11_628n * TENGE)
  assert.ok(price - providerFeeOf(price, 1400) >= 10_000n * TENGE)
})

test('M13: a markup of 14 % leaves 9 804 of 11 400, which the console shows as a loss', () => {
  assert.equal(11_400n * TENGE - providerFeeOf(11_400n * TENGE, 1400), 9_804n * TENGE)
})

test('M3: a price is the least multiple of the step that is not below the exact fraction', () => {
  fc.assert(
    fc.property(sums, pricings, (original, terms) => {
      const { over, under } = factorOf(terms)
      const price = priceOf(original, terms)
      assert.equal(price % terms.stepTiyn, 0n)
      assert.ok(price * under >= original * over, 'below the exact price')
      assert.ok((price - terms.stepTiyn) * under < original * over, 'a whole step too much')
    }),
    { numRuns: 3_000 },
  )
})

test('M6: a credit is the exact inverse, rounded up to the tiyn', () => {
  fc.assert(
    fc.property(sums, pricings, (gross, terms) => {
      const { over, under } = factorOf(terms)
      const credit = creditOf(gross, terms)
      assert.ok(credit * over >= gross * under, 'below the exact credit')
      assert.ok((credit - 1n) * over < gross * under, 'a whole tiyn too much')
      assert.ok(credit <= gross)
    }),
    { numRuns: 3_000 },
  )
})

test('M6: the credit of a price is at least the original and at most a step above it', () => {
  fc.assert(
    fc.property(sums, pricings, (original, terms) => {
      const credit = creditOf(priceOf(original, terms), terms)
      assert.ok(credit >= original)
      assert.ok(credit <= original + terms.stepTiyn)
    }),
    { numRuns: 3_000 },
  )
})

test('M3: price and credit grow with the sum, and a dearer rate never costs less', () => {
  fc.assert(
    fc.property(sums, sums, pricings, fc.nat(500), (a, b, terms, more) => {
      const [low, high] = a < b ? [a, b] : [b, a]
      assert.ok(priceOf(low, terms) <= priceOf(high, terms))
      assert.ok(creditOf(low, terms) <= creditOf(high, terms))
      const dearer = { ...terms, rateBp: Math.min(terms.rateBp + more, MAX_RATE_BP) }
      assert.ok(priceOf(a, terms) <= priceOf(a, dearer))
      assert.ok(creditOf(a, terms) >= creditOf(a, dearer))
    }),
  )
})

test('M3: what a price is made of: original, commission, and less than a step of rounding', () => {
  fc.assert(
    fc.property(sums, pricings, (original, terms) => {
      const rounding = priceOf(original, terms) - original - commissionOf(original, terms)
      assert.ok(rounding >= 0n && rounding < terms.stepTiyn)
    }),
  )
})

test('M13: the expected fee is the exact share of the gross, rounded up', () => {
  fc.assert(
    fc.property(sums, fc.integer({ min: 0, max: MAX_RATE_BP }), (gross, rateBp) => {
      const fee = providerFeeOf(gross, rateBp)
      assert.ok(fee * 10_000n >= gross * BigInt(rateBp))
      assert.ok((fee - 1n) * 10_000n < gross * BigInt(rateBp))
    }),
  )
})

test('M13: after a gross-up the bank leaves at least the original', () => {
  fc.assert(
    fc.property(sums, fc.integer({ min: 0, max: MAX_RATE_BP }), (original, rateBp) => {
      const price = priceOf(original, pricing('gross_up', rateBp))
      assert.ok(price - providerFeeOf(price, rateBp) >= original)
    }),
  )
})

test('M13: of 10 000 ₸ at 14 % markup leaves 9 804, gross-up the whole sum', () => {
  assert.equal(netOf(1_000_000n, pricing('markup', 1400)), 980_400n)
  assert.equal(netOf(1_000_000n, pricing('gross_up', 1400)), 1_000_008n)
  assert.equal(netOf(1_000_000n, pricing('none', 1400)), 860_000n)
})

test('M11: every rate is read back from the percent that shows it, and nothing else is a rate', () => {
  for (let rateBp = 0; rateBp <= MAX_RATE_BP; rateBp += 1) {
    assert.equal(rateOf(percentOf(rateBp)), rateBp)
  }
  for (const percent of [
    -1,
    90.01,
    0.001,
    1e-7,
    100,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ]) {
    assert.equal(rateOf(percent), null, String(percent))
  }
})
