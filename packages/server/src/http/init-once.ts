// The work of POST /api/payment/init under its Idempotency-Key: creates, or words what was created.

import type { CreatedPayment, ErrorCode, InitAnswer } from '@byfly-pay/contract'
import { createPayment, type PaymentRequest } from '../payments/create-payment.ts'
import { type Answer, refusal, success } from './answer.ts'
import type { FieldErrors } from './refusal.ts'
import { type Creation, showCreated } from './show-payment.ts'
import type { SourceCall } from './source-call.ts'

export const FIELD_AT_FAULT: Partial<Record<ErrorCode, FieldErrors>> = {
  above_ceiling: { amount: 'Must not be above the ceiling of this source' },
  unknown_method: { payment_method_id: 'Is not a known payment method' },
  external_id_taken: { external_id: 'Is already used by another payment' },
  forbidden_webhook_url: { webhook_url: 'Must be an https address that may be called' },
}

export async function initOnce(call: SourceCall, wanted: PaymentRequest): Promise<Answer> {
  const { centre, source, requestId, turn } = call
  const done = await creationOf(call)
  if (done !== null) return created(call, done)
  const outcome = await createPayment(centre, source, wanted, turn.claim)
  if (outcome.kind === 'refused') {
    const errors = FIELD_AT_FAULT[outcome.code]
    return refusal(outcome.code, requestId, errors === undefined ? {} : { errors })
  }
  return created(call, {
    ...outcome.payment,
    currency: wanted.currency,
    originalTiyn: wanted.amountTiyn,
    externalId: wanted.externalId,
  })
}

/** What an earlier call under this key created, whose answer was never given. */
async function creationOf({ centre, turn }: SourceCall): Promise<Creation | null> {
  if (turn.effectId === null) return null
  const view = await centre.storage.payments.view(turn.effectId)
  return view === null ? null : { ...view, originalTiyn: view.figures.originalTiyn }
}

function created({ centre, source }: SourceCall, creation: Creation): Answer {
  const data: CreatedPayment = showCreated(centre, creation, source.amountUnit)
  const body: InitAnswer = { success: true, message: 'Платеж создан', data }
  return success(201, body)
}
