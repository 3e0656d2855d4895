// Writes what a decision changed into memory: payment and history, attempts with who is busy, money, deliveries,
// desk. The same rows come of it as of the statements of PostgreSQL.

import {
  type Applied,
  type Attempt,
  assert,
  type ChosenMethod,
  isAtWork,
  isOpen,
  occupiesTerminal,
  QUARANTINE_MS,
  statusDetailOf,
  statusOf,
} from '@byfly-pay/core'
import type {
  LockedPayment,
  NewDelivery,
} from '../../../packages/server/src/ports/payment-store.ts'
import { quarantine } from './memory-quarantine.ts'
import { isFreedByRefund, saveRefunds } from './memory-refund-save.ts'
import type { MemoryTransaction } from './memory-transaction.ts'
import type { AttemptRow, OpenRow } from './rows.ts'

export interface LeaseTerms {
  readonly owner: string
  readonly forMs: number
}

export function savePayment(
  tx: MemoryTransaction,
  before: LockedPayment,
  applied: Applied,
  deliveries: readonly NewDelivery[],
  lease: LeaseTerms,
): void {
  const { history, payment } = applied
  const { attempts, captures: _, chosen, refunds: __, ...others } = payment
  // The four columns that there are for it, whatever it was taken from.
  const facts = { ...others, chosen: chosen === null ? null : termsOf(chosen) }
  const version = (tx.get('payments', payment.id)?.version ?? 0) + 1
  tx.change('payments', payment.id, (row) => ({
    ...row,
    facts,
    status: statusOf(payment),
    statusDetail: statusDetailOf(payment),
    version,
    updatedAtMs: before.now,
  }))
  tx.insert('payment_history', `${payment.id}#${version}`, {
    paymentId: payment.id,
    version,
    atMs: before.now,
    ...history,
  })
  for (const attempt of attempts) {
    if (!before.payment.attempts.includes(attempt)) saveAttempt(tx, before, attempt, lease)
  }
  saveRefunds(tx, before, applied, lease)
  saveBooks(tx, before, applied)
  saveDeliveries(tx, before, applied, deliveries)
  saveDesk(tx, before, applied)
  tx.notify(topicsOf(before, applied, deliveries))
}

function termsOf({ method, mode, rateBp, stepTiyn }: ChosenMethod): ChosenMethod {
  return { method, mode, rateBp, stepTiyn }
}

function saveAttempt(
  tx: MemoryTransaction,
  { facts, now, payment }: LockedPayment,
  attempt: Attempt,
  lease: LeaseTerms,
): void {
  const { id: attemptId, terminalId } = attempt
  const known = tx.get('attempts', attemptId)
  // Memory's terminals are registered once and never swapped, so the device is the terminal.
  const device = known?.device ?? `t${terminalId}#1`
  const endedAtMs = isOpen(attempt) ? null : (known?.endedAtMs ?? now)
  const createdAtMs = known?.createdAtMs ?? now
  // Of an update alone, as in the statement: nothing is live as soon as it is written.
  const isNow = (holds: boolean) => (known !== undefined && holds ? now : null)
  const liveAtMs = known?.liveAtMs ?? isNow(attempt.state.kind === 'live')
  const qrAtMs = known?.qrAtMs ?? isNow(attempt.qr !== null)
  const beside = { createdAtMs, endedAtMs, liveAtMs, qrAtMs }
  const row: AttemptRow = { attempt, paymentId: payment.id, device, ...beside }
  tx.write('attempts', attemptId, () => row)
  tx.write('open_attempts', attemptId, (held): OpenRow | undefined => {
    if (!isOpen(attempt)) return undefined
    return {
      purpose: 'payment',
      attemptId,
      paymentId: payment.id,
      terminalId,
      device,
      sourceId: facts.sourceId,
      leaseOwner: held?.leaseOwner ?? lease.owner,
      leaseUntilMs: held?.leaseUntilMs ?? tx.database.now() + lease.forMs,
      fence: held?.fence ?? 1n,
      holdsTerminal: occupiesTerminal(attempt),
      holdsPayment: isAtWork(attempt),
      state: attempt.state.kind,
      processId: attempt.processId,
      forgotten: attempt.forgotten,
    }
  })
}

