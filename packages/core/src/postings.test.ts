import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pricing } from './commission.ts'
import {
  capturePostings,
  forgivenPostings,
  payoutPostings,
  providerFeePostings,
  realFeePostings,
  refundPostings,
} from './postings.ts'

const GOLD: Pricing = { mode: 'markup', rateBp: 100, stepTiyn: 100n }

test('M14: a capture is split into credit, commission, rounding and what is overpaid', () => {
  assert.deepEqual(capturePostings(1_100n, 1_033n, 0n, GOLD), {
    kind: 'capture',
    postings: [
      { account: 'customer', tiyn: -1_100n },
      { account: 'source_credit', tiyn: 1_033n },
      { account: 'commission_charged', tiyn: 11n },
      { account: 'rounding', tiyn: 56n },
    ],
  })
  const late = capturePostings(500n, 0n, 500n, GOLD)
  assert.deepEqual(late.postings, [
    { account: 'customer', tiyn: -500n },
    { account: 'overpaid', tiyn: 500n },
  ])
})

test('M14: what would not add up stops the work', () => {
  for (const [credit, overpaid] of [
    [900n, 101n],
    [1_001n, 0n],
  ] as const) {
    assert.throws(() => capturePostings(1_000n, credit, overpaid, GOLD), {
      message: 'Нарушено внутреннее правило: зачтено больше, чем получено',
    })
  }
})

test('M9, M14: a forgiven sum is owed to the source and taken from nobody', () => {
  assert.deepEqual(forgivenPostings(99n), {
    kind: 'forgiven',
    postings: [
      { account: 'source_credit', tiyn: 99n },
      { account: 'forgiven', tiyn: -99n },
    ],
  })
})

test('M14, M15: a refund comes out of every pocket that the capture had filled', () => {
  const parts = { sourceTiyn: 1_000n, overpaidTiyn: 200n, commissionTiyn: 30n, roundingTiyn: 4n }
  assert.deepEqual(refundPostings(parts), {
    kind: 'refund',
    postings: [
      { account: 'refunded', tiyn: 1_234n },
      { account: 'source_credit', tiyn: -1_000n },
      { account: 'overpaid', tiyn: -200n },
      { account: 'commission_charged', tiyn: -30n },
      { account: 'rounding', tiyn: -4n },
    ],
  })
})

test('M13, M14: the expected fee stands against what the provider owes', () => {
  assert.deepEqual(providerFeePostings(1_140_000n, 1_400), {
    kind: 'provider_fee',
    postings: [
      { account: 'provider_fee_expected', tiyn: 159_600n },
      { account: 'provider_receivable', tiyn: -159_600n },
    ],
  })
})

test('M13, M14: a statement brings the expected fee to the real one, above it or below', () => {
  assert.deepEqual(realFeePostings(130n, 100n), {
    kind: 'provider_fee_real',
    postings: [
      { account: 'provider_fee_difference', tiyn: 30n },
      { account: 'provider_receivable', tiyn: -30n },
    ],
  })
  assert.deepEqual(realFeePostings(100n, 130n).postings, [
    { account: 'provider_fee_difference', tiyn: -30n },
    { account: 'provider_receivable', tiyn: 30n },
  ])
  assert.deepEqual(realFeePostings(100n, 100n).postings, [])
})

test('M14: what the provider paid out it owes no more', () => {
  assert.deepEqual(payoutPostings(9_000n), {
    kind: 'payout',
    postings: [
      { account: 'payout_received', tiyn: 9_000n },
      { account: 'provider_receivable', tiyn: -9_000n },
    ],
  })
})
