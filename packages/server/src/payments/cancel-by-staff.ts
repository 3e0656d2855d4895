// A payment is cancelled on a member of staff's or an operator's word: the same cancel as a source's (S4),
// within their scope, and with its line of the audit.

import type { Scope } from '@byfly-pay/core'
import { auditedAlong } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { type CancelOutcome, cancelPayment } from './cancel-payment.ts'

/** `actor` and `scope` of a member of staff; the command line sees everything. */
export interface By {
  readonly actor: Actor
  readonly scope: Scope
}

export function cancelByStaff(
  centre: Centre,
  { actor, scope }: By,
  paymentId: string,
): Promise<CancelOutcome> {
  return cancelPayment(centre, paymentId, {
    isVisible: (tx) => centre.storage.ledger.isInScope(tx, scope, paymentId),
    alsoInTransaction: auditedAlong(centre, actor, (result) => {
      if (result.kind === 'unchanged') return null
      const { statusAfter: after, statusBefore: before } = result.history
      return {
        action: 'payment.cancelled',
        target: { kind: 'payment', id: paymentId },
        facts: { status: { before, after } },
      }
    }),
  })
}
