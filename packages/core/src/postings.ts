// Double entry (M14): every sum that moves is a set of signed postings that adds up to zero.

import { assert } from './assert.ts'
import { commissionOf, type Pricing, providerFeeOf } from './commission.ts'
import { least } from './money.ts'

export type Account =
  /** What customers gave; negative as they give. */
  | 'customer'
  /** What sources are owed for their originals. */
  | 'source_credit'
  | 'commission_charged'
  /** What rounding up to the provider's step adds. */
  | 'rounding'
  /** What was let go within the tolerance (M9); negative. */
  | 'forgiven'
  | 'overpaid'
  /** What was given back to customers. */
  | 'refunded'
  | 'provider_fee_expected'
  /** What the provider really kept above what was expected; negative below it. */
  | 'provider_fee_difference'
  /** With the gross: what the provider still owes. */
  | 'provider_receivable'
  | 'payout_received'

export type PostingSetKind =
  | 'capture'
  | 'forgiven'
  | 'refund'
  | 'provider_fee'
  | 'provider_fee_real'
  | 'payout'

export interface Posting {
  readonly account: Account
  readonly tiyn: bigint
}

/** A set that is written whole and adds up to zero. */
export interface PostingSet {
  readonly kind: PostingSetKind
  readonly postings: readonly Posting[]
}

function setOf(kind: PostingSetKind, postings: readonly Posting[]): PostingSet {
  const sum = postings.reduce((total, posting) => total + posting.tiyn, 0n)
  assert(sum === 0n, `проводки «${kind}» дают в сумме ${sum}, а не 0`)
  return { kind, postings: postings.filter((posting) => posting.tiyn !== 0n) }
}

/** The set of one capture: what the customer gave, split into what it was for. */
export function capturePostings(
  grossTiyn: bigint,
  creditTiyn: bigint,
  overpaidTiyn: bigint,
  used: Pricing,
): PostingSet {
  const rest = grossTiyn - creditTiyn - overpaidTiyn
  assert(rest >= 0n, 'зачтено больше, чем получено')
  const commissionTiyn = least(rest, commissionOf(creditTiyn, used))
  return capturePostingsAsSaid({ grossTiyn, creditTiyn, overpaidTiyn, commissionTiyn })
}

/** What a capture is of, where somebody else's books say it; what is left of the gross is rounding. Tiyn. */
export interface CaptureParts {
  readonly grossTiyn: bigint
  readonly creditTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly commissionTiyn: bigint
}

export function capturePostingsAsSaid(parts: CaptureParts): PostingSet {
  const { grossTiyn, creditTiyn, overpaidTiyn, commissionTiyn } = parts
  return setOf('capture', [
    { account: 'customer', tiyn: -grossTiyn },
    { account: 'source_credit', tiyn: creditTiyn },
    { account: 'commission_charged', tiyn: commissionTiyn },
    { account: 'rounding', tiyn: grossTiyn - creditTiyn - overpaidTiyn - commissionTiyn },
    { account: 'overpaid', tiyn: overpaidTiyn },
  ])
}

/** The set of what was still due when the tolerance let it go. */
export function forgivenPostings(forgivenTiyn: bigint): PostingSet {
  return setOf('forgiven', [
    { account: 'source_credit', tiyn: forgivenTiyn },
    { account: 'forgiven', tiyn: -forgivenTiyn },
  ])
}

/** What a refund is of; the parts add up to what the customer gets. Tiyn. */
export interface RefundParts {
  readonly sourceTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly commissionTiyn: bigint
  readonly roundingTiyn: bigint
}

/** The set of one refund: what the customer got back, and out of whose pocket (M14, M15). */
export function refundPostings(parts: RefundParts): PostingSet {
  const { sourceTiyn, overpaidTiyn, commissionTiyn, roundingTiyn } = parts
  return setOf('refund', [
    { account: 'refunded', tiyn: sourceTiyn + overpaidTiyn + commissionTiyn + roundingTiyn },
    { account: 'source_credit', tiyn: -sourceTiyn },
    { account: 'overpaid', tiyn: -overpaidTiyn },
    { account: 'commission_charged', tiyn: -commissionTiyn },
    { account: 'rounding', tiyn: -roundingTiyn },
  ])
}

/** The set of what the provider is expected to keep of a charge. */
export function providerFeePostings(grossTiyn: bigint, rateBp: number): PostingSet {
  const fee = providerFeeOf(grossTiyn, rateBp)
  return setOf('provider_fee', [
    { account: 'provider_fee_expected', tiyn: fee },
    { account: 'provider_receivable', tiyn: -fee },
  ])
}

/** The set that brings the expected fee of a charge to the one a statement shows; empty when it was right. */
export function realFeePostings(realTiyn: bigint, expectedTiyn: bigint): PostingSet {
  const over = realTiyn - expectedTiyn
  return setOf('provider_fee_real', [
    { account: 'provider_fee_difference', tiyn: over },
    { account: 'provider_receivable', tiyn: -over },
  ])
}

/** The set of what the provider paid out for a charge. */
export function payoutPostings(payoutTiyn: bigint): PostingSet {
  return setOf('payout', [
    { account: 'payout_received', tiyn: payoutTiyn },
    { account: 'provider_receivable', tiyn: -payoutTiyn },
  ])
}
