// Asks a live attempt to stop because another price is wanted, and waits a little for the terminal's
// final word; without one the attempt stays and nothing else may start (S7).

import { type Attempt, occupiesPayment } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import { applyInput } from './apply-input.ts'

const LOOK_AGAIN_MS = 250

/** @returns true when the attempt no longer holds the payment. */
export async function stopAttempt(
  centre: Centre,
  paymentId: string,
  { id: attemptId, terminalId }: Attempt,
): Promise<boolean> {
  // A terminal without such a call would only leave the customer before a QR that is given up.
  const device = await centre.storage.terminals.device(terminalId)
  if (device?.canStop === false) return false
  const { clock, limits, notices, storage } = centre
  const deadline = clock.now() + limits.stopWaitMs
  await applyInput(centre, paymentId, { kind: 'stop', attemptId })
  while (clock.now() < deadline) {
    const woken = notices.wait(`payment:${paymentId}`, LOOK_AGAIN_MS)
    const seen = await storage.payments.peek(paymentId)
    const attempt = seen?.payment.attempts.find(({ id }) => id === attemptId)
    if (attempt === undefined || !occupiesPayment(attempt)) return true
    await woken
  }
  return false
}
