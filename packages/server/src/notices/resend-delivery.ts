// A delivery is sent again on somebody's word: the same id, the same bytes. What the terminal has not yet
// decided, or what a later event has replaced, is not.

import type { Scope } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeliveryState } from '../ports/delivery-store.ts'

export type ResendOutcome =
  | { readonly kind: 'resent' }
  | { readonly kind: 'not_found' }
  /** Held for a terminal's final word, or superseded (S4). */
  | { readonly kind: 'not_sendable' }

export function resendDelivery(
  centre: Pick<Centre, 'storage'>,
  actor: Actor,
  scope: Scope,
  deliveryId: string,
): Promise<ResendOutcome> {
  const { deliveries } = centre.storage
  return audited<ResendOutcome>(centre, actor, async (tx) => {
    const before = await deliveries.lock(tx, scope, deliveryId)
    if (before === null) return { result: { kind: 'not_found' }, line: null }
    const { endpoint, event, paymentId, state, tries } = before
    if (!isSendable(state)) return { result: { kind: 'not_sendable' }, line: null }
    await deliveries.resend(tx, deliveryId)
    return {
      result: { kind: 'resent' },
      line: {
        action: 'delivery.resent',
        target: { kind: 'payment', id: paymentId },
        facts: { delivery: deliveryId, event, endpoint, before: { state, tries } },
      },
    }
  })
}

export function isSendable(state: DeliveryState): boolean {
  return state !== 'held' && state !== 'superseded'
}
