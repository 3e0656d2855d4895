// Writes the refunds that a decision changed into memory, with who is busy on their account, and counts what is
// asked back of each capture, as the trigger of PostgreSQL does.

import {
  type Applied,
  FENCES_PER_TRY,
  holdsSum,
  isRefundWatched,
  type Payment,
  type Refund,
  refundOccupiesTerminal,
} from '@byfly-pay/core'
import type { LockedPayment } from '../../../packages/server/src/ports/payment-store.ts'
import type { LeaseTerms } from './memory-payment-save.ts'
import type { MemoryTransaction } from './memory-transaction.ts'
import type { OpenRow, RefundRow } from './rows.ts'

export function saveRefunds(
  tx: MemoryTransaction,
  before: LockedPayment,
  { payment }: Applied,
  lease: LeaseTerms,
): void {
  for (const refund of payment.refunds) {
    if (!before.payment.refunds.includes(refund)) saveRefund(tx, before, refund, lease)
  }
}

function saveRefund(
  tx: MemoryTransaction,
  { facts, now, payment }: LockedPayment,
  refund: Refund,
  lease: LeaseTerms,
): void {
  const { id, terminalId } = refund
  const known = tx.get('refunds', id)
  const isDone = refund.state.kind === 'succeeded'
  const row: RefundRow = {
    refund,
    paymentId: payment.id,
    device: deviceOf(refund, known),
    createdAtMs: known?.createdAtMs ?? now,
    updatedAtMs: now,
    refundedAtMs: known?.refundedAtMs ?? (isDone ? now : null),
  }
  tx.write('refunds', id, () => row)
  const moreTiyn = heldBy(refund) - (known === undefined ? 0n : heldBy(known.refund))
  tx.change('captures', refund.attemptId, (capture) => ({
    ...capture,
    returningTiyn: capture.returningTiyn + moreTiyn,
  }))
  tx.write('open_attempts', id, (held): OpenRow | undefined => {
    if (!isRefundWatched(refund) || terminalId === null) return undefined
    return {
      purpose: 'refund',
      attemptId: id,
      paymentId: payment.id,
      terminalId: held?.terminalId ?? terminalId,
      device: held?.device ?? row.device ?? '',
      sourceId: facts.sourceId,
      leaseOwner: held?.leaseOwner ?? lease.owner,
      leaseUntilMs: held?.leaseUntilMs ?? tx.database.now() + lease.forMs,
      fence: held?.fence ?? BigInt(refund.tries) * FENCES_PER_TRY,
      holdsTerminal: refundOccupiesTerminal(refund),
      holdsPayment: false,
      state: refund.state.kind,
      processId: refund.processId,
      forgotten: refund.forgotten,
    }
  })
}

/** The terminal's at each try. Memory's terminals are registered once, so the device is the terminal. */
function deviceOf({ state, terminalId }: Refund, known: RefundRow | undefined): string | null {
  const device = known?.device ?? null
  if (state.kind !== 'reserved' && device !== null) return device
  return terminalId === null ? null : `t${terminalId}#1`
}

function heldBy(refund: Refund): bigint {
  return holdsSum(refund) ? refund.amountTiyn : 0n
}

export function isFreedByRefund(before: Payment, after: Payment): boolean {
  const held = new Set(before.refunds.filter(refundOccupiesTerminal).map(({ id }) => id))
  return after.refunds.some((refund) => held.has(refund.id) && !refundOccupiesTerminal(refund))
}
