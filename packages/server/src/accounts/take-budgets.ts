// Takes from several budgets at once: the first that is spent ends it, and the wider ones after it stay
// untouched (A2).

import type { Budget } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'

/** @returns 0 when all had one left, or how many ms until the spent one has again */
export async function takeBudgets(
  { storage }: Pick<Centre, 'storage'>,
  tx: Transaction,
  budgets: readonly Budget[],
): Promise<number> {
  for (const budget of budgets) {
    const waitMs = await storage.logins.take(tx, budget)
    if (waitMs > 0) return waitMs
  }
  return 0
}
