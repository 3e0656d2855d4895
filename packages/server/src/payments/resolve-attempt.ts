// An operator's word, with evidence, on an attempt that no program can settle (S6, S6a, S6b). It goes through
// the one door as any other news of the attempt does; core says what it comes to and whether its terminal is
// free. Nothing is called here, and nothing is believed without its evidence and its reason in the audit.

import {
  type Attempt,
  type MoneyKind,
  type PaymentInput,
  type Rejection,
  type Resolution,
  rejected,
} from '@byfly-pay/core'
import { auditedAlong } from '../accounts/audited.ts'
import type { Centre } from '../ports/centre.ts'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type ApplyResult, applyInput } from './apply-input.ts'
import type { By } from './cancel-by-staff.ts'

export type Verdict =
  | {
      readonly kind: 'paid'
      readonly grossTiyn: bigint
      /** Code of the method that was really used. */
      readonly method: string
      /** The provider's number of the transaction, when it is known. */
      readonly providerTransactionId: string | null
    }
  | { readonly kind: 'not_paid' }

export interface ResolveCall {
  readonly paymentId: string
  readonly attemptId: string
  readonly verdict: Verdict
  /** What was looked at: a receipt, the bank's statement. */
  readonly evidence: string
  readonly reason: string
}

export type ResolveOutcome =
  | { readonly kind: 'resolved' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown_method' }
  /** This transaction of the provider's is booked on another attempt (rule 7). */
  | { readonly kind: 'booked_elsewhere' }
  | Rejection

export async function resolveAttempt(
  centre: Centre,
  { actor, scope }: By,
  call: ResolveCall,
): Promise<ResolveOutcome> {
  const { ledger } = centre.storage
  const { attemptId, paymentId, verdict } = call
  const resolution = await resolutionOf(centre, verdict)
  if (resolution === null) return { kind: 'unknown_method' }
  let seen: Attempt | null = null
  let isElsewhere = false
  const input = async (tx: Transaction, { payment }: LockedPayment) => {
    seen = payment.attempts.find(({ id }) => id === attemptId) ?? null
    isElsewhere = seen !== null && (await isBookedElsewhere(centre, tx, seen, resolution))
    if (isElsewhere) return rejected('attempt_closed')
    return { kind: 'resolve', attemptId, resolution } satisfies PaymentInput
  }
  const audit = auditedAlong(centre, actor, (result: Settled) => lineOf(call, seen, result))
  const result = await applyInput(centre, paymentId, input, {
    isVisible: (tx) => ledger.isInScope(tx, scope, paymentId),
    alsoInTransaction: async (tx, settled) => {
      if (settled.kind === 'applied') await ledger.closeTasksOf(tx, attemptId)
      await audit(tx, settled)
    },
  })
  if (isElsewhere) return { kind: 'booked_elsewhere' }
  return result.kind === 'applied' || result.kind === 'unchanged' ? { kind: 'resolved' } : result
}

type Settled = Extract<ApplyResult, { kind: 'applied' | 'unchanged' }>

/** Null for a method that there is none of. */
async function resolutionOf(centre: Centre, verdict: Verdict): Promise<Resolution | null> {
  if (verdict.kind === 'not_paid') return { kind: 'no_money' }
  const { grossTiyn, method: code, providerTransactionId } = verdict
  const methods = await centre.storage.accounts.methods()
  const method = methods.find((candidate) => candidate.code === code)
  if (method === undefined) return null
  const product = { methodCode: code, word: method.name }
  const moneyKind = moneyKindOf(code)
  return { kind: 'money', success: { grossTiyn, moneyKind, providerTransactionId, product } }
}

/** Whatever is not taken at the reader is taken through the QR. */
function moneyKindOf(method: string): MoneyKind {
  return method === 'card' || method === 'alaqan' ? method : 'qr'
}

async function isBookedElsewhere(
  centre: Centre,
  tx: Transaction,
  attempt: Attempt,
  resolution: Resolution,
): Promise<boolean> {
  if (resolution.kind === 'no_money') return false
  const { moneyKind, providerTransactionId } = resolution.success
  if (providerTransactionId === null) return false
  const { payments } = centre.storage
  return payments.isBookedElsewhere(tx, attempt, moneyKind, providerTransactionId)
}

function lineOf(
  { attemptId, evidence, paymentId, reason, verdict }: ResolveCall,
  before: Attempt | null,
  result: Settled,
) {
  if (result.kind === 'unchanged') return null
  const { history } = result
  return {
    action: 'payment.attempt_resolved',
    target: { kind: 'payment', id: paymentId },
    facts: {
      attempt: attemptId,
      outcome: verdict.kind,
      ...(verdict.kind === 'paid'
        ? {
            gross_tiyn: verdict.grossTiyn.toString(),
            method: verdict.method,
            provider_transaction_id: verdict.providerTransactionId,
          }
        : {}),
      state: { before: before?.state.kind ?? null, after: result.attempt?.state.kind ?? null },
      status: { before: history.statusBefore, after: history.statusAfter },
      evidence,
      reason,
    },
  } as const
}
