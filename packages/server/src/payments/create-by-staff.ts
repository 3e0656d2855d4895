// A payment made at the desk for a source of whoever stands there: by the rules and limits of any payment of
// that source, and with its line of the audit. Of the customer the audit learns nothing.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { IdempotencyClaim } from '../ports/idempotency-store.ts'
import type { CreatedPayment } from '../ports/payment-store.ts'
import {
  type CreateRefusal,
  newPaymentOf,
  type PaymentRequest,
  refusalOfPayment,
} from './create-payment.ts'

export type CreateByStaffOutcome =
  | { readonly kind: 'created'; readonly payment: CreatedPayment }
  /** By an earlier call under the same key. */
  | { readonly kind: 'done_before'; readonly paymentId: string }
  | { readonly kind: 'source_not_found' }
  | { readonly kind: 'refused'; readonly code: CreateRefusal | 'source_disabled' }

/** @param claim the key that the call is made under; one payment is made under it */
export async function createByStaff(
  centre: Centre,
  { actor, scope }: Acting,
  sourceId: number,
  request: PaymentRequest,
  claim: IdempotencyClaim | null = null,
): Promise<CreateByStaffOutcome> {
  const { payments, sources, staffKeys } = centre.storage
  const seen = await sources.find(scope, sourceId)
  if (seen === null) return { kind: 'source_not_found' }
  const code = await refusalOfPayment(centre, seen, request)
  if (code !== null) return { kind: 'refused', code }
  return audited<CreateByStaffOutcome>(centre, actor, async (tx) => {
    const paymentId = claim === null ? null : await staffKeys.effectIn(tx, claim)
    if (paymentId !== null) return { result: { kind: 'done_before', paymentId }, line: null }
    const source = await sources.lock(tx, scope, sourceId)
    if (source === null) return { result: { kind: 'source_not_found' }, line: null }
    if (!source.isActive) {
      return { result: { kind: 'refused', code: 'source_disabled' }, line: null }
    }
    const made = await payments.createIn(tx, newPaymentOf(source, request, null))
    if (made.kind !== 'created') {
      return { result: { kind: 'refused', code: 'external_id_taken' }, line: null }
    }
    if (claim !== null) await staffKeys.recordEffect(tx, claim, made.payment.id)
    const target = { kind: 'payment', id: made.payment.id }
    const facts = { source_id: sourceId, amount_tiyn: request.amountTiyn.toString() }
    return { result: made, line: { action: 'payment.created', target, facts } }
  })
}
