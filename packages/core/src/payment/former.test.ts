import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { priceOf } from '../commission.ts'
import { bookFormer, type FormerPayment } from './former.ts'

const NOW = Date.UTC(2026, 0, 1)
const GOLD = { method: 'kaspi_gold', mode: 'markup', rateBp: 100, stepTiyn: 100n } as const
const PAID: FormerPayment = {
  status: 'paid',
  originalTiyn: 1_000_000n,
  paidTiyn: 1_010_000n,
  commissionTiyn: null,
  toleranceTiyn: 100n,
  chosen: GOLD,
  createdAtMs: NOW - 10_000,
  expiresAtMs: NOW - 5_000,
  paidAtMs: NOW - 8_000,
}
const UNPAID: FormerPayment = { ...PAID, status: 'pending', paidTiyn: 0n, paidAtMs: null }

function reasonOf(former: FormerPayment): string {
  const outcome = bookFormer(former, NOW)
  return outcome.kind === 'refused' ? outcome.reason : outcome.status
}

function sumsOf(former: FormerPayment) {
  const outcome = bookFormer(former, NOW)
  assert.equal(outcome.kind, 'booked')
  const sums: Record<string, bigint> = {}
  const sets = outcome.kind === 'booked' ? (outcome.capture?.sets ?? []) : []
  for (const { postings } of sets) {
    assert.equal(
      postings.reduce((sum, { tiyn }) => sum + tiyn, 0n),
      0n,
    )
    for (const { account, tiyn } of postings) sums[account] = (sums[account] ?? 0n) + tiyn
  }
  return sums
}

describe('bookFormer', () => {
  it('M14: books a paid payment once, by what the books say', () => {
    assert.deepEqual(sumsOf(PAID), {
      customer: -1_010_000n,
      source_credit: 1_000_000n,
      commission_charged: 10_000n,
      provider_fee_expected: 10_100n,
      provider_receivable: -10_100n,
    })
    const said = sumsOf({ ...PAID, commissionTiyn: 9_950n })
    assert.equal(said['commission_charged'], 9_950n)
    assert.equal(said['rounding'], 50n)
  })

  it('M9, M10: forgives within the tolerance, and names what was paid too much', () => {
    assert.equal(sumsOf({ ...PAID, paidTiyn: 999_900n })['forgiven'], -100n)
    assert.equal(sumsOf({ ...PAID, paidTiyn: 1_110_000n })['overpaid'], 100_000n)
  })

  it('refuses what the books contradict', () => {
    assert.equal(reasonOf({ ...PAID, commissionTiyn: 9_000n }), 'sums_disagree')
    assert.equal(reasonOf({ ...PAID, commissionTiyn: 20_000n }), 'sums_disagree')
    assert.equal(reasonOf({ ...PAID, paidTiyn: 500_000n }), 'paid_less_than_asked')
    assert.equal(reasonOf({ ...PAID, paidTiyn: 0n }), 'paid_without_money')
    assert.equal(reasonOf({ ...PAID, chosen: null }), 'paid_without_method')
    assert.equal(reasonOf({ ...PAID, paidAtMs: null }), 'paid_without_time')
    assert.equal(reasonOf({ ...PAID, paidAtMs: NOW + 1 }), 'times_disagree')
    assert.equal(reasonOf({ ...PAID, createdAtMs: NOW + 1 }), 'times_disagree')
    assert.equal(reasonOf({ ...PAID, createdAtMs: 0 }), 'times_disagree')
    assert.equal(reasonOf({ ...PAID, expiresAtMs: PAID.createdAtMs - 1 }), 'times_disagree')
    assert.equal(reasonOf({ ...PAID, status: 'partially_paid' }), 'part_covers_all')
    assert.equal(reasonOf({ ...PAID, status: 'cancelled' }), 'money_without_paid_status')
    assert.equal(reasonOf({ ...UNPAID, status: 'processing' }), 'still_processing')
  })

  it('S2: what was not paid in its time is cancelled, what has time left stays', () => {
    assert.equal(reasonOf(UNPAID), 'cancelled')
    assert.equal(reasonOf({ ...UNPAID, status: 'failed' }), 'cancelled')
    const young = { ...UNPAID, expiresAtMs: NOW + 1_000 }
    assert.equal(reasonOf(young), 'pending')
    assert.equal(reasonOf({ ...young, status: 'failed' }), 'failed')
  })

  it('M6: a part is credited by the inverse of the price, and every set balances', () => {
    const seed = Number(process.env['SEED'] ?? 20_261_125)
    const sum = fc.bigInt({ min: 100_000n, max: 10_000_000_000n })
    fc.assert(
      fc.property(sum, fc.integer({ min: 1, max: 98 }), (original, percent) => {
        const part = (original * BigInt(percent)) / 100n
        const paidTiyn = priceOf(part, GOLD)
        const former = { ...PAID, originalTiyn: original, paidTiyn, toleranceTiyn: 0n }
        const sums = sumsOf({ ...former, status: 'partially_paid' })
        assert.equal(sums['customer'], -paidTiyn)
        const credit = sums['source_credit'] ?? 0n
        assert.ok(credit >= part && credit < part + 100n, `${credit} за ${part}`)
      }),
      { seed, verbose: true },
    )
  })
})
