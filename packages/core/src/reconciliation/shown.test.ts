// M14, 0016: fees and payouts as a statement's row shows them, of a sale and of a refund.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Shown, type ShownRow, shownFee, shownPayout } from './shown.ts'

const NOTHING = { feeTiyn: null, payoutTiyn: null }

function told(shown: Shown | null) {
  return shown === null
    ? null
    : [shown.tiyn, shown.set.kind, ...shown.set.postings.map(({ tiyn }) => tiyn)]
}

test('of a sale: the fee against the expected one, the payout as it came', () => {
  const sale: ShownRow = { move: 'sale', tiyn: 10_000n, ...NOTHING }
  assert.deepEqual([shownFee(sale, 100n), shownPayout(sale)], [null, null])
  const fee = shownFee({ ...sale, feeTiyn: 130n }, 100n)
  assert.deepEqual(told(fee), [130n, 'provider_fee_real', 30n, -30n])
  const payout = shownPayout({ ...sale, payoutTiyn: 9_870n })
  assert.deepEqual(told(payout), [9_870n, 'payout', 9_870n, -9_870n])
})

test('of a refund: what the payout leaves of the sum came back of the fee, or was charged', () => {
  const refund: ShownRow = { move: 'refund', tiyn: 10_000n, ...NOTHING }
  const fee = (more: Partial<ShownRow>) => told(shownFee({ ...refund, ...more }, 0n))
  assert.deepEqual(fee({ payoutTiyn: 9_900n }), [100n, 'provider_fee_real', -100n, 100n])
  assert.deepEqual(fee({ payoutTiyn: 10_050n }), [50n, 'provider_fee_real', 50n, -50n])
  assert.deepEqual(fee({ payoutTiyn: 10_000n }), [0n, 'provider_fee_real'])
  const agreed = { payoutTiyn: 9_900n, feeTiyn: 100n }
  assert.deepEqual(fee(agreed), [100n, 'provider_fee_real', -100n, 100n])
  const held = shownPayout({ ...refund, payoutTiyn: 9_900n })
  assert.deepEqual(told(held), [9_900n, 'payout', -9_900n, 9_900n])
})

test('of a refund: nothing is guessed of a fee without a payout, or of two that disagree', () => {
  const refund: ShownRow = { move: 'refund', tiyn: 10_000n, ...NOTHING }
  assert.equal(shownFee({ ...refund, feeTiyn: 100n }, 100n), null)
  assert.equal(shownFee({ ...refund, feeTiyn: 99n, payoutTiyn: 9_900n }, 0n), null)
  assert.deepEqual([shownFee(refund, 0n), shownPayout(refund)], [null, null])
})
