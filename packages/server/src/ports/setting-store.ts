// The centre's own switches. Who turned one, and why, is the audit's to tell.

import type { Transaction } from './transaction.ts'

export interface SettingStore {
  /** As it stands now, which the account store may know a moment later. */
  isTakingMoney(): Promise<boolean>
  /** @returns whether it stood the other way. */
  switchTakingMoney(tx: Transaction, isOn: boolean): Promise<boolean>
  /** Above it a second person approves a refund; null where nobody has to. */
  refundApprovalAboveTiyn(): Promise<bigint | null>
  /** @returns whether it was another. */
  setRefundApproval(tx: Transaction, aboveTiyn: bigint | null): Promise<boolean>
}
