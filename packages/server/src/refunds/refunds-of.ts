// The refunds of one payment, the newest first, for whoever may see the payment; what is outside their scope
// is not named in them.

import { REFUNDS_LIMIT, type Scope } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { RefundLine } from '../ports/refund-store.ts'

export function refundsOf(
  { storage }: Pick<Centre, 'storage'>,
  scope: Scope,
  paymentId: string,
): Promise<RefundLine[]> {
  const all = { sourceId: null, state: null, reason: null, beforeId: null } as const
  return storage.refunds.page(scope, { ...all, paymentId, limit: REFUNDS_LIMIT })
}
