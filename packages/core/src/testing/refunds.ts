// Refunds for the tests of the rules: of one payment of 10 000 ₸, in any state, and short words for what
// can happen to them. Nothing outside tests imports this.

import type { Payment } from '../payment/state.ts'
import { withRefunds } from '../refund/figures.ts'
import type { RefundStep } from '../refund/input.ts'
import type { CommissionBearer, Refund, RefundState, RefundStateKind } from '../refund/state.ts'
import { live, NOW, newPayment, success, tell, tenge, took } from './payments.ts'

export const ASKER = { id: 'admin:1', name: 'Айгерим' }
export const OTHER = { id: 'admin:2', name: 'Бауыржан' }
export const QR = {
  text: 'https://qr.kaspi.kz/9',
  url: 'https://pay.kaspi.kz/pay/9',
  expiresAtMs: NOW,
}

/** 10 100 ₸ taken for 10 000 ₸ by Gold. */
export const PAID: Payment = tell(newPayment(), [...live('a'), took('a', tenge(10_100))]).payment

export function request(
  amountTiyn: bigint | null = null,
  more: { bearer?: CommissionBearer; approvalAboveTiyn?: bigint | null } = {},
) {
  return {
    kind: 'request_refund',
    refundIds: ['r1', 'r2', 'r3'],
    request: {
      attemptId: null,
      amountTiyn,
      bearer: more.bearer ?? 'source',
      reason: 'customer_request',
      note: null,
      requestedBy: ASKER,
      approvalAboveTiyn: more.approvalAboveTiyn ?? null,
    },
  } as const
}

export const ask = (step: RefundStep, refundId = 'r1') =>
  ({ kind: 'refund', refundId, step }) as const

export const LIVE: readonly RefundStep[] = [
  { kind: 'reserve', terminalId: 1 },
  { kind: 'mark_calling' },
  { kind: 'start_accepted', processId: 'p' },
]

export function gaveBack(refundTiyn: bigint): RefundStep {
  const observation = { kind: 'succeeded', success: { ...success(null), refundTiyn } } as const
  return { kind: 'observed', observation }
}

const STATE_OF: Readonly<Record<RefundStateKind, RefundState>> = {
  awaiting_approval: { kind: 'awaiting_approval' },
  approved: { kind: 'approved' },
  reserved: { kind: 'reserved' },
  calling: { kind: 'calling' },
  live: { kind: 'live', phase: 'waiting_for_scan', sinceMs: NOW },
  unknown: { kind: 'unknown', sinceMs: NOW },
  lost: { kind: 'lost', sinceMs: NOW },
  held: { kind: 'held', reason: 'start_lost' },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed', reason: 'resolved_by_operator' },
  declined: { kind: 'declined' },
  cancelled: { kind: 'cancelled' },
}

export function inState(kind: RefundStateKind, changes: Partial<Refund> = {}): Payment {
  const asked = tell(PAID, [request()]).payment
  const refunds = asked.refunds.map((one) => ({
    ...one,
    state: STATE_OF[kind],
    terminalId: 1,
    ...changes,
  }))
  return withRefunds(asked, refunds)
}
