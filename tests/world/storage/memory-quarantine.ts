// Quarantines of terminals over memory, each with its entry on a desk for as long as it lasts, which the trigger
// of PostgreSQL opens and closes.

import type { Moment, QuarantineReason } from '@byfly-pay/core'
import type { MemoryTransaction } from './memory-transaction.ts'

/** A quarantine only ever grows here; an operator, or the accepted probe, ends it. */
export function quarantine(
  tx: MemoryTransaction,
  terminalId: number,
  reason: QuarantineReason,
  untilMs: Moment,
): void {
  const wasInOne = isQuarantined(tx, terminalId)
  tx.change('terminals', String(terminalId), (row) => ({
    ...row,
    needsProbe: true,
    quarantineReason: reason,
    quarantinedUntilMs: Math.max(row.quarantinedUntilMs ?? untilMs, untilMs),
  }))
  if (wasInOne) return
  tx.insert('tasks', String(tx.database.nextSerial()), {
    kind: 'quarantined',
    paymentId: null,
    attemptId: null,
    terminalId,
    openedAtMs: tx.database.now(),
    isOpen: true,
  })
}

export function endQuarantine(tx: MemoryTransaction, terminalId: number): void {
  tx.change('terminals', String(terminalId), (row) => ({
    ...row,
    quarantineReason: null,
    quarantinedUntilMs: null,
  }))
  for (const [key, task] of tx.entries('tasks')) {
    if (task.kind !== 'quarantined' || task.terminalId !== terminalId) continue
    tx.change('tasks', key, (row) => ({ ...row, isOpen: false }))
  }
}

function isQuarantined(tx: MemoryTransaction, terminalId: number): boolean {
  return (tx.get('terminals', String(terminalId))?.quarantinedUntilMs ?? null) !== null
}
