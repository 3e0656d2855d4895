// The payment store over memory. What it keeps, and when it refuses, is held equal to PostgreSQL's by the
// store contract.

import { figuresOf, type Payment, refundStatusOf } from '@byfly-pay/core'
import type {
  CreateResult,
  LockedPayment,
  NewPayment,
  PaymentStanding,
  PaymentStore,
  PaymentView,
} from '../../../packages/server/src/ports/payment-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { savePayment } from './memory-payment-save.ts'
import { type MemoryTransaction, openTransaction } from './memory-transaction.ts'
import type { PaymentRow } from './rows.ts'

const IDLE_MS = 7 * 24 * 60 * 60 * 1_000

export function memoryPayments(
  run: MemoryDatabase['statement'],
  leaseMs: number,
): Omit<PaymentStore, 'versions' | 'views' | 'createIn'> {
  return {
    create: async (payment) => run((tx) => createPayment(tx, payment)),
    async lock(port, paymentId) {
      const tx = openTransaction(port)
      if (tx.get('payments', paymentId) === undefined) return null
      await tx.lock(`payment:${paymentId}`)
      return readWhole(tx, paymentId)
    },
    peek: async (paymentId) => run((tx) => readWhole(tx, paymentId)),
    async save(port, before, applied, deliveries, owner) {
      savePayment(openTransaction(port), before, applied, deliveries, { owner, forMs: leaseMs })
    },
    async isBookedElsewhere(port, { id }, moneyKind, providerTransactionId) {
      const tx = openTransaction(port)
      const device = tx.get('attempts', id)?.device
      return tx
        .values('captures')
        .some(
          (row) =>
            row.device === device &&
            row.moneyKind === moneyKind &&
            row.providerTransactionId === providerTransactionId &&
            row.attemptId !== id,
        )
    },
    async claimQr(port, attemptId, text) {
      const tx = openTransaction(port)
      const seen = tx.get('qr_seen', text)
      if (seen === undefined) tx.insert('qr_seen', text, { attemptId })
      return seen === undefined || seen.attemptId === attemptId
    },
    standing: async (paymentId) => run((tx) => readView(tx, paymentId)),
    view: async (paymentId) => run((tx) => readView(tx, paymentId)),
    history: async (paymentId) =>
      run((tx) =>
        tx
          .values('payment_history')
          .filter((line) => line.paymentId === paymentId)
          .sort((a, b) => a.version - b.version)
          .map(({ paymentId: _, version: __, ...line }) => line),
      ),
    overdue: async (limit) => run((tx) => overdue(tx, limit)),
    openIdleTasks: async () => run(openIdleTasks),
    ensurePartitions: async () => {},
  }
}

function createPayment(tx: MemoryTransaction, asked: NewPayment): CreateResult {
  const { externalId, idempotency, sourceId } = asked
  const now = tx.database.now()
  const external = externalId === null ? null : `${sourceId}/${externalId}`
  const key = idempotency === null ? null : `${idempotency.callerId}/${idempotency.key}`
  const keyed = key === null ? undefined : tx.get('idempotency_keys', key)
  const isTaken = external !== null && tx.get('external_ids', external) !== undefined
  // With an external id the payment follows from it, with a key alone from the key.
  const isDone = external === null && key !== null && (keyed?.effectId ?? null) !== null
  if (isTaken || isDone || (external === null && key !== null && keyed === undefined)) {
    return earlier(tx, keyed?.effectId ?? null, external)
  }
  const id = tx.database.newId()
  const expiresAtMs = now + asked.lifetimeSeconds * 1_000
  tx.insert('payments', id, newRow(id, asked, now, expiresAtMs, tx))
  if (external !== null) tx.insert('external_ids', external, { paymentId: id })
  if (key !== null)
    tx.change('idempotency_keys', key, (row) => ({ ...row, effectId: row.effectId ?? id }))
  tx.insert('payment_history', `${id}#1`, {
    paymentId: id,
    version: 1,
    atMs: now,
    what: 'created',
    attemptId: null,
    statusBefore: null,
    statusAfter: 'pending',
    detail: null,
    facts: {},
  })
  return { kind: 'created', payment: { id, createdAtMs: now, expiresAtMs } }
}

function earlier(
  tx: MemoryTransaction,
  effectId: string | null,
  external: string | null,
): CreateResult {
  const row = effectId === null ? undefined : tx.get('payments', effectId)
  if (row !== undefined) {
    const { createdAtMs, facts } = row
    return {
      kind: 'created',
      payment: { id: facts.id, createdAtMs, expiresAtMs: facts.expiresAtMs },
    }
  }
  if (external === null) throw new Error('Ключ идемпотентности не занят этим вызовом')
  return { kind: 'external_id_taken' }
}

