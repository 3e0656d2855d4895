// Reads the QR of one live attempt through its camera, again and again while the QR lives. A code
// counts only when no attempt ever had it: the previous customer's may still be on the screen (rule 5).

import { isOpen, type Qr } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Device, Provider } from '../ports/provider.ts'
import { applyInput } from './apply-input.ts'

export async function readQrOf(
  centre: Centre,
  provider: Provider,
  device: Device,
  leased: LeasedAttempt,
  signal: AbortSignal,
): Promise<void> {
  const { clock, limits } = centre
  while (!signal.aborted) {
    const reading = await provider.readQr(device, signal)
    if (signal.aborted) return
    if (reading.kind === 'read') {
      const { text, url } = reading
      if (await keepQr(centre, leased, text, url, provider.qrLifeMs)) return
    } else if (!(await isStillWanted(centre, leased))) {
      return
    }
    await clock.sleep(limits.qrPollMs, signal)
  }
}

/** @returns true when there is nothing more to read: kept, or no longer wanted. */
async function keepQr(
  centre: Centre,
  leased: LeasedAttempt,
  text: string,
  url: string,
  qrLifeMs: number,
): Promise<boolean> {
  const { attemptId, fence, paymentId } = leased
  let isStale = false
  const result = await applyInput(
    centre,
    paymentId,
    async (tx, { now, payment }) => {
      const attempt = payment.attempts.find(({ id }) => id === attemptId)
      const isReadable = attempt?.state.kind === 'live' && attempt.qr === null
      isStale = isReadable && !(await centre.storage.payments.claimQr(tx, attemptId, text))
      if (isStale) return { kind: 'rejected', code: 'attempt_closed' }
      const qr: Qr = { text, url, expiresAtMs: now + qrLifeMs }
      return { kind: 'qr_read', attemptId, qr }
    },
    { lease: { attemptId, owner: centre.instance, fence } },
  )
  if (isStale) centre.log.info({ attempt: attemptId }, 'На экране ещё прежний QR, читаем снова')
  return !isStale || result.kind === 'not_found'
}

async function isStillWanted(centre: Centre, { attemptId, paymentId }: LeasedAttempt) {
  const seen = await centre.storage.payments.peek(paymentId)
  const attempt = seen?.payment.attempts.find(({ id }) => id === attemptId)
  return attempt !== undefined && isOpen(attempt) && !attempt.stopRequested && attempt.qr === null
}
