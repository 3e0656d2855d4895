// What staff and the command line do with refunds: ask, say yes or no to another's, give up, and say with
// evidence what became of one that no terminal can tell of (M15). Each within their scope, each with its line
// of the audit; nothing is called here.

import type { PaymentInput, Rejection } from '@byfly-pay/core'
import { auditedAlong } from '../accounts/audited.ts'
import { type ApplyResult, applyInput } from '../payments/apply-input.ts'
import type { By } from '../payments/cancel-by-staff.ts'
import type { AuditLine } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { IdempotencyClaim } from '../ports/idempotency-store.ts'
import { partyOf } from './party.ts'
import { type RefundCall, type RequestOutcome, requestRefund } from './request-refund.ts'

export type RefundOutcome = { readonly kind: 'done' } | Rejection | { readonly kind: 'not_found' }

/** @param claim the key that the call is made under; the request is written under it once */
export function requestByStaff(
  centre: Centre,
  { actor, scope }: By,
  call: Omit<RefundCall, 'by' | 'isVisible' | 'doneBefore' | 'alsoInTransaction'>,
  claim: IdempotencyClaim | null = null,
): Promise<RequestOutcome> {
  const { audit, ledger, staffKeys } = centre.storage
  return requestRefund(centre, {
    ...call,
    by: partyOf(actor),
    isVisible: (tx) => ledger.isInScope(tx, scope, call.paymentId),
    ...(claim === null ? {} : { doneBefore: (tx) => staffKeys.effectIn(tx, claim) }),
    alsoInTransaction: async (tx, { refunds, successorId, totalTiyn }) => {
      const [first] = refunds
      if (claim !== null && first !== undefined) await staffKeys.recordEffect(tx, claim, first.id)
      await audit.append(tx, actor, {
        action: 'refund.requested',
        target: { kind: 'payment', id: call.paymentId },
        facts: {
          refunds: refunds.map(({ id }) => id),
          amount_tiyn: totalTiyn.toString(),
          reason: call.reason,
          successor: successorId,
        },
      })
    },
  })
}

export function approveRefund(centre: Centre, by: By, refundId: string): Promise<RefundOutcome> {
  const step = { kind: 'approve', by: partyOf(by.actor) } as const
  return onRefund(centre, by, refundId, { kind: 'refund', refundId, step }, 'refund.approved')
}

export function declineRefund(
  centre: Centre,
  by: By,
  refundId: string,
  reason: string,
): Promise<RefundOutcome> {
  const step = { kind: 'decline', by: partyOf(by.actor) } as const
  const input: PaymentInput = { kind: 'refund', refundId, step }
  return onRefund(centre, by, refundId, input, 'refund.declined', { reason })
}

export function cancelRefund(centre: Centre, by: By, refundId: string): Promise<RefundOutcome> {
  const input: PaymentInput = { kind: 'refund', refundId, step: { kind: 'cancel' } }
  return onRefund(centre, by, refundId, input, 'refund.cancelled')
}

export interface RefundVerdict {
  /** Tiyn that went back, or null when nothing did. */
  readonly amountTiyn: bigint | null
  readonly evidence: string
  readonly reason: string
}

export function resolveRefund(
  centre: Centre,
  by: By,
  refundId: string,
  { amountTiyn, evidence, reason }: RefundVerdict,
): Promise<RefundOutcome> {
  const resolution =
    amountTiyn === null
      ? ({ kind: 'not_refunded' } as const)
      : ({ kind: 'refunded', amountTiyn } as const)
  const input: PaymentInput = { kind: 'refund', refundId, step: { kind: 'resolve', resolution } }
  return onRefund(centre, by, refundId, input, 'refund.resolved', {
    outcome: resolution.kind,
    amount_tiyn: amountTiyn?.toString() ?? null,
    evidence,
    reason,
  })
}

type Settled = Extract<ApplyResult, { kind: 'applied' | 'unchanged' }>

async function onRefund(
  centre: Centre,
  { actor, scope }: By,
  refundId: string,
  input: PaymentInput,
  action: AuditLine['action'],
  facts: AuditLine['facts'] = {},
): Promise<RefundOutcome> {
  const { ledger, refunds } = centre.storage
  const line = await refunds.find(scope, refundId)
  if (line === null) return { kind: 'not_found' }
  const { paymentId } = line
  const result = await applyInput(centre, paymentId, input, {
    isVisible: (tx) => ledger.isInScope(tx, scope, paymentId),
    alsoInTransaction: auditedAlong(centre, actor, (settled: Settled) => {
      if (settled.kind === 'unchanged') return null
      const after = settled.payment.refunds.find(({ id }) => id === refundId)
      return {
        action,
        target: { kind: 'payment', id: paymentId },
        facts: { refund: refundId, state: after?.state.kind ?? null, ...facts },
      }
    }),
  })
  return result.kind === 'applied' || result.kind === 'unchanged' ? { kind: 'done' } : result
}
