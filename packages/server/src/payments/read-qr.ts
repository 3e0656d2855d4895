// Reads the QR of one live attempt through its camera, again and again while the QR lives. A code
// counts only when no attempt ever had it: the previous customer's may still be on the screen (rule 5).

import type { Qr } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Device, Provider, QrReading, SightHint } from '../ports/provider.ts'
import { applyInput } from './apply-input.ts'
import { inputOf, operationIn } from './operation.ts'

/** A QR takes a moment to appear and a look a moment to take; beyond this something is wrong. */
const MISSED_MS = 5_000

export function readQrOf(
  centre: Centre,
  provider: Provider,
  device: Device,
  leased: LeasedAttempt,
  signal: AbortSignal,
): Promise<void> {
  const { attemptId: attempt, paymentId: payment, terminalId: terminal } = leased
  return centre.tracer.span('read QR', { payment, attempt, terminal }, async (span) => {
    const isRead = await untilRead(centre, provider, device, leased, signal)
    span.tell({ outcome: isRead ? 'read' : 'not_read' })
  })
}

/** @returns whether its code was read before nobody wanted it any more. */
async function untilRead(
  centre: Centre,
  provider: Provider,
  device: Device,
  leased: LeasedAttempt,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, limits } = centre
  const startedAt = clock.now()
  let isSaid = false
  while (!signal.aborted) {
    const reading = await provider.readQr(device, signal)
    if (signal.aborted) return false
    if (!isSaid && reading.kind !== 'read' && clock.now() - startedAt > MISSED_MS) {
      isSaid = true
      const { attemptId: attempt, terminalId: terminal } = leased
      centre.log.warn({ attempt, terminal }, `QR не читается: ${whyNot(reading)}`)
      centre.sights.note(terminal, 'qr_missed')
      centre.meter.missedQr()
    }
    if (reading.kind === 'read') {
      const { text, url } = reading
      if (await keepQr(centre, leased, text, url, provider.qrLifeMs)) {
        centre.sights.note(leased.terminalId, 'qr_read')
        centre.meter.readQr(Math.max(clock.now() - startedAt, 0))
        return true
      }
    } else if (!(await isStillWanted(centre, leased))) {
      return false
    }
    await clock.sleep(limits.qrPollMs, signal)
  }
  return false
}

/** Said once an attempt, for whoever has to mend the camera. */
function whyNot(reading: Exclude<QrReading, { kind: 'read' }>): string {
  switch (reading.kind) {
    case 'camera_failed':
      return 'камера не отвечает'
    case 'foreign':
      return 'камера видит чужой код'
    case 'nothing':
      return reading.hint === null ? 'камера его не видит' : HINTS[reading.hint]
  }
}

const HINTS: Readonly<Record<SightHint, string>> = {
  too_dark: 'кадр слишком тёмный, добавьте света',
  too_bright: 'кадр пересвечен, уберите блик или лампу',
  blurred: 'кадр не в резкости, протрите или настройте объектив',
  no_code: 'в кадре нет кода, проверьте, куда смотрит камера',
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
      const operation = operationIn(payment, leased)
      const isReadable = operation?.state.kind === 'live' && operation.qr === null
      isStale = isReadable && !(await centre.storage.payments.claimQr(tx, attemptId, text))
      if (isStale) return { kind: 'rejected', code: 'attempt_closed' }
      const qr: Qr = { text, url, expiresAtMs: now + qrLifeMs }
      return inputOf(leased, { kind: 'qr_read', qr })
    },
    { lease: { attemptId, owner: centre.instance, fence } },
  )
  if (isStale) centre.log.info({ attempt: attemptId }, 'На экране ещё прежний QR, читаем снова')
  return !isStale || result.kind === 'not_found'
}

async function isStillWanted(centre: Centre, leased: LeasedAttempt): Promise<boolean> {
  const seen = await centre.storage.payments.peek(leased.paymentId)
  const operation = seen === null ? null : operationIn(seen.payment, leased)
  return operation?.isOpen === true && operation.wantsQr
}
