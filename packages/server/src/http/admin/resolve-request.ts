// An operator's word about an attempt, read and checked: what was paid, and on what evidence (S6, S6b).

import type { ErrorCode, ResolveRequest } from '@byfly-pay/contract'
import type { RejectionCode } from '@byfly-pay/core'
import { cardFault, textFault } from '../../payments/customer-fields.ts'
import type { ResolveCall } from '../../payments/resolve-attempt.ts'
import { refuseFaults } from '../refusal.ts'

type Said = Pick<ResolveCall, 'verdict' | 'evidence' | 'reason'>

/** @throws Refusal when something is missing, or what cannot be kept is in a text */
export function readResolve(body: ResolveRequest): Said {
  const { amount, evidence, outcome, payment_method: method, reason } = body
  const isPaid = outcome === 'paid'
  refuseFaults({
    ...(isPaid && amount === undefined ? { amount: 'Field is required' } : {}),
    ...(isPaid && method === undefined ? { payment_method: 'Field is required' } : {}),
    ...textFaults({ evidence, reason }),
  })
  if (!isPaid || amount === undefined || method === undefined) {
    return { verdict: { kind: 'not_paid' }, evidence, reason }
  }
  const providerTransactionId = body.provider_transaction_id ?? null
  return {
    verdict: { kind: 'paid', grossTiyn: BigInt(amount), method, providerTransactionId },
    evidence,
    reason,
  }
}

function textFaults(texts: Readonly<Record<string, string>>): Record<string, string> {
  const faults = Object.entries(texts).map(([field, text]) => [
    field,
    textFault(text) ?? cardFault(text) ?? (text.trim().length < 3 ? 'Must not be empty' : null),
  ])
  return Object.fromEntries(faults.filter(([, fault]) => fault !== null))
}

/** What staff are told of a refusal that only the centre's own workers meet otherwise. */
export function refusalOfResolve(code: RejectionCode): ErrorCode {
  if (code === 'attempt_closed') return 'attempt_settled'
  return code === 'attempt_not_found' ? 'not_found' : code
}
