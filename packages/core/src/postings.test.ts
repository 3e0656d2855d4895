import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pricing } from './commission.ts'
import { capturePostings, forgivenPostings, providerFeePostings } from './postings.ts'

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
  assert.throws(() => capturePostings(1_000n, 900n, 101n, GOLD), /внутреннее правило/)
  assert.throws(() => capturePostings(1_000n, 1_001n, 0n, GOLD), /внутреннее правило/)
})

test('M9, M14: a forgiven sum is owed to the source and taken from nobody', () => {
  assert.deepEqual(forgivenPostings(99n).postings, [
    { account: 'source_credit', tiyn: 99n },
    { account: 'forgiven', tiyn: -99n },
  ])
})

test('M13, M14: the expected fee stands against what the provider owes', () => {
  assert.deepEqual(providerFeePostings(1_140_000n, 1_400).postings, [
    { account: 'provider_fee_expected', tiyn: 159_600n },
    { account: 'provider_receivable', tiyn: -159_600n },
  ])
})
