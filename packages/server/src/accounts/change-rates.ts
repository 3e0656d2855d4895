// Rates are added and, before they begin, withdrawn. What was valid once stays as it was (M11): payments
// were quoted by it, and each keeps the rate of its quote.

import { DAY_MS, type Moment } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { MethodRate } from '../ports/method-store.ts'
import { audited } from './audited.ts'
import type { Acting } from './staff.ts'

/** Farther ahead is a slip of the pen. */
const AHEAD_LIMIT_MS = 731 * DAY_MS

/** Rates to come of one method. */
const COMING_LIMIT = 20

export type AddRateOutcome =
  | { readonly kind: 'added'; readonly rate: MethodRate }
  | { readonly kind: 'not_found' }
  /** `moment_taken`: that moment is past, or another rate begins at it. */
  | { readonly kind: 'refused'; readonly reason: 'moment_taken' | 'too_far' | 'too_many' }

export interface NewRate {
  readonly rateBp: number
  /** Null for this moment. */
  readonly fromMs: Moment | null
}

export function addRate(
  centre: Pick<Centre, 'storage' | 'clock'>,
  { actor, scope }: Acting,
  methodId: number,
  { rateBp, fromMs }: NewRate,
): Promise<AddRateOutcome> {
  const { methods } = centre.storage
  return audited<AddRateOutcome>(centre, actor, async (tx) => {
    const method = await methods.lock(tx, scope, methodId)
    if (method === null) return { result: { kind: 'not_found' }, line: null }
    const valid = rateAt(method.rates, fromMs)
    // Also what an earlier run of this very work has left.
    if (valid?.rateBp === rateBp) return { result: { kind: 'added', rate: valid }, line: null }
    if (fromMs !== null && fromMs > centre.clock.now() + AHEAD_LIMIT_MS) return refused('too_far')
    if (method.rates.filter(({ isComing }) => isComing).length >= COMING_LIMIT) {
      return refused('too_many')
    }
    const rate = await methods.addRate(tx, methodId, rateBp, fromMs)
    if (rate === null) return refused('moment_taken')
    const facts = {
      rateId: rate.id,
      rateBp,
      rateBefore: valid?.rateBp,
      validFrom: rate.validFromMs,
    }
    const target = targetOf(methodId)
    return {
      result: { kind: 'added', rate },
      line: { action: 'payment_method.rate_added', target, facts },
    }
  })
}

export type WithdrawRateOutcome = 'withdrawn' | 'not_found' | 'rate_has_begun'

export function withdrawRate(
  centre: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  methodId: number,
  rateId: number,
): Promise<WithdrawRateOutcome> {
  const { methods } = centre.storage
  return audited<WithdrawRateOutcome>(centre, actor, async (tx) => {
    const method = await methods.lock(tx, scope, methodId)
    const rate = method === null ? null : await methods.rate(tx, methodId, rateId)
    if (rate === null) return { result: 'not_found', line: null }
    if (!(await methods.withdrawRate(tx, rateId))) return { result: 'rate_has_begun', line: null }
    const facts = { rateId, rateBp: rate.rateBp, validFrom: rate.validFromMs }
    const target = targetOf(methodId)
    return {
      result: 'withdrawn',
      line: { action: 'payment_method.rate_withdrawn', target, facts },
    }
  })
}

/** Of the rate valid now and those to come, in order, the one that is valid then; null is now. */
function rateAt(rates: readonly MethodRate[], atMs: Moment | null): MethodRate | undefined {
  return rates.findLast(({ isComing, validFromMs }) => {
    if (!isComing || validFromMs === null) return true
    return atMs !== null && validFromMs <= atMs
  })
}

function refused(reason: 'moment_taken' | 'too_far' | 'too_many') {
  return { result: { kind: 'refused', reason }, line: null } as const
}

function targetOf(methodId: number) {
  return { kind: 'payment_method', id: String(methodId) }
}
