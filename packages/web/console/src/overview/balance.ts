// What the commission that customers paid leaves after the bank has taken its share.

import type { FiguresLine } from '../api/figures.ts'

export interface Balance {
  /** Below zero is what sources did not get of what was owed to them. */
  readonly leftTiyn: number
  readonly isLoss: boolean
}

export function balanceOf({
  commission,
  expected_fee: fee,
}: Pick<FiguresLine, 'commission' | 'expected_fee'>): Balance {
  const leftTiyn = commission - fee
  return { leftTiyn, isLoss: leftTiyn < 0 }
}
