// POST …/cancel: the payment is cancelled at once; a terminal that is at work on it is asked to stop
// and watched to its end, for it has the last word (S4).

import type { Rejection } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type ApplyOptions, type ApplyResult, applyInput } from './apply-input.ts'

export type CancelOutcome =
  | { readonly kind: 'cancelled' }
  | Rejection
  | { readonly kind: 'not_found' }

export interface CancelOptions extends Pick<ApplyOptions, 'isVisible'> {
  /** Runs in the transaction that cancels: records that this call did it (T9). */
  readonly alsoInTransaction?: (
    tx: Transaction,
    result: Extract<ApplyResult, { kind: 'applied' | 'unchanged' }>,
  ) => Promise<void>
}

export async function cancelPayment(
  centre: Centre,
  paymentId: string,
  { alsoInTransaction, isVisible }: CancelOptions = {},
): Promise<CancelOutcome> {
  const result = await applyInput(
    centre,
    paymentId,
    { kind: 'cancel' },
    {
      ...(isVisible === undefined ? {} : { isVisible }),
      alsoInTransaction: async (tx, decision) => {
        await centre.storage.pool.dropTicket(tx, paymentId)
        await alsoInTransaction?.(tx, decision)
      },
    },
  )
  // The attempt's watcher sees the request to stop at its next look and passes it on.
  return result.kind === 'applied' || result.kind === 'unchanged' ? { kind: 'cancelled' } : result
}
