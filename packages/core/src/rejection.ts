// Refusals are values, never exceptions: a stable code, and the field when one is at fault.

/** Why a payment did not take an input. Each code has its row in the error table of the contract. */
export type RejectionCode =
  | 'already_paid'
  | 'cancelled'
  | 'expired'
  | 'attempt_in_progress'
  | 'currency_not_supported'
  | 'amount_too_small'
  | 'amount_too_large'
  | 'invalid_part'
  | 'too_many_attempts'
  | 'terminals_unavailable'
  | 'nothing_to_refund'
  | 'refund_too_large'
  | 'invalid_refund'
  | 'too_many_refunds'
  | 'refund_not_supported'
  | 'refund_in_progress'
  | 'refund_not_approved'
  | 'refund_settled'
  | 'refund_same_person'
  | 'refund_not_found'
  // Inputs of the centre's own workers that came too late; no caller ever sees these two.
  | 'attempt_closed'
  | 'attempt_not_found'

export interface Rejection {
  readonly kind: 'rejected'
  readonly code: RejectionCode
}

export function rejected(code: RejectionCode): Rejection {
  return { kind: 'rejected', code }
}
