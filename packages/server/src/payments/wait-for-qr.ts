// Waits until the QR of a live attempt is read. It only reads the database: the attempt's watcher,
// on whichever instance, asks the terminal and the camera.

import { type Attempt, isOpen, type Payment } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'

export type QrWait =
  | { readonly kind: 'ready'; readonly payment: Payment; readonly attempt: Attempt }
  /** The start was refused or lost: the caller goes on with another terminal. */
  | { readonly kind: 'never_live' }
  | {
      readonly kind: 'refused'
      readonly code: 'qr_not_ready' | 'cancelled' | 'already_paid' | 'payment_not_found'
    }

/** How long a waiter trusts that it will be woken. */
const LOOK_AGAIN_MS = 500

export async function waitForQr(
  centre: Centre,
  paymentId: string,
  attemptId: string,
  deadline: number,
): Promise<QrWait> {
  const { clock, notices, storage } = centre
  for (;;) {
    // Asked for before looking, so that a change between the two is not slept through.
    const woken = notices.wait(`payment:${paymentId}`, LOOK_AGAIN_MS)
    const seen = await storage.payments.peek(paymentId)
    if (seen === null) return { kind: 'refused', code: 'payment_not_found' }
    const verdict = verdictOn(seen.payment, attemptId)
    if (verdict !== null) return verdict
    if (clock.now() >= deadline) return { kind: 'refused', code: 'qr_not_ready' }
    await woken
  }
}

function verdictOn(payment: Payment, attemptId: string): QrWait | null {
  const attempt = payment.attempts.find(({ id }) => id === attemptId)
  if (attempt === undefined) return { kind: 'never_live' }
  if (payment.cancelReason !== null) return { kind: 'refused', code: 'cancelled' }
  if (payment.paidAtMs !== null) return { kind: 'refused', code: 'already_paid' }
  switch (attempt.state.kind) {
    case 'reserved':
    case 'calling':
      return null
    case 'live':
      return attempt.qr !== null || attempt.presence === 'in_person'
        ? { kind: 'ready', payment, attempt }
        : null
    case 'refused':
    case 'released':
    case 'lost':
    case 'stray':
    case 'abandoned':
      return { kind: 'never_live' }
    default:
      // It ended, or cannot be told any more, before anybody saw its QR (S9a).
      return isOpen(attempt) && attempt.qr !== null
        ? { kind: 'ready', payment, attempt }
        : { kind: 'refused', code: 'qr_not_ready' }
  }
}
