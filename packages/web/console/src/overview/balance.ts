// What the commission that customers paid leaves after the bank has taken its share.

import type { FiguresLine } from '../api/figures.ts'

export interface Balance {
  /** Below zero is what sources did not get of what was owed to them. */
  readonly leftTiyn: number
  readonly isLoss: boolean
}

/** What rounding to the terminal's step added was paid by customers too. */
export function balanceOf({
  commission,
  expected_fee: fee,
  rounding,
}: Pick<FiguresLine, 'commission' | 'expected_fee' | 'rounding'>): Balance {
  const leftTiyn = commission + rounding - fee
  return { leftTiyn, isLoss: leftTiyn < 0 }
}
