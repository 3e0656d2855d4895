// The one door through which a payment changes, whoever asks: lock, decide, save state with history,
// books and deliveries in one transaction. It decides nothing itself and calls nobody.

import {
  type Applied,
  decide,
  type Payment,
  type PaymentInput,
  type Rejection,
  rejected,
  type Unchanged,
  webhookBody,
} from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Lease, LockedPayment, NewDelivery } from '../ports/payment-store.ts'
import type { Span } from '../ports/tracer.ts'
import type { Transaction } from '../ports/transaction.ts'

export type ApplyResult = Applied | Unchanged | Rejection | { readonly kind: 'not_found' }

export interface ApplyOptions {
  /** The watcher's lease: a watcher whose lease was taken over changes nothing. */
  readonly lease?: Lease
  /**
   * Asked under the payment's lock before anything else: what is not visible to the caller does not exist
   * for them, however the payment stands (L4).
   */
  readonly isVisible?: (tx: Transaction) => Promise<boolean>
  /** Runs in the same transaction, after the change was saved. */
  readonly alsoInTransaction?: (tx: Transaction, result: Applied | Unchanged) => Promise<void>
}

/** Builds the input once the payment is locked; for inputs that depend on what the lock shows. */
export type InputUnderLock = (
  tx: Transaction,
  locked: LockedPayment,
) => Promise<PaymentInput | Rejection>

export function applyInput(
  centre: Centre,
  paymentId: string,
  input: PaymentInput | InputUnderLock,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  return centre.tracer.span('apply input', { payment: paymentId }, async (span) => {
    const result = await apply(centre, paymentId, input, options, span)
    span.tell({ outcome: result.kind })
    if (result.kind !== 'applied') span.drop()
    return result
  })
}

function apply(
  centre: Centre,
  paymentId: string,
  input: PaymentInput | InputUnderLock,
  options: ApplyOptions,
  span: Span,
): Promise<ApplyResult> {
  return centre.storage.transaction(async (tx) => {
    const locked = await centre.storage.payments.lock(tx, paymentId)
    if (locked === null) return { kind: 'not_found' }
    if (options.isVisible !== undefined && !(await options.isVisible(tx))) {
      return { kind: 'not_found' }
    }
    const asked = typeof input === 'function' ? await input(tx, locked) : input
    if (asked.kind === 'rejected') return asked
    span.tell({ input: asked.kind })
    if (isFencedOff(locked, asked, options.lease)) return rejected('attempt_closed')
    const decision = decide(locked.payment, await checked(centre, tx, locked, asked), locked.now)
    if (decision.kind === 'rejected') return decision
    if (decision.kind === 'applied') {
      const deliveries = deliveriesOf(centre, locked, decision)
      await centre.storage.payments.save(tx, locked, decision, deliveries, centre.instance)
    }
    await options.alsoInTransaction?.(tx, decision)
    return decision
  })
}

/** A process id that was learned is saved even by a process that lost its lease (S6a). */
function isFencedOff(locked: LockedPayment, input: PaymentInput, lease?: Lease): boolean {
  const { kind } = input.kind === 'refund' ? input.step : input
  if (lease === undefined || kind === 'start_accepted') return false
  const held = locked.leases.find(({ attemptId }) => attemptId === lease.attemptId)
  return held === undefined || held.owner !== lease.owner || held.fence !== lease.fence
}

/** Looks up whether reported money is booked already, which only the database can tell (rule 7). */
async function checked(
  centre: Centre,
  tx: Transaction,
  locked: LockedPayment,
  input: PaymentInput,
): Promise<PaymentInput> {
  if (input.kind !== 'observed' || input.observation.kind !== 'succeeded') return input
  const attempt = locked.payment.attempts.find(({ id }) => id === input.attemptId)
  const { moneyKind, providerTransactionId } = input.observation.success
  if (attempt === undefined || providerTransactionId === null) return input
  const duplicate = await centre.storage.payments.isBookedElsewhere(
    tx,
    attempt,
    moneyKind,
    providerTransactionId,
  )
  return { ...input, duplicate }
}

function deliveriesOf(centre: Centre, { facts }: LockedPayment, applied: Applied): NewDelivery[] {
  const { webhookUrl, webhookEvents } = facts
  if (webhookUrl === null) return []
  return applied.effects.flatMap((effect) => {
    if (effect.kind !== 'event') return []
    const { event, sequence, held } = effect
    if (event !== 'paid' && !webhookEvents.includes(event)) return []
    const body = webhookBody(subjectOf(applied.payment, facts), event, sequence, {
      unit: facts.amountUnit,
      zone: centre.zone,
    })
    return [{ event, sequence, url: webhookUrl, body, held }]
  })
}

function subjectOf(payment: Payment, facts: LockedPayment['facts']) {
  const { description, externalId, formerId, metadata } = facts
  return { payment, description, metadata, externalId, formerId }
}
