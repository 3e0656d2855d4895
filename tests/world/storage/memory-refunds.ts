// Refunds as they are listed, over memory. How they change is the payment's own store.

import { isInScope, type Scope } from '@byfly-pay/core'
import type {
  RefundFilter,
  RefundLine,
  RefundStore,
} from '../../../packages/server/src/ports/refund-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { type MemoryTransaction, openTransaction } from './memory-transaction.ts'
import { notHere } from './not-here.ts'
import type { RefundRow } from './rows.ts'

export function memoryRefunds(run: MemoryDatabase['statement']): RefundStore {
  return notHere<RefundStore>('refunds', {
    page: async (scope, filter) =>
      run((tx) =>
        linesIn(tx, scope)
          .filter((line) => fits(line, filter))
          .sort((a, b) => (a.refund.id < b.refund.id ? 1 : -1))
          .slice(0, filter.limit),
      ),
    find: async (scope, refundId) =>
      run((tx) => linesIn(tx, scope).find(({ refund }) => refund.id === refundId) ?? null),
    async freshIds(port, count) {
      const tx = openTransaction(port)
      const ids = Array.from({ length: count }, () => tx.database.newId())
      // They are one moment's, and have to be in order all the same.
      return ids.sort()
    },
  })
}

function linesIn(tx: MemoryTransaction, scope: Scope): RefundLine[] {
  return tx.values('refunds').flatMap((row) => {
    const asked = tx.get('payments', row.paymentId)?.asked
    if (asked === undefined) return []
    const { countryIso, sourceId } = asked
    return isInScope(scope, { countryIso, sourceId, system: null }) ? [lineOf(tx, row)] : []
  })
}

function lineOf(tx: MemoryTransaction, row: RefundRow): RefundLine {
  const { createdAtMs, paymentId, refund, refundedAtMs, updatedAtMs } = row
  const payment = tx.get('payments', paymentId)
  const id = payment?.asked.sourceId ?? 0
  return {
    refund,
    paymentId,
    currency: payment?.facts.currency ?? '',
    source: { id, name: tx.get('sources', String(id))?.name ?? '' },
    createdAtMs,
    updatedAtMs,
    refundedAtMs,
  }
}

function fits({ paymentId, refund, source }: RefundLine, filter: RefundFilter): boolean {
  return (
    (filter.paymentId === null || filter.paymentId === paymentId) &&
    (filter.sourceId === null || filter.sourceId === source.id) &&
    (filter.state === null || filter.state === refund.state.kind) &&
    (filter.reason === null || filter.reason === refund.reason) &&
    (filter.beforeId === null || refund.id < filter.beforeId)
  )
}
