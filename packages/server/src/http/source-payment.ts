// How a source's call finds its own payment; every other payment is as one that does not exist (A5, T2).

import { parseTransactionId, SECOND_MS } from '@byfly-pay/core'
import type { Source } from '../ports/account-store.ts'
import type { RateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'

/** @throws Refusal payment_not_found for a text that is no transaction_id */
export function paymentIdOf(text: string): string {
  const paymentId = parseTransactionId(text)
  if (paymentId === null) throw new Refusal('payment_not_found')
  return paymentId
}

/** @throws Refusal payment_not_found */
export function ownOf<T extends { readonly sourceId: number }>({ id }: Source, found: T | null): T {
  if (found === null || found.sourceId !== id) throw new Refusal('payment_not_found')
  return found
}

/**
 * Asked before the database is; by source, so that nobody uses up another's calls.
 *
 * @throws Refusal rate_limited
 */
export function refuseTooOften(
  calls: RateLimit,
  { id }: Source,
  paymentId: string,
  nowMs: number,
): void {
  const waitMs = calls.take(`${id}:${paymentId}`, nowMs)
  if (waitMs === 0) return
  throw new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) })
}
