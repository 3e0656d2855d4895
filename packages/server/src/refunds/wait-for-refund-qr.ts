// Waits until the QR of a live refund is read. It only reads the database, as the wait for a payment's does.

import type { Centre } from '../ports/centre.ts'
import type { StartRefundOutcome } from './start-refund.ts'

/** How long a waiter trusts that it will be woken. */
const LOOK_AGAIN_MS = 500

export async function waitForRefundQr(
  centre: Centre,
  paymentId: string,
  refundId: string,
  deadline: number,
): Promise<StartRefundOutcome | { readonly kind: 'again' }> {
  const { clock, notices, storage } = centre
  for (;;) {
    // Asked for before looking, so that a change between the two is not slept through.
    const woken = notices.wait(`payment:${paymentId}`, LOOK_AGAIN_MS)
    const seen = await storage.payments.peek(paymentId)
    const refund = seen?.payment.refunds.find(({ id }) => id === refundId)
    if (seen === null || refund === undefined) return { kind: 'refused', code: 'refund_not_found' }
    switch (refund.state.kind) {
      case 'reserved':
      case 'calling':
        break
      case 'live':
        if (refund.qr === null && !refund.stopRequested) break
        return { kind: 'started', payment: seen.payment, refund }
      case 'approved':
        return { kind: 'again' }
      case 'succeeded':
        return { kind: 'started', payment: seen.payment, refund }
      case 'unknown':
      case 'lost':
      case 'held':
        return { kind: 'refused', code: 'refund_in_progress' }
      default:
        return { kind: 'refused', code: 'refund_settled' }
    }
    if (clock.now() >= deadline) return { kind: 'refused', code: 'qr_not_ready' }
    await woken
  }
}
