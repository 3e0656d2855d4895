// What an attempt and a refund have in common once a terminal is at work on them: one watcher, one reader of
// QR codes and one start call serve both. It decides nothing; core does, for each in its own way.

import {
  type AttemptState,
  isOpen,
  isRefundWatched,
  type Observation,
  type Payment,
  type PaymentInput,
  type Qr,
  type RefundState,
  type StartRefusal,
} from '@byfly-pay/core'
import type { LeasedAttempt } from '../ports/pool-store.ts'

export interface Operation {
  readonly id: string
  readonly terminalId: number
  readonly state: AttemptState | RefundState
  readonly processId: string | null
  readonly qr: Qr | null
  readonly stopRequested: boolean
  /** Something about it is still to be learned or done. */
  readonly isOpen: boolean
  /** Somebody is to see its QR. */
  readonly wantsQr: boolean
}

/** Null when the payment has none such. */
export function operationIn(
  payment: Payment,
  { attemptId, purpose, terminalId }: LeasedAttempt,
): Operation | null {
  if (purpose === 'refund') {
    const refund = payment.refunds.find(({ id }) => id === attemptId)
    if (refund === undefined) return null
    const wantsQr = refund.qr === null && !refund.stopRequested
    return { ...refund, terminalId, isOpen: isRefundWatched(refund), wantsQr }
  }
  const attempt = payment.attempts.find(({ id }) => id === attemptId)
  if (attempt === undefined) return null
  const isUnseen = attempt.presence === 'remote' && attempt.qr === null
  const wantsQr = isUnseen && !attempt.stopRequested && payment.cancelReason === null
  return { ...attempt, isOpen: isOpen(attempt), wantsQr }
}

/** What a terminal, or its silence, tells of an operation. */
export type News =
  | { readonly kind: 'mark_calling' }
  | { readonly kind: 'start_accepted'; readonly processId: string; readonly qr?: Qr }
  | { readonly kind: 'start_refused'; readonly reason: StartRefusal }
  | { readonly kind: 'start_lost' }
  | { readonly kind: 'release' }
  | { readonly kind: 'qr_read'; readonly qr: Qr }
  | { readonly kind: 'observed'; readonly observation: Observation }
  | { readonly kind: 'abandon' }

/** The news in the words of the payment's one door. */
export function inputOf(
  { attemptId, purpose }: Pick<LeasedAttempt, 'attemptId' | 'purpose'>,
  news: News,
): PaymentInput {
  if (purpose === 'refund') return { kind: 'refund', refundId: attemptId, step: news }
  return news.kind === 'observed'
    ? { ...news, attemptId, duplicate: false }
    : { ...news, attemptId }
}