function saveBooks(tx: MemoryTransaction, { now }: LockedPayment, applied: Applied): void {
  const { effects, payment } = applied
  for (const effect of effects) {
    if (effect.kind === 'captured') {
      const { capture } = effect
      const device = tx.get('attempts', capture.attemptId)?.device ?? ''
      tx.insert('captures', capture.attemptId, {
        ...capture,
        paymentId: payment.id,
        device,
        atMs: now,
        returningTiyn: 0n,
      })
    }
    if (effect.kind === 'posted') {
      const sum = effect.set.postings.reduce((total, { tiyn }) => total + tiyn, 0n)
      assert(sum === 0n, 'postings_balance')
      tx.insert('postings', String(tx.database.nextSerial()), {
        ...effect.set,
        paymentId: payment.id,
      })
    }
  }
}

function saveDeliveries(
  tx: MemoryTransaction,
  { facts, now }: LockedPayment,
  { effects, payment }: Applied,
  deliveries: readonly NewDelivery[],
): void {
  // First the verdict on what was held before, or it would fall on the new ones too.
  for (const effect of effects) {
    if (effect.kind !== 'held_events') continue
    for (const { id, paymentId, state } of tx.values('deliveries')) {
      if (paymentId !== payment.id || state !== 'held') continue
      tx.change('deliveries', id, (row) =>
        effect.verdict === 'send'
          ? { ...row, state: 'waiting', nextAtMs: now }
          : { ...row, state: 'superseded' },
      )
    }
  }
  for (const { event, sequence, url, body, held } of deliveries) {
    const id = tx.database.newId()
    const { origin, pathname } = new URL(url)
    tx.insert('deliveries', id, {
      id,
      paymentId: payment.id,
      sourceId: facts.sourceId,
      event,
      sequence,
      url,
      endpoint: `${origin}${pathname}`,
      body,
      state: held ? 'held' : 'waiting',
      tries: 0,
      nextAtMs: held ? null : now,
      lastHttpStatus: null,
      lastReason: null,
      createdAtMs: now,
      deliveredAtMs: null,
    })
  }
}

function saveDesk(tx: MemoryTransaction, { now }: LockedPayment, applied: Applied): void {
  const { effects, payment } = applied
  for (const effect of effects) {
    if (effect.kind === 'task') {
      const { attemptId, task: kind } = effect
      const about = payment.attempts.find(({ id }) => id === attemptId)
      tx.insert('tasks', String(tx.database.nextSerial()), {
        kind,
        paymentId: payment.id,
        attemptId,
        terminalId: about?.terminalId ?? null,
        openedAtMs: now,
        isOpen: true,
      })
    }
    if (effect.kind === 'tasks_done') closeTasks(tx, payment.id, effect.tasks)
    if (effect.kind === 'reconcile') {
      const { attemptId, terminalId } = effect
      tx.insert('reconciliation', attemptId, { attemptId, terminalId, paymentId: payment.id })
    }
    if (effect.kind === 'quarantine') {
      const forMs = effect.isServed === true ? 0 : QUARANTINE_MS
      quarantine(tx, effect.terminalId, effect.reason, now + forMs)
    }
  }
}

function closeTasks(tx: MemoryTransaction, paymentId: string, kinds: readonly string[]): void {
  for (const [key, task] of tx.entries('tasks')) {
    if (task.paymentId !== paymentId || !kinds.includes(task.kind)) continue
    tx.change('tasks', key, (row) => ({ ...row, isOpen: false }))
  }
}

function topicsOf(
  { payment: before }: LockedPayment,
  { effects, payment }: Applied,
  deliveries: readonly NewDelivery[],
): string[] {
  const topics = [`payment:${payment.id}`]
  const held = new Set(before.attempts.filter(occupiesTerminal).map(({ id }) => id))
  const isFreed = payment.attempts.some((one) => held.has(one.id) && !occupiesTerminal(one))
  if (isFreed || isFreedByRefund(before, payment)) topics.push('terminal_freed')
  const isSent = effects.some(
    (effect) => effect.kind === 'held_events' && effect.verdict === 'send',
  )
  if (isSent || deliveries.some((delivery) => !delivery.held)) topics.push('delivery_due')
  return topics
}