function newRow(
  id: string,
  asked: NewPayment,
  now: number,
  expiresAtMs: number,
  tx: MemoryTransaction,
): PaymentRow {
  const source = tx.get('sources', String(asked.sourceId))
  return {
    facts: {
      id,
      currency: asked.currency,
      originalTiyn: asked.originalTiyn,
      toleranceTiyn: asked.toleranceTiyn,
      overpaidPolicy: source?.overpaidPolicy ?? 'task',
      expiresAtMs,
      chosen: null,
      paidTiyn: 0n,
      creditedTiyn: 0n,
      overpaidTiyn: 0n,
      refundedTiyn: 0n,
      withheldTiyn: 0n,
      forgivenTiyn: 0n,
      paidAtMs: null,
      late: false,
      cancelReason: null,
      failureReason: null,
      qr: null,
      sequence: 0,
      told: null,
    },
    asked,
    status: 'pending',
    statusDetail: null,
    version: 1,
    createdAtMs: now,
    updatedAtMs: now,
  }
}

export function paymentOf(tx: MemoryTransaction, { facts }: PaymentRow): Payment {
  const attempts = tx
    .values('attempts')
    .filter(({ paymentId }) => paymentId === facts.id)
    .map(({ attempt }) => attempt)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const captures = tx
    .values('captures')
    .filter(({ paymentId }) => paymentId === facts.id)
    .sort((a, b) => a.atMs - b.atMs || (a.attemptId < b.attemptId ? -1 : 1))
    .map(({ paymentId: _, device: __, atMs: ___, returningTiyn: ____, ...capture }) => capture)
  const refunds = tx
    .values('refunds')
    .filter(({ paymentId }) => paymentId === facts.id)
    .map(({ refund }) => refund)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return { ...facts, attempts, captures, refunds }
}

function readWhole(tx: MemoryTransaction, paymentId: string): LockedPayment | null {
  const row = tx.get('payments', paymentId)
  const source = row === undefined ? undefined : tx.get('sources', String(row.asked.sourceId))
  if (row === undefined || source === undefined) return null
  const { asked } = row
  const payment = paymentOf(tx, row)
  return {
    payment,
    facts: {
      sourceId: asked.sourceId,
      countryIso: asked.countryIso,
      description: asked.description,
      metadata: asked.metadata,
      externalId: asked.externalId,
      preselectedMethod: asked.preselectedMethod,
      createdAtMs: row.createdAtMs,
      webhookUrl: asked.webhookUrl ?? source.defaultWebhookUrl,
      formerId: null,
      webhookEvents: source.webhookEvents,
      amountUnit: source.amountUnit,
    },
    now: tx.database.now(),
    freshId: tx.database.newId(),
    leases: [...payment.attempts, ...payment.refunds].flatMap(({ id: attemptId }) => {
      const open = tx.get('open_attempts', attemptId)
      return open === undefined ? [] : [{ attemptId, owner: open.leaseOwner, fence: open.fence }]
    }),
  }
}

function readView(
  tx: MemoryTransaction,
  paymentId: string,
): (PaymentView & PaymentStanding) | null {
  const row = tx.get('payments', paymentId)
  if (row === undefined) return null
  const { asked, facts } = row
  return {
    id: facts.id,
    sourceId: asked.sourceId,
    version: row.version,
    status: row.status,
    statusDetail: row.statusDetail,
    cancelReason: facts.cancelReason,
    failureReason: facts.failureReason,
    currency: facts.currency,
    figures: figuresOf(facts),
    refundStatus: refundStatusOf(paymentOf(tx, row)),
    late: facts.late,
    expiresAtMs: facts.expiresAtMs,
    paidAtMs: facts.paidAtMs,
    chosenMethod: facts.chosen?.method ?? null,
    description: asked.description,
    externalId: asked.externalId,
    metadata: asked.metadata,
    qr: facts.qr,
    createdAtMs: row.createdAtMs,
  }
}

function overdue(tx: MemoryTransaction, limit: number): string[] {
  const now = tx.database.now()
  return tx
    .values('payments')
    .filter(({ status }) => status === 'pending' || status === 'failed')
    .filter(({ facts }) => facts.expiresAtMs <= now)
    .sort((a, b) => a.facts.expiresAtMs - b.facts.expiresAtMs)
    .slice(0, limit)
    .map(({ facts }) => facts.id)
}

function openIdleTasks(tx: MemoryTransaction): number {
  const now = tx.database.now()
  const tasks = tx.values('tasks')
  const idle = tx
    .values('payments')
    .filter(
      ({ status, updatedAtMs }) => status === 'partially_paid' && updatedAtMs <= now - IDLE_MS,
    )
    .filter(
      ({ facts, updatedAtMs }) =>
        !tasks.some(
          ({ kind, paymentId, openedAtMs }) =>
            kind === 'partially_paid_idle' && paymentId === facts.id && openedAtMs >= updatedAtMs,
        ),
    )
  for (const { facts } of idle) {
    tx.insert('tasks', String(tx.database.nextSerial()), {
      kind: 'partially_paid_idle',
      paymentId: facts.id,
      attemptId: null,
      terminalId: null,
      openedAtMs: now,
      isOpen: true,
    })
  }
  return idle.length
}
