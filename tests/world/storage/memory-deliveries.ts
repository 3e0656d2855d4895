// Webhook deliveries over memory: claimed when due and in order, tried, retried, parked, sent again (W4).

import {
  ENDPOINT_FAILS_LIMIT_MS,
  ENDPOINT_WARNING_MS,
  TRIES_BEFORE_OVERTAKING,
} from '@byfly-pay/core'
import type {
  DeliveryLine,
  DeliveryStore,
  DueDelivery,
  EndpointNews,
} from '../../../packages/server/src/ports/delivery-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { type MemoryTransaction, openTransaction } from './memory-transaction.ts'
import { notHere } from './not-here.ts'
import type { DeliveryRow, EndpointRow } from './rows.ts'

const WELL: EndpointRow = { failingSinceMs: null, warnedAtMs: null, switchedOffAtMs: null }

export function memoryDeliveries(run: MemoryDatabase['statement']): DeliveryStore {
  return notHere<DeliveryStore>('deliveries', {
    claimDue: async (limit, holdMs) => run((tx) => claimDue(tx, limit, holdMs)),
    markDelivered: async (id, httpStatus) => run((tx) => markDelivered(tx, id, httpStatus)),
    // Two statements, as on the real one: what became of the row, then of its endpoint.
    async markFailed({ id }, httpStatus, reason, nextInMs) {
      run((tx) => markFailed(tx, id, httpStatus, reason, nextInMs))
      return run((tx) => judgeEndpoint(tx, id))
    },
    resend: async (port, id) => resend(openTransaction(port), id),
    ofPayment: async (paymentId) =>
      run((tx) =>
        tx
          .values('deliveries')
          .filter((row) => row.paymentId === paymentId)
          .sort((a, b) => a.sequence - b.sequence || (a.id < b.id ? -1 : 1))
          .map(lineOf),
      ),
    recent: async (limit) =>
      run((tx) =>
        tx
          .values('deliveries')
          .sort((a, b) => (a.id < b.id ? 1 : -1))
          .slice(0, limit)
          .map(lineOf),
      ),
  })
}

function endpointKey({ sourceId, endpoint }: DeliveryRow): string {
  return `${sourceId}/${endpoint}`
}

function isHeldBack(tx: MemoryTransaction, row: DeliveryRow): boolean {
  return tx
    .values('deliveries')
    .some(
      (before) =>
        before.paymentId === row.paymentId &&
        before.sequence < row.sequence &&
        (before.state === 'held' || before.state === 'waiting') &&
        before.tries < TRIES_BEFORE_OVERTAKING,
    )
}

function claimDue(tx: MemoryTransaction, limit: number, holdMs: number): DueDelivery[] {
  const now = tx.database.now()
  const due = tx
    .values('deliveries')
    .filter(({ state, nextAtMs }) => state === 'waiting' && nextAtMs !== null && nextAtMs <= now)
    .filter((row) => !isHeldBack(tx, row))
    .sort((a, b) => (a.nextAtMs ?? 0) - (b.nextAtMs ?? 0))
    .slice(0, limit)
  const isOff = (row: DeliveryRow) =>
    (tx.get('webhook_endpoints', endpointKey(row))?.switchedOffAtMs ?? null) !== null
  for (const row of due) {
    const parked = { state: 'parked', lastReason: 'endpoint_switched_off', nextAtMs: null } as const
    const change = isOff(row) ? parked : { nextAtMs: now + holdMs }
    tx.change('deliveries', row.id, (held) => ({ ...held, ...change }))
  }
  return due
    .filter((row) => !isOff(row))
    .sort((a, b) =>
      a.paymentId === b.paymentId ? a.sequence - b.sequence : a.paymentId < b.paymentId ? -1 : 1,
    )
    .map(({ id, paymentId, sourceId, url, body, tries }) => ({
      id,
      paymentId,
      sourceId,
      url,
      body,
      tries,
    }))
}

function wakeNext(tx: MemoryTransaction, { paymentId, sequence }: DeliveryRow): void {
  const isWaiting = tx
    .values('deliveries')
    .some(
      (row) => row.paymentId === paymentId && row.sequence > sequence && row.state === 'waiting',
    )
  if (isWaiting) tx.notify(['delivery_due'])
}

function markDelivered(tx: MemoryTransaction, id: string, httpStatus: number): void {
  const row = tx.get('deliveries', id)
  if (row === undefined || row.state === 'delivered') return
  const deliveredAtMs = tx.database.now()
  tx.change('deliveries', id, (held) => ({
    ...held,
    state: 'delivered',
    nextAtMs: null,
    deliveredAtMs,
    lastHttpStatus: httpStatus,
    lastReason: null,
  }))
  tx.change('webhook_endpoints', endpointKey(row), () => WELL)
  wakeNext(tx, row)
}

function markFailed(
  tx: MemoryTransaction,
  id: string,
  httpStatus: number | null,
  reason: string,
  nextInMs: number | null,
): void {
  const row = tx.get('deliveries', id)
  if (row === undefined || row.state !== 'waiting') return
  const tries = row.tries + 1
  const isParked = nextInMs === null
  const nextAtMs = isParked ? null : tx.database.now() + nextInMs
  tx.change('deliveries', id, (held) => ({
    ...held,
    tries,
    lastHttpStatus: httpStatus,
    lastReason: reason,
    state: isParked ? 'parked' : 'waiting',
    nextAtMs,
  }))
  if (isParked || tries >= TRIES_BEFORE_OVERTAKING) wakeNext(tx, row)
}

function judgeEndpoint(tx: MemoryTransaction, id: string): EndpointNews {
  const row = tx.get('deliveries', id)
  if (row === undefined) return 'none'
  const now = tx.database.now()
  const key = endpointKey(row)
  const held = tx.get('webhook_endpoints', key)
  const { failingSinceMs, switchedOffAtMs, warnedAtMs } = held ?? WELL
  const sinceMs = failingSinceMs ?? now
  // The first failure of all only begins the count.
  const isOver = (limitMs: number) =>
    held !== undefined && failingSinceMs !== null && sinceMs <= now - limitMs
  const isOff = switchedOffAtMs === null && isOver(ENDPOINT_FAILS_LIMIT_MS)
  const isWarned = !isOff && switchedOffAtMs === null && warnedAtMs === null
  const news = isOff ? 'switched_off' : isWarned && isOver(ENDPOINT_WARNING_MS) ? 'warn' : 'none'
  tx.write('webhook_endpoints', key, () => ({
    failingSinceMs: sinceMs,
    warnedAtMs: news === 'warn' ? now : warnedAtMs,
    switchedOffAtMs: news === 'switched_off' ? now : switchedOffAtMs,
  }))
  return news
}

function resend(tx: MemoryTransaction, id: string): boolean {
  const row = tx.get('deliveries', id)
  if (row === undefined || row.state === 'held') return false
  const nextAtMs = tx.database.now()
  tx.change('deliveries', id, (held) => ({ ...held, state: 'waiting', nextAtMs, tries: 0 }))
  tx.change('webhook_endpoints', endpointKey(row), () => WELL)
  tx.notify(['delivery_due'])
  return true
}

function lineOf(row: DeliveryRow): DeliveryLine {
  const { body: _, ...line } = row
  return line
}
