// The work of POST …/kaspi under its Idempotency-Key: starts, goes on with what the key has started, or
// words it. It must never start twice for one key while the first start may still take money.

import type { ErrorCode, KaspiAnswer } from '@byfly-pay/contract'
import type { Attempt, Payment } from '@byfly-pay/core'
import {
  type StartCall,
  type StartOutcome,
  type StartRefusalCode,
  startPayment,
} from '../payments/start-payment.ts'
import { type Answer, refusal, success } from './answer.ts'
import type { FieldErrors, RefusalDetails } from './refusal.ts'
import { showStarted } from './show-payment.ts'
import type { SourceCall } from './source-call.ts'

const FIELD_AT_FAULT: Partial<Record<ErrorCode, FieldErrors>> = {
  unknown_method: { payment_method: 'Is not a known payment method' },
  payment_method_required: { payment_method: 'Field is required' },
  terminal_required: { terminal_id: 'Field is required' },
  invalid_part: { amount: 'Must be a multiple of the step that leaves nothing or the minimum' },
}

/** Bounds of the wait that a queued caller is told: its ticket lives 60 s after each call (S8). */
const QUEUE_RETRY_MIN_SECONDS = 1
const QUEUE_RETRY_MAX_SECONDS = 5

export async function startOnce(call: SourceCall, wanted: StartCall): Promise<Answer> {
  const { centre, source, requestId, turn } = call
  const { claim } = turn
  const { idempotency } = centre.storage
  const earlier = await startedBefore(call, wanted.paymentId)
  if (earlier !== null) return started(call, earlier)
  const outcome = await startPayment(centre, {
    ...wanted,
    ...(claim === null
      ? {}
      : { onReserved: (tx, attemptId) => idempotency.recordEffect(tx, claim, attemptId) }),
    source,
  })
  if (outcome.kind === 'started') return started(call, outcome)
  const { code, details } = startRefusal(outcome)
  return refusal(code, requestId, details)
}

/**
 * The attempt that an earlier call under this key brought about, when its QR could have been shown. A
 * cancelled payment's QR is not given out (S4), and an attempt that nobody could see is no answer:
 * both are for the middle to say.
 */
async function startedBefore(
  { centre, source, turn }: SourceCall,
  paymentId: string,
): Promise<{ readonly payment: Payment; readonly attempt: Attempt } | null> {
  if (turn.effectId === null) return null
  const seen = await centre.storage.payments.peek(paymentId)
  if (seen === null || seen.facts.sourceId !== source.id) return null
  const { payment } = seen
  const attempt = payment.attempts.find(({ id }) => id === turn.effectId)
  if (attempt === undefined || payment.cancelReason !== null) return null
  const wasAlive = attempt.processId !== null && attempt.presence === 'in_person'
  return attempt.qr !== null || wasAlive ? { payment, attempt } : null
}

function started(
  { centre, source }: SourceCall,
  done: { readonly payment: Payment; readonly attempt: Attempt },
): Answer {
  const data = showStarted(centre, done, source.amountUnit)
  const body: KaspiAnswer = { success: true, message: 'Платеж инициирован', data }
  return success(200, body)
}

/** How a start that came to no QR is worded; the customer's page says it in the same way. */
export function startRefusal(outcome: Exclude<StartOutcome, { kind: 'started' }>): {
  readonly code: ErrorCode
  readonly details: RefusalDetails
} {
  if (outcome.kind === 'queued') {
    const { position, etaSeconds } = outcome.place
    const retryAfterSeconds = Math.min(
      Math.max(etaSeconds, QUEUE_RETRY_MIN_SECONDS),
      QUEUE_RETRY_MAX_SECONDS,
    )
    const queue = { position, eta_seconds: etaSeconds }
    return { code: 'terminals_busy', details: { queue, retryAfterSeconds } }
  }
  const code = wireCode(outcome.code)
  const errors = FIELD_AT_FAULT[code]
  return { code, details: errors === undefined ? {} : { errors } }
}

/** An attempt that was taken from under the call says nothing a caller could use but «again». */
function wireCode(code: StartRefusalCode): ErrorCode {
  switch (code) {
    case 'attempt_closed':
    case 'attempt_not_found':
      return 'qr_not_ready'
    default:
      return code
  }
}
