// How a refund's refusals are worded, for sources and staff alike.

import type { ErrorCode } from '@byfly-pay/contract'
import type { RejectionCode } from '@byfly-pay/core'
import type { RequestOutcome } from '../refunds/request-refund.ts'
import type { StartRefundOutcome } from '../refunds/start-refund.ts'
import { type FieldErrors, Refusal } from './refusal.ts'

const FIELD_AT_FAULT: Partial<Record<ErrorCode, FieldErrors>> = {
  invalid_refund: { amount: 'Must be a multiple of the step' },
  refund_too_large: { amount: 'Must not be more than is left' },
}

/** What a caller is told of a refusal that only the centre's own workers meet otherwise. */
export function refundCode(code: RejectionCode): ErrorCode {
  switch (code) {
    case 'attempt_closed':
      return 'refund_in_progress'
    case 'attempt_not_found':
      return 'refund_not_found'
    default:
      return code
  }
}

/** @throws Refusal unless it was written down */
export function refuseUnrequested(
  outcome: Exclude<RequestOutcome, { readonly kind: 'requested' | 'done_before' }>,
): never {
  switch (outcome.kind) {
    case 'not_found':
      throw new Refusal('payment_not_found')
    case 'already_replaced':
      throw new Refusal('already_replaced')
    case 'rejected': {
      const code = refundCode(outcome.code)
      const errors = FIELD_AT_FAULT[code]
      throw new Refusal(code, errors === undefined ? {} : { errors })
    }
  }
}

/** Why a refund is not on a terminal; null when it is. */
export function notStartedOf(outcome: StartRefundOutcome): ErrorCode | null {
  switch (outcome.kind) {
    case 'started':
      return null
    case 'queued':
      return 'terminals_busy'
    case 'refused':
      return outcome.code === 'purchase_unknown' ||
        outcome.code === 'limit_reached' ||
        outcome.code === 'qr_not_ready'
        ? outcome.code
        : refundCode(outcome.code)
  }
}

/** @throws Refusal unless it is on a terminal */
export function refuseNotStarted(outcome: StartRefundOutcome): void {
  const code = notStartedOf(outcome)
  if (code === null) return
  if (outcome.kind !== 'queued') throw new Refusal(code)
  const { position, etaSeconds } = outcome.place
  throw new Refusal(code, { queue: { position, eta_seconds: etaSeconds } })
}
