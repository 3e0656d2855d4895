// What a row of a statement shows beside its sum: the fee that the bank kept or gave back, and what it paid
// out. What the row does not say is not worked out of anything else (0016).

import { type PostingSet, payoutPostings, realFeePostings } from '../postings.ts'
import type { MoneyMove } from './match.ts'

export interface ShownRow {
  readonly move: MoneyMove
  /** Sizes, whichever sign the bank gave them; tiyn. */
  readonly tiyn: bigint
  readonly feeTiyn: bigint | null
  readonly payoutTiyn: bigint | null
}

export interface Shown {
  /** Its size, tiyn. */
  readonly tiyn: bigint
  readonly set: PostingSet
}

/**
 * Of a refund the fee alone does not say which way it went, so it is what the payout leaves of the sum: the
 * part that the bank gave back, or below zero what it charged. A fee that says otherwise is believed no more
 * than the payout.
 *
 * @param expectedTiyn of a sale, as it was posted
 */
export function shownFee(
  { feeTiyn, move, payoutTiyn, tiyn }: ShownRow,
  expectedTiyn: bigint,
): Shown | null {
  if (move === 'sale') {
    return feeTiyn === null ? null : { tiyn: feeTiyn, set: realFeePostings(feeTiyn, expectedTiyn) }
  }
  if (payoutTiyn === null) return null
  const backTiyn = tiyn - payoutTiyn
  const size = backTiyn < 0n ? -backTiyn : backTiyn
  if (feeTiyn !== null && feeTiyn !== size) return null
  return { tiyn: size, set: realFeePostings(-backTiyn, 0n) }
}

/** Of a refund it is what the bank held back. */
export function shownPayout({ move, payoutTiyn }: ShownRow): Shown | null {
  if (payoutTiyn === null) return null
  return { tiyn: payoutTiyn, set: payoutPostings(move === 'sale' ? payoutTiyn : -payoutTiyn) }
}
