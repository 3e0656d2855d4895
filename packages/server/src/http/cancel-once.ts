// The work of POST …/cancel under its Idempotency-Key.

import type { CancelAnswer } from '@byfly-pay/contract'
import { cancelPayment } from '../payments/cancel-payment.ts'
import { type Answer, refusal, success } from './answer.ts'
import { Refusal } from './refusal.ts'
import type { SourceCall } from './source-call.ts'

export async function cancelOnce(call: SourceCall, paymentId: string): Promise<Answer> {
  const { centre, requestId, turn } = call
  const { claim } = turn
  // Money that came since does not change what the first call did (S5, T9).
  if (turn.effectId !== null) return cancelled()
  const outcome = await cancelPayment(centre, paymentId, {
    alsoInTransaction: async (tx) => {
      if (claim !== null) await centre.storage.idempotency.recordEffect(tx, claim, paymentId)
    },
  })
  switch (outcome.kind) {
    case 'cancelled':
      return cancelled()
    case 'not_found':
      throw new Refusal('payment_not_found')
    case 'rejected':
      return refusal(stateCode(outcome.code), requestId)
  }
}

type Rejected = Extract<Awaited<ReturnType<typeof cancelPayment>>, { kind: 'rejected' }>

function stateCode(code: Rejected['code']) {
  // A cancel is about no attempt; these two words belong to the centre's own workers.
  if (code === 'attempt_closed' || code === 'attempt_not_found') {
    throw new Error(`Отмена отклонена кодом ${code}`)
  }
  return code
}

function cancelled(): Answer {
  const body: CancelAnswer = { success: true, message: 'Платеж отменен', data: null }
  return success(200, body)
}
