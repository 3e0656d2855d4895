// Payments and idempotency keys in memory, as far as the API needs them without a terminal.

import {
  figuresOf,
  type Payment,
  refundStatusOf,
  statusDetailOf,
  statusOf,
} from '../../packages/core/src/index.ts'
import type {
  IdempotencyStore,
  KeyRequest,
  StoredReply,
} from '../../packages/server/src/ports/idempotency-store.ts'
import type {
  LockedPayment,
  NewPayment,
  PaymentStore,
  PaymentView,
} from '../../packages/server/src/ports/payment-store.ts'
import type { Heard } from '../../packages/server/src/ports/storage.ts'

export interface Kept {
  payment: Payment
  version: number
  readonly asked: NewPayment
  readonly createdAtMs: number
}

export interface KeyRow {
  readonly request: KeyRequest
  effectId: string | null
  reply: StoredReply | null
  isBusy: boolean
}

/** What a test may look at and break. */
export interface Memory {
  readonly payments: Map<string, Kept>
  readonly keys: Map<string, KeyRow>
  writes: number
  /** Reads of one payment's standing. */
  looks: number
  /** Reads of many payments at once. */
  reads: number
  readonly listeners: Set<Heard>
  /** Thrown by every call of the storage while it is set. */
  fail: Error | null
  nowMs: number
}

/** A committed change and its notice. */
export function change(memory: Memory, kept: Kept, payment: Payment): void {
  Object.assign(kept, { payment, version: kept.version + 1 })
  for (const heard of memory.listeners) heard(`payment:${payment.id}`)
}

export function checkUp(memory: Memory): void {
  if (memory.fail !== null) throw memory.fail
}

export function fakePayments(memory: Memory): PaymentStore {
  const { payments, keys } = memory
  async function view(id: string): Promise<PaymentView | null> {
    checkUp(memory)
    const kept = payments.get(id)
    return kept === undefined ? null : viewOf(kept)
  }
  const store: Partial<PaymentStore> = {
    async create(asked) {
      checkUp(memory)
      const { externalId, idempotency, sourceId } = asked
      const isTaken = [...payments.values()].some(
        (kept) => kept.asked.externalId === externalId && kept.asked.sourceId === sourceId,
      )
      if (externalId !== null && isTaken) return { kind: 'external_id_taken' }
      memory.writes += 1
      const payment = newPayment(newId(memory), asked, memory.nowMs)
      payments.set(payment.id, { asked, createdAtMs: memory.nowMs, payment, version: 1 })
      const row = idempotency === null ? undefined : keys.get(`${sourceId}:${idempotency.key}`)
      if (row !== undefined) row.effectId = payment.id
      const { id, expiresAtMs } = payment
      return { kind: 'created', payment: { id, createdAtMs: memory.nowMs, expiresAtMs } }
    },
    async lock(_tx, id) {
      checkUp(memory)
      return locked(memory, id)
    },
    async peek(id) {
      checkUp(memory)
      return locked(memory, id)
    },
    async save(_tx, before, applied) {
      checkUp(memory)
      memory.writes += 1
      const kept = payments.get(before.payment.id)
      if (kept !== undefined) change(memory, kept, applied.payment)
    },
    async standing(id) {
      memory.looks += 1
      return view(id)
    },
    view,
    async views(ids) {
      checkUp(memory)
      memory.reads += 1
      return ids.flatMap((id) => payments.get(id) ?? []).map(viewOf)
    },
    async versions(ids) {
      checkUp(memory)
      const kept = ids.flatMap((id) => payments.get(id) ?? [])
      return new Map(kept.map(({ payment, version }) => [payment.id, version]))
    },
  }
  return store as PaymentStore
}

function newId({ writes }: Memory): string {
  return `019b4f3c-0000-7000-8000-${writes.toString(16).padStart(12, '0')}`
}

function newPayment(id: string, asked: NewPayment, nowMs: number): Payment {
  return {
    id,
    currency: asked.currency,
    originalTiyn: asked.originalTiyn,
    toleranceTiyn: asked.toleranceTiyn,
    overpaidPolicy: 'task',
    expiresAtMs: nowMs + asked.lifetimeSeconds * 1000,
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
    attempts: [],
    captures: [],
    refunds: [],
  }
}

function locked(memory: Memory, id: string): LockedPayment | null {
  const kept = memory.payments.get(id)
  if (kept === undefined) return null
  const { asked, payment, createdAtMs } = kept
  const { sourceId, description, metadata, externalId, preselectedMethod } = asked
  return {
    payment,
    facts: {
      sourceId,
      countryIso: 'KZ',
      description,
      metadata,
      externalId,
      preselectedMethod,
      createdAtMs,
      webhookUrl: null,
      formerId: null,
      webhookEvents: [],
      amountUnit: 'tiyn',
    },
    now: memory.nowMs,
    freshId: newId(memory),
    leases: [],
  }
}

function viewOf({ payment, version, asked, createdAtMs }: Kept): PaymentView {
  return {
    id: payment.id,
    version,
    sourceId: asked.sourceId,
    status: statusOf(payment),
    statusDetail: statusDetailOf(payment),
    cancelReason: payment.cancelReason,
    failureReason: payment.failureReason,
    currency: payment.currency,
    figures: figuresOf(payment),
    refundStatus: refundStatusOf(payment),
    chosenMethod: payment.chosen?.method ?? null,
    late: payment.late,
    description: asked.description,
    externalId: asked.externalId,
    metadata: asked.metadata,
    qr: payment.qr,
    createdAtMs,
    expiresAtMs: payment.expiresAtMs,
    paidAtMs: payment.paidAtMs,
  }
}

export function fakeKeys(memory: Memory): IdempotencyStore {
  const { keys } = memory
  const rowOf = (claim: { readonly callerId: number; readonly key: string }) =>
    keys.get(`${claim.callerId}:${claim.key}`)
  return {
    async claim(request) {
      checkUp(memory)
      const row = rowOf(request)
      if (row === undefined) {
        const fresh = { request, effectId: null, reply: null, isBusy: true }
        keys.set(`${request.callerId}:${request.key}`, fresh)
        return { kind: 'claimed', effectId: null }
      }
      if (!isSame(row.request, request)) return { kind: 'mismatch' }
      if (row.reply !== null) return { kind: 'replay', reply: row.reply }
      if (row.isBusy) return { kind: 'busy' }
      row.isBusy = true
      return { kind: 'claimed', effectId: row.effectId }
    },
    effectIn: async (_tx, claim) => rowOf(claim)?.effectId ?? null,
    async recordEffect(_tx, claim, effectId) {
      const row = rowOf(claim)
      if (row !== undefined) row.effectId = effectId
    },
    async finish(claim, reply) {
      checkUp(memory)
      const row = rowOf(claim)
      if (row !== undefined) Object.assign(row, { reply, isBusy: false })
    },
    async release(claim) {
      const row = rowOf(claim)
      if (row !== undefined) row.isBusy = false
    },
    forgetOld: async () => 0,
  }
}

function isSame(a: KeyRequest, b: KeyRequest): boolean {
  return a.route === b.route && a.target === b.target && a.bodyHash.equals(b.bodyHash)
}
