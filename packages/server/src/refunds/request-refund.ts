// A refund is asked for, by staff, the command line or a source: written down with whoever asked, and nothing
// is called here. «Reverse and pay again» opens the payment that takes its place in the same transaction.

import {
  type Applied,
  type CommissionBearer,
  type Party,
  type Payment,
  planRefund,
  type Refund,
  type RefundPlan,
  type RefundReason,
  type Rejection,
  rejected,
  type Unchanged,
} from '@byfly-pay/core'
import { applyInput } from '../payments/apply-input.ts'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'
import { refundRoad } from './refund-road.ts'

export interface RefundCall {
  readonly paymentId: string
  /** Of this attempt's capture alone, or null for the whole payment. */
  readonly attemptId: string | null
  /** Gross tiyn, or null for all that is left. */
  readonly amountTiyn: bigint | null
  readonly reason: RefundReason
  readonly note: string | null
  /** Opens a payment in the place of this one; only for all that is left of it. */
  readonly payAgain: boolean
  readonly by: Party
  readonly isVisible?: (tx: Transaction) => Promise<boolean>
  /** The refund that this very call has brought about already, looked for under the payment's lock. */
  readonly doneBefore?: (tx: Transaction) => Promise<string | null>
  /** Runs in the transaction that writes the request. */
  readonly alsoInTransaction?: (tx: Transaction, requested: Requested) => Promise<void>
}

export interface Requested {
  readonly kind: 'requested'
  readonly refunds: readonly Refund[]
  readonly successorId: string | null
  readonly totalTiyn: bigint
}

export type RequestOutcome =
  | Requested
  | Rejection
  | { readonly kind: 'not_found' }
  | { readonly kind: 'already_replaced' }
  | { readonly kind: 'done_before'; readonly refundId: string }

/** Rolls the request back: a payment is replaced once. */
class AlreadyReplaced extends Error {}

/** Ends the request before it writes: its effect is there. */
class DoneBefore extends Error {
  readonly refundId: string
  constructor(refundId: string) {
    super()
    this.refundId = refundId
  }
}

export async function requestRefund(centre: Centre, call: RefundCall): Promise<RequestOutcome> {
  const terms = await refundTerms(centre, call.paymentId)
  if (terms === null) return { kind: 'not_found' }
  let requested: Requested | null = null
  try {
    const result = await applyInput(
      centre,
      call.paymentId,
      async (tx, { payment }) => {
        const refundId = await call.doneBefore?.(tx)
        if (refundId) throw new DoneBefore(refundId)
        const { amountTiyn, attemptId, by: requestedBy, note, reason } = call
        const wish = { attemptId, amountTiyn, bearer: terms.bearer }
        const plan = planRefund(payment, wish)
        if (plan.kind === 'rejected') return plan
        if (!(await isSupported(centre, payment, plan))) return rejected('refund_not_supported')
        const refundIds = await centre.storage.refunds.freshIds(tx, plan.parts.length)
        const { approvalAboveTiyn } = terms
        const request = { ...wish, reason, note, requestedBy, approvalAboveTiyn }
        return { kind: 'request_refund', refundIds, request }
      },
      {
        ...(call.isVisible === undefined ? {} : { isVisible: call.isVisible }),
        alsoInTransaction: async (tx, decision) => {
          requested = await written(centre, tx, call, decision, terms.lifetimeSeconds)
          await call.alsoInTransaction?.(tx, requested)
        },
      },
    )
    if (result.kind === 'not_found' || result.kind === 'rejected') return result
    return requested ?? rejected('refund_not_found')
  } catch (error) {
    if (error instanceof AlreadyReplaced) return { kind: 'already_replaced' }
    if (error instanceof DoneBefore) return { kind: 'done_before', refundId: error.refundId }
    throw error
  }
}

/** No refund is written down that no call could ever give back. */
async function isSupported(centre: Centre, { captures }: Payment, { parts }: Planned) {
  for (const { attemptId } of parts) {
    const capture = captures.find((candidate) => candidate.attemptId === attemptId)
    const road = capture === undefined ? null : await refundRoad(centre, capture)
    if (road?.kind === 'none') return false
  }
  return true
}

type Planned = Extract<RefundPlan, { readonly kind: 'planned' }>

async function written(
  centre: Centre,
  tx: Transaction,
  { paymentId, payAgain }: RefundCall,
  decision: Applied | Unchanged,
  lifetimeSeconds: number,
): Promise<Requested> {
  const parts = decision.kind === 'applied' ? Number(decision.history.facts['parts']) : 0
  const refunds = decision.payment.refunds.slice(decision.payment.refunds.length - parts)
  const totalTiyn = refunds.reduce((sum, { amountTiyn }) => sum + amountTiyn, 0n)
  if (!payAgain) return { kind: 'requested', refunds, successorId: null, totalTiyn }
  const successorId = await centre.storage.refunds.addSuccessor(tx, paymentId, lifetimeSeconds)
  if (successorId === null) throw new AlreadyReplaced()
  return { kind: 'requested', refunds, successorId, totalTiyn }
}

interface RefundTerms {
  readonly bearer: CommissionBearer
  readonly approvalAboveTiyn: bigint | null
  readonly lifetimeSeconds: number
}

/** Null when there is no such payment. */
async function refundTerms(centre: Centre, paymentId: string): Promise<RefundTerms | null> {
  const { accounts, payments, settings } = centre.storage
  const seen = await payments.peek(paymentId)
  if (seen === null) return null
  const source = await accounts.sourceById(seen.facts.sourceId)
  return {
    // A deleted source's payments are still given back, on the usual terms.
    bearer: source?.refundCommission ?? 'source',
    approvalAboveTiyn:
      source?.refundApprovalAboveTiyn ?? (await settings.refundApprovalAboveTiyn()),
    lifetimeSeconds: source?.lifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS,
  }
}

const DEFAULT_LIFETIME_SECONDS = 3_600
