// Forgets customers: by the clock once their payments ended long enough ago, or by hand. What is open is never
// touched, and of a payment only what a customer said of themselves goes.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'

/** So many at a time, so that no transaction holds them for long. */
const BATCH = 200
/** So many batches, or days without any, at once; the rest is the next turn's. */
const BATCHES = 100

const CLOCK: Actor = { kind: 'system', name: 'forget-customers' }

type Keeper = Pick<Centre, 'storage' | 'forgetCustomersAfterDays'>

/** @returns how many payments' customers were forgotten. */
export async function forgetCustomers(centre: Keeper): Promise<number> {
  const { forgetCustomersAfterDays: days } = centre
  if (days === null) return 0
  let forgotten = 0
  for (let n = 0; n < BATCHES; n += 1) {
    const { count, isRoundDone } = await forgetBatch(centre, days)
    forgotten += count
    if (isRoundDone) break
  }
  return forgotten
}

function forgetBatch(centre: Keeper, days: number) {
  const { customers } = centre.storage
  return audited(centre, CLOCK, async (tx) => {
    const { isRoundDone, paymentIds } = await customers.nextToForget(tx, days, BATCH)
    const count = paymentIds.length
    if (count > 0) await customers.forget(tx, paymentIds)
    const line = {
      action: 'customers.forgotten',
      target: { kind: 'customers', id: null },
      facts: { payments: count, after_days: days },
    } as const
    return { result: { count, isRoundDone }, line: count > 0 ? line : null }
  })
}

export interface ForgottenByHand {
  readonly forgotten: number
  /** Not ended yet, or something about them waits for a person. */
  readonly open: number
}

/** One payment's customer. The audit's line names the payment, never the customer. */
export function forgetPayment(
  centre: Keeper,
  { actor }: Acting,
  paymentId: string,
): Promise<ForgottenByHand> {
  return audited(centre, actor, async (tx) => {
    const result = await forgetEnded(centre, tx, [paymentId])
    const target = { kind: 'payment', id: paymentId }
    const line = { action: 'customers.forgotten', target, facts: {} } as const
    return { result, line: result.forgotten > 0 ? line : null }
  })
}

/** Every payment of one phone, a batch in one transaction. */
export async function forgetPhone(
  centre: Keeper,
  { actor }: Acting,
  phone: string,
): Promise<ForgottenByHand> {
  const { customers } = centre.storage
  let total: ForgottenByHand = { forgotten: 0, open: 0 }
  for (;;) {
    // What stays open is found again each time, so it is asked for beside the batch.
    const paymentIds = await customers.ofPhone(phone, BATCH + total.open)
    const batch = await audited(centre, actor, async (tx) => {
      const result = await forgetEnded(centre, tx, paymentIds)
      const target = { kind: 'customers', id: null }
      const facts = { payments: result.forgotten, by: 'phone' }
      const line = { action: 'customers.forgotten', target, facts } as const
      return { result, line: result.forgotten > 0 ? line : null }
    })
    total = { forgotten: total.forgotten + batch.forgotten, open: batch.open }
    if (batch.forgotten === 0) return total
  }
}

async function forgetEnded(
  { storage }: Keeper,
  tx: Transaction,
  paymentIds: readonly string[],
): Promise<ForgottenByHand> {
  const ended = await storage.customers.ended(tx, paymentIds)
  if (ended.length > 0) await storage.customers.forget(tx, ended)
  return { forgotten: ended.length, open: paymentIds.length - ended.length }
}
